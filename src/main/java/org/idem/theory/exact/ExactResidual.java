package org.idem.theory.exact;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.exact.RationalOptimizer;

/**
 * The residual polynomial r_t(μ) of an optimiser by its coefficients: the corner of the t-th power of the companion
 * matrix [[1 − ημ, −ηβ], [μ, β]], or [[1 − ημ(1 + β), −ηβ²], [μ, β]] for Nesterov, whose entries are polynomials in μ.
 * Source: proofs/trajectory.md, Theorem 3.
 *
 * @param coefficients of 1, μ, μ², …; at least one
 */
public record ExactResidual(List<BigFraction> coefficients) {
    private static final ExactResidual ZERO = new ExactResidual(List.of(BigFraction.ZERO));
    private static final ExactResidual ONE = new ExactResidual(List.of(BigFraction.ONE));

    /** Owns its coefficients and drops leading zeros. */
    public ExactResidual {
        int used = coefficients.size();
        while (used > 1 && coefficients.get(used - 1).equals(BigFraction.ZERO)) {
            used--;
        }
        coefficients = List.copyOf(coefficients.subList(0, used));
    }

    /**
     * The polynomial of some steps.
     *
     * @param optimizer method; its weight decay is not looked at, it belongs into the curvature
     * @param steps t ≥ 0
     * @return r_t, of degree at most t, with r_t(0) = 1
     */
    public static ExactResidual of(RationalOptimizer optimizer, int steps) {
        BigFraction rate = optimizer.learningRate();
        BigFraction momentum = optimizer.momentum();
        BigFraction look = optimizer.nesterov() ? momentum.add(BigFraction.ONE) : BigFraction.ONE;
        BigFraction carry = optimizer.nesterov() ? momentum.multiply(momentum) : momentum;
        ExactResidual[] square = {
            new ExactResidual(List.of(BigFraction.ONE, rate.multiply(look).negate())),
            new ExactResidual(List.of(rate.multiply(carry).negate())),
            new ExactResidual(List.of(BigFraction.ZERO, BigFraction.ONE)),
            new ExactResidual(List.of(momentum))
        };
        ExactResidual[] result = {ONE, ZERO, ZERO, ONE};
        for (int left = steps; left > 0; left >>= 1) {
            result = (left & 1) == 1 ? product(result, square) : result;
            square = left > 1 ? product(square, square) : square;
        }
        return result[0];
    }

    private static ExactResidual[] product(ExactResidual[] a, ExactResidual[] b) {
        ExactResidual[] entries = new ExactResidual[4];
        for (int i = 0; i < 4; i++) {
            int row = i / 2 * 2;
            entries[i] = a[row].times(b[i % 2]).plus(a[row + 1].times(b[i % 2 + 2]));
        }
        return entries;
    }

    private ExactResidual times(ExactResidual other) {
        List<BigFraction> sums = new ArrayList<>(
                Collections.nCopies(coefficients.size() + other.coefficients.size() - 1, BigFraction.ZERO));
        for (int i = 0; i < coefficients.size(); i++) {
            for (int j = 0; j < other.coefficients.size(); j++) {
                BigFraction term = coefficients.get(i).multiply(other.coefficients.get(j));
                sums.set(i + j, sums.get(i + j).add(term));
            }
        }
        return new ExactResidual(sums);
    }

    private ExactResidual plus(ExactResidual other) {
        List<BigFraction> sums = new ArrayList<>();
        for (int i = 0; i < Math.max(coefficients.size(), other.coefficients.size()); i++) {
            sums.add(coefficient(i).add(other.coefficient(i)));
        }
        return new ExactResidual(sums);
    }

    private BigFraction coefficient(int power) {
        return power < coefficients.size() ? coefficients.get(power) : BigFraction.ZERO;
    }

    /**
     * The polynomial of a matrix, applied from the right by Horner's scheme.
     *
     * @param rows k × d
     * @param curvature S, d × d
     * @return rows · r_t(S)
     */
    public RationalMatrix applied(RationalMatrix rows, RationalMatrix curvature) {
        int degree = coefficients.size() - 1;
        RationalMatrix sum = rows.times(coefficients.get(degree));
        for (int power = degree - 1; power >= 0; power--) {
            sum = sum.times(curvature).plus(rows.times(coefficients.get(power)));
        }
        return sum;
    }
}
