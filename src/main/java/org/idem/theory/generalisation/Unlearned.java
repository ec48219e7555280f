package org.idem.theory.generalisation;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.ModularRank;
import org.idem.theory.design.Design;
import org.idem.theory.design.Spectrum;
import org.idem.theory.path.ResidualPolynomial;

/**
 * What training has not learned: the matrix R by which it multiplies the initial error w_0 − e of a filter. After t
 * steps R = r_t(c·XXᵀ) with the {@link ResidualPolynomial}; in the limit R = I − Π. R is symmetric; |R| has the
 * absolute values of its eigenvalues. Source: proofs/T2.image-bound.md.
 */
public final class Unlearned {
    private final Design whole;
    /** X, d × patches. */
    private final DMatrixRMaj design;

    private final boolean limit;
    private final DoubleUnaryOperator factor;

    private Unlearned(Design design, boolean limit, DoubleUnaryOperator factor) {
        whole = design;
        this.design = design.matrix();
        this.limit = limit;
        this.factor = factor;
    }

    /**
     * What is left after infinitely many steps, whatever the method.
     *
     * @param design d × n, kept
     * @return I − Π, not stored as such
     */
    public static Unlearned inTheLimit(DMatrixRMaj design) {
        return inTheLimit(new Design(design));
    }

    /**
     * What is left after infinitely many steps, whatever the method.
     *
     * @param design with its decompositions, kept
     * @return I − Π, not stored as such
     */
    public static Unlearned inTheLimit(Design design) {
        return new Unlearned(design, true, lambda -> 0);
    }

    /**
     * What is left on the same design after some steps.
     *
     * @param lossScale factor c of the loss
     * @param optimizer method without weight decay
     * @param steps number t of steps, at least 0
     * @return r_t(c·XXᵀ), not stored as such
     */
    public Unlearned after(double lossScale, LinearMethod optimizer, int steps) {
        if (optimizer.weightDecay() > 0) {
            throw new IllegalArgumentException(
                    "what is unlearned is the same for all targets only without weight decay, got "
                            + optimizer.weightDecay());
        }
        ResidualPolynomial residual = new ResidualPolynomial(optimizer, steps);
        return new Unlearned(whole, false, lambda -> residual.value(lossScale * lambda));
    }

    /**
     * Largest eigenvalue of the Gram matrix of the design.
     *
     * @return λmax; 0 for a zero design
     */
    public double largestEigenvalue() {
        return whole.spectrum().largest();
    }

    /**
     * Rank of the design.
     *
     * @return number of directions that are learned in the limit
     */
    public int rank() {
        return whole.rank();
    }

    /**
     * Whether training learns a direction in the limit that is too faint for floating point to see: the rank is larger
     * than {@link #rank}, and what is said of the limit is not that of the data.
     *
     * @return false also where exact arithmetic would cost too much
     */
    public boolean missesDirections() {
        return ModularRank.exceeds(design, rank());
    }

    /**
     * Absolute eigenvalues of R, those of directions that the design does not span (1) included.
     *
     * @return d numbers
     */
    public double[] factors() {
        double[] factors = new double[design.numRows];
        Arrays.fill(factors, 1);
        if (limit) {
            Arrays.fill(factors, 0, rank(), 0);
            return factors;
        }
        Spectrum spectrum = whole.spectrum();
        for (int mode = 0; mode < Math.min(factors.length, spectrum.modes()); mode++) {
            factors[mode] = Math.abs(factor.applyAsDouble(spectrum.values()[mode]));
        }
        return factors;
    }

    /**
     * R times columns.
     *
     * @param columns d × m, not changed
     * @return fresh d × m
     */
    public DMatrixRMaj of(DMatrixRMaj columns) {
        return limit ? whole.range().complement(columns) : applied(columns, factor);
    }

    /**
     * |R|^{1/2} times columns.
     *
     * @param columns d × m, not changed
     * @return fresh d × m
     */
    public DMatrixRMaj rootOf(DMatrixRMaj columns) {
        return limit
                ? whole.range().complement(columns)
                : applied(columns, lambda -> Math.sqrt(Math.abs(factor.applyAsDouble(lambda))));
    }

    /**
     * The sign of R, which has the signs of its eigenvalues, times columns.
     *
     * @param columns d × m, not changed
     * @return fresh d × m
     */
    public DMatrixRMaj signOf(DMatrixRMaj columns) {
        return limit
                ? whole.range().complement(columns)
                : applied(columns, lambda -> Math.signum(factor.applyAsDouble(lambda)));
    }

