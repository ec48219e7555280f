package org.idem.theory.rounding;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.idem.theory.arithmetic.Rounding;

/**
 * Roundings of the two kinds of sums in a step, θX and ρXᵀ for one row of parameters, whatever the order in which an
 * engine adds.
 *
 * <p>Two bounds on each: one from the norms of θ and ρ, and a smaller one from the sizes of the terms themselves, which
 * costs as much as a step. Source: proofs/rounding.md, §2 and §13.
 */
final class SumRoundings {
    /** Terms of a sum from which on the sizes of the terms are worth their price. */
    static final int LONG = 64;

    /** X, d × n. */
    private final DMatrixRMaj design;

    private final double unit;
    /** q_i: entries of each row of the design that are not 0; d numbers. */
    private final int[] inRow;
    /** p_s: entries of each column of the design that are not 0; n numbers. */
    private final int[] inColumn;
    /**
     * μ_i: roundings of each term of a gradient's entry but for those of the additions, with the errors of scalars; d
     * numbers.
     */
    private final double[] ofTerms;
    /** χ_i: the same with those of the additions; d numbers. */
    private final double[] ofEntries;
    /** Γ_r and Γ_g. */
    private final double residualFactor;

    private final double gradientFactor;
    /** The largest of all χ_i and γ. */
    private final double largestFactor;

    /**
     * Counts terms.
     *
     * @param design d × n with numbers of the precision
     * @param unit unit roundoff
     * @param bias whether the last row is that of the biases
     * @param others roundings of a gradient's entry besides those of products and additions
     * @param scalars relative error of the scalars that multiply it
     */
    SumRoundings(DMatrixRMaj design, double unit, boolean bias, int others, double scalars) {
        this.design = design;
        this.unit = unit;
        inRow = new int[design.numRows];
        inColumn = new int[design.numCols];
        ofTerms = new double[design.numRows];
        ofEntries = new double[design.numRows];
        countTerms();
        gradientFactor = gradientFactor(bias, others, scalars);
        double[] columnNorms = Rounding.columnNorms(design);
        double squares = 0;
        double largest = Arrays.stream(ofEntries).max().orElse(0);
        for (int column = 0; column < inColumn.length; column++) {
            double factor = Rounding.accumulated(inColumn[column], unit);
            squares += Math.pow(factor * columnNorms[column], 2);
            largest = Math.max(largest, factor);
        }
        residualFactor = Math.sqrt(squares);
        largestFactor = largest;
    }

    private void countTerms() {
        for (int row = 0; row < inRow.length; row++) {
            for (int column = 0; column < inColumn.length; column++) {
                if (design.get(row, column) != 0) {
                    inRow[row]++;
                    inColumn[column]++;
                }
            }
        }
    }

    /** Sets μ_i and χ_i, and returns Γ_g. */
    private double gradientFactor(boolean bias, int others, double scalars) {
        double squares = 0;
        for (int row = 0; row < inRow.length; row++) {
            int products = bias && row == design.numRows - 1 ? 0 : 1;
            int additions = inRow[row] - 1;
            ofTerms[row] = Rounding.both(Rounding.accumulated(products + others, unit), scalars);
            ofEntries[row] = Rounding.both(Rounding.accumulated(products + others + additions, unit), scalars);
            squares += Math.pow(ofEntries[row] * Rounding.rowNorm(design, row), 2);
        }
        return Math.sqrt(squares);
    }

    /** Most terms in an entry of θX. */
    int mostInColumn() {
        int most = 0;
        for (int count : inColumn) {
            most = Math.max(most, count);
        }
        return most;
    }

    /**
     * Indices of the entries of ρXᵀ that have terms, at most d: the others are 0, and their parameters meet no data.
     */
    int[] entries() {
        return IntStream.range(0, inRow.length).filter(row -> inRow[row] > 0).toArray();
    }

    /** Whether some sum is so long that sizes of terms say much more than norms. */
    boolean isLong() {
        int most = mostInColumn();
        for (int count : inRow) {
            most = Math.max(most, count);
        }
        return most >= LONG && largestFactor <= 0.5;
    }

    /** Bound on the norm of the error of θX per unit of ‖θ‖. */
    double residualFactor() {
        return residualFactor;
    }

    /** Bound on the norm of the error of ρXᵀ per unit of ‖ρ‖. */
    double gradientFactor() {
        return gradientFactor;
    }

    /** By so much the bounds on {@link #ofResidual} and {@link #ofGradient} grow faster than those from norms. */
    double enlargement() {
        return 1 + 4 * largestFactor;
    }

    /**
     * Bound on the norm of the error of θX.
     *
     * @param sizes |θ||X|, n numbers
     * @param sums θX, n numbers, computed in double precision
     */
    double ofResidual(double[] sizes, double[] sums) {
        double evaluation = Rounding.accumulated(design.numRows);
        double squares = 0;
        for (int column = 0; column < sizes.length; column++) {
            double sum = Math.abs(sums[column]) + evaluation * sizes[column];
            double error = Rounding.sum(inColumn[column], sizes[column], sum, unit);
            squares += error * error;
        }
        return Math.sqrt(squares);
    }

    /**
     * Bound on the norm of the error of ρXᵀ.
     *
     * @param sizes |ρ||Xᵀ|, d numbers
     * @param sums ρXᵀ, d numbers, computed in double precision
     */
    double ofGradient(double[] sizes, double[] sums) {
        double evaluation = Rounding.accumulated(design.numCols);
        double squares = 0;
        for (int row = 0; row < sizes.length; row++) {
            double sum = Math.abs(sums[row]) + evaluation * sizes[row];
            double additions = unit * Math.max(0, inRow[row] - 1) * (1 + 4 * ofEntries[row]) / 2;
            double error = ofTerms[row] * sizes[row] + additions * (sizes[row] + sum);
            squares += error * error;
        }
        return Math.sqrt(squares);
    }
}