    /**
     * Squared coordinates of columns in orthonormal eigenvectors of R.
     *
     * @param columns d × m, not changed
     * @return m × d, in the order of {@link #factors}: a column's squares add up to its squared norm
     */
    DMatrixRMaj squaredCoordinates(DMatrixRMaj columns) {
        int d = design.numRows;
        DMatrixRMaj squares = new DMatrixRMaj(columns.numCols, d);
        DMatrixRMaj inside;
        if (limit) {
            inside = CommonOps_DDRM.multTransA(whole.range().basis(), columns, null);
        } else {
            Spectrum spectrum = whole.spectrum();
            DMatrixRMaj inputs = spectrum.exampleSide() ? CommonOps_DDRM.multTransA(design, columns, null) : columns;
            inside = CommonOps_DDRM.multTransA(spectrum.basis(), inputs, null);
            CommonOps_DDRM.multRows(lengths(spectrum), inside);
        }
        for (int column = 0; column < columns.numCols; column++) {
            double rest = OpenPatches.squareOfColumn(columns, column);
            for (int mode = 0; mode < inside.numRows; mode++) {
                double coordinate = inside.get(mode, column);
                squares.set(column, mode, coordinate * coordinate);
                rest -= coordinate * coordinate;
            }
            // beside the modes all factors are equal, so that one direction may stand for all
            if (inside.numRows < d) {
                squares.set(column, d - 1, Math.max(0, rest));
            }
        }
        return squares;
    }

    /** Factors that make coordinates of u out of products with the columns of the basis: 1/√λ on the example side. */
    private double[] lengths(Spectrum spectrum) {
        double[] lengths = new double[spectrum.modes()];
        double roundoff = roundoff(spectrum);
        for (int mode = 0; mode < lengths.length; mode++) {
            double lambda = spectrum.values()[mode];
            lengths[mode] = !spectrum.exampleSide() ? 1 : lambda > roundoff ? 1 / Math.sqrt(lambda) : 0;
        }
        return lengths;
    }

    private double roundoff(Spectrum spectrum) {
        return Math.max(design.numRows, design.numCols) * 0x1p-53 * spectrum.largest();
    }

    /**
     * Squared norms of the rows of R.
     *
     * @return d numbers, (R²)_ii
     */
    double[] squaredRows() {
        double[] squares = new double[design.numRows];
        Arrays.fill(squares, 1);
        DMatrixRMaj vectors = limit ? whole.range().basis() : whole.spectrum().basis();
        double[] changes = new double[vectors.numCols];
        Arrays.fill(changes, -1);
        if (!limit) {
            Spectrum spectrum = whole.spectrum();
            double[] lengths = lengths(spectrum);
            for (int mode = 0; mode < changes.length; mode++) {
                double kept = factor.applyAsDouble(spectrum.values()[mode]);
                changes[mode] = (kept * kept - 1) * lengths[mode] * lengths[mode];
            }
            vectors = spectrum.exampleSide() ? CommonOps_DDRM.mult(design, vectors, null) : vectors;
        }
        for (int row = 0; row < squares.length; row++) {
            for (int mode = 0; mode < changes.length; mode++) {
                double coordinate = vectors.get(row, mode);
                squares[row] += changes[mode] * coordinate * coordinate;
            }
            squares[row] = Math.max(0, squares[row]);
        }
        return squares;
    }

    /** Columns plus Σ (g(λ) − 1) u uᵀ columns over the modes u of the design; g(0) = 1. */
    private DMatrixRMaj applied(DMatrixRMaj columns, DoubleUnaryOperator function) {
        Spectrum spectrum = whole.spectrum();
        double[] factors = new double[spectrum.modes()];
        Arrays.setAll(factors, mode -> function.applyAsDouble(spectrum.values()[mode]));
        boolean nothingLearned = true;
        for (double each : factors) {
            nothingLearned &= each == 1;
        }
        if (nothingLearned) {
            return columns.copy();
        }
        boolean exampleSide = spectrum.exampleSide();
        DMatrixRMaj inputs = exampleSide ? CommonOps_DDRM.multTransA(design, columns, null) : columns;
        DMatrixRMaj coordinates = CommonOps_DDRM.multTransA(spectrum.basis(), inputs, null);
        double roundoff = roundoff(spectrum);
        for (int mode = 0; mode < spectrum.modes(); mode++) {
            double lambda = spectrum.values()[mode];
            double change = factors[mode] - 1;
            // u = Xp/√λ on the example side; below the rounding of the spectrum nothing has been learned
            double scale = exampleSide ? (lambda > roundoff ? change / lambda : 0) : change;
            for (int column = 0; column < coordinates.numCols; column++) {
                coordinates.data[mode * coordinates.numCols + column] *= scale;
            }
        }
        DMatrixRMaj change = CommonOps_DDRM.mult(spectrum.basis(), coordinates, null);
        if (exampleSide) {
            change = CommonOps_DDRM.mult(design, change, null);
        }
        return CommonOps_DDRM.add(columns, change, null);
    }
}
