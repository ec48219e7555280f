package org.idem.theory.design;

import java.util.Arrays;
import java.util.Objects;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_MT_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.idem.theory.arithmetic.AccurateProduct;
import org.idem.theory.arithmetic.Dots;
import org.idem.theory.arithmetic.Gram;
import org.idem.theory.arithmetic.OperatorNorm;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.arithmetic.TwicePrecise;
import org.jspecify.annotations.Nullable;

/**
 * Eigenvalues and eigenvectors of the smaller Gram matrix of a design, XᵀX (example side) or XXᵀ (parameter side), with
 * a measured bound on their error.
 *
 * <p>Write Λ for the returned values and P for the orthogonal matrix closest to the returned basis. Everything that is
 * said about errors refers to the symmetric matrix PΛPᵀ, whose eigenvalues and eigenvectors are known exactly. Source:
 * proofs/rounding.md, §4.
 */
public final class Spectrum {
    /** Multiplications up to which the decomposition is checked in twice the precision; about a second. */
    private static final double CHEAP = 0x1p31;
    /** Longest sum for which the error of that check is known. */
    private static final int LONGEST = 4095;
    /** Modes from which on the decomposition is refined. */
    private static final int LONG = 48;

    /** X, d × n. */
    private final DMatrixRMaj design;
    /** λ_j, one for each mode. */
    private final double[] values;
    /** P̃, modes × modes. */
    private final DMatrixRMaj basis;

    private double error = Double.NaN;
    private double skewness;
    /** W = P̃ᵀP̃ − I, modes × modes, null if it is not known in twice the precision. */
    private double @Nullable [][] turn;

    private double turnError;

    /**
     * Decomposes the Gram matrix of a d × n design, which is kept.
     *
     * @param design X, d × n
     */
    public Spectrum(DMatrixRMaj design) {
        this.design = design;
        DMatrixRMaj gram = gram();
        values = new double[gram.numRows];
        basis = new DMatrixRMaj(values.length, values.length);
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(gram.numRows, true, true);
        if (eigen.decompose(gram.copy())) {
            for (int mode = 0; mode < values.length; mode++) {
                values[mode] = Math.max(0, eigen.getEigenvalue(mode).getReal());
                CommonOps_DDRM.insert(eigen.getEigenVector(mode), basis, 0, mode);
            }
        } else {
            decomposeSlowly(gram);
        }
        if (values.length >= LONG && isAccurate()) {
            refine();
        }
    }

    /**
     * One step of the refinement of Ogita and Aishima (2018, doi 10.1007/s13160-018-0310-3): what is wrong is known in
     * twice the precision, so that only the rounding of the stored vectors is left of it. How good the result is gets
     * measured afterwards.
     */
    private void refine() {
        int modes = values.length;
        double[][] skew = accurateSkew();
        DMatrixRMaj missing = new DMatrixRMaj(accurateMissing());
        DMatrixRMaj turned = product(true, basis, product(false, missing, basis));
        double apart = 8 * (NormOps_DDRM.normF(missing) + AccurateProduct.norm(skew) * largest());
        DMatrixRMaj change = new DMatrixRMaj(modes, modes);
        for (int row = 0; row < modes; row++) {
            for (int column = 0; column < modes; column++) {
                double gap = values[column] - values[row];
                double step = Math.abs(gap) > apart
                        ? (turned.get(row, column) + values[row] * skew[row][column]) / gap
                        : -skew[row][column] / 2;
                change.set(row, column, row == column ? -skew[row][row] / 2 : step);
            }
        }
        for (int mode = 0; mode < modes; mode++) {
            double better = values[mode] + (turned.get(mode, mode) + values[mode] * skew[mode][mode]);
            values[mode] = Math.max(0, better);
        }
        CommonOps_DDRM.addEquals(basis, product(false, basis, change));
    }

    private static DMatrixRMaj product(boolean transposed, DMatrixRMaj left, DMatrixRMaj right) {
        return transposed ? CommonOps_MT_DDRM.multTransA(left, right, null) : CommonOps_MT_DDRM.mult(left, right, null);
    }

    /** Whether sums are few and short enough to be checked in twice the precision. */
    private boolean isAccurate() {
        double modes = values.length;
        int length = exampleSide() ? design.numRows : design.numCols;
        return modes * modes * (2 * modes + length) < CHEAP && 2 * values.length + length <= LONGEST;
    }

    /** EJML gives up on some matrices of low rank, for instance when all entries are equal. */
    private void decomposeSlowly(DMatrixRMaj gram) {
        RealMatrix matrix = MatrixUtils.createRealMatrix(gram.numRows, gram.numCols);
        for (int row = 0; row < gram.numRows; row++) {
            for (int column = 0; column < gram.numCols; column++) {
                matrix.setEntry(row, column, gram.get(row, column));
            }
        }
        EigenDecomposition eigen = new EigenDecomposition(matrix);
        for (int mode = 0; mode < values.length; mode++) {
            values[mode] = Math.max(0, eigen.getRealEigenvalue(mode));
            for (int row = 0; row < values.length; row++) {
                basis.set(row, mode, eigen.getEigenvector(mode).getEntry(row));
            }
        }
    }

    /** A = XᵀX or H = XXᵀ, modes × modes, fresh. */
    private DMatrixRMaj gram() {
        return Gram.of(exampleSide() ? design : CommonOps_DDRM.transpose(design, null));
    }

    /**
     * Whether the modes are combinations of examples, n &lt; d, and not of parameters.
     *
     * @return false if they are combinations of parameters
     */
    public boolean exampleSide() {
        return design.numCols < design.numRows;
    }

    /**
     * Number of modes.
     *
     * @return min(d, n)
     */
    public int modes() {
        return values.length;
    }

    /**
     * Eigenvalues λ, at least 0, without loss scale; live.
     *
     * @return one for each mode
     */
    public double[] values() {
        return values;
    }

    /**
     * Largest eigenvalue; 0 for a zero design.
     *
     * @return at least 0
     */
    public double largest() {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    /**
     * Size up to which an eigenvalue cannot be told from zero: max(d, n)·2⁻⁵³·λmax, the rounding that a decomposition
     * is expected to leave. What a proof has to be sure of is asked of {@link #isClear}.
     *
     * @return at least 0
     */
    public double zero() {
        return Math.max(design.numRows, design.numCols) * Rounding.UNIT * largest();
    }

    /**
     * Whether a computed eigenvalue stands clear of the measured error, so that the exact one is not zero: λ &gt; 2ε.
     *
     * @param eigenvalue one of the values
     * @return true if it is proved to be positive
     */
    public boolean isClear(double eigenvalue) {
        return eigenvalue > 2 * error();
    }

    /**
     * σ̂ = √(λmax + ε), a bound on ‖X‖ in the operator norm.
     *
     * @return at least 0
     */
    public double designNorm() {
        return Math.sqrt(largest() + error());
    }

    /**
     * P̃, modes × modes, one eigenvector per column; live.
     *
     * @return modes × modes
     */
    public DMatrixRMaj basis() {
        return basis;
    }

    /**
     * Bound on ‖Gram matrix − PΛPᵀ‖.
     *
     * @return ε in the operator norm
     */
    public double error() {
        measure();
        return error;
    }

    /**
     * Bound on the distance of the returned basis from P.
     *
     * @return in the operator norm
     */
    public double skewness() {
        measure();
        return skewness;
    }

    /** Whether {@link #turned} can be asked. */
    boolean isTurnKnown() {
        measure();
        return turn != null;
    }

    /**
     * Relative error of {@link #turned}, in the norm of a row.
     *
     * @return at least 0
     */
    public double turnError() {
        return turnError;
    }

    /**
     * Coordinates with respect to the returned basis as those with respect to P, and the other way round for what will
     * be multiplied by the returned basis: both are a − aW/2.
     *
     * @param coordinates rows × modes, changed
     * @return the coordinates that were given
     */
    public TwicePrecise turned(TwicePrecise coordinates) {
        double[][] skew = Objects.requireNonNull(turn);
        DMatrixRMaj high = coordinates.high();
        DMatrixRMaj low = coordinates.low();
        for (int row = 0; row < high.numRows; row++) {
            for (int mode = 0; mode < values.length; mode++) {
                double share = high.data[row * values.length + mode] / 2;
                for (int to = 0; share != 0 && to < values.length; to++) {
                    low.data[row * values.length + to] -= share * skew[mode][to];
                }
            }
        }
        return coordinates;
    }

    private synchronized void measure() {
        if (!Double.isNaN(error)) {
            return;
        }
        int modes = values.length;
        int length = exampleSide() ? design.numRows : design.numCols;
        boolean accurate = isAccurate();
        double missing = accurate ? OperatorNorm.atMost(accurateMissing()) : NormOps_DDRM.normF(missing());
        double[][] skew = accurate ? accurateSkew() : AccurateProduct.rows(CommonOps_DDRM.multInner(basis, null));
        double trace = Math.pow(NormOps_DDRM.normF(design), 2);
        double[][] weightedSkew = new double[modes][modes];
        double plainSkew = 0;
        double squares = 0;
        for (int i = 0; i < modes; i++) {
            skew[i][i] -= accurate ? 0 : 1;
            plainSkew += Dots.sum(skew[i], skew[i], modes);
            for (int j = 0; j < modes; j++) {
                weightedSkew[i][j] = values[i] * skew[i][j];
            }
            squares += values[i] * values[i];
        }
        double ofEntry = accurate ? AccurateProduct.SECOND_ORDER : Rounding.accumulated(modes + 1);
        double ofProducts = accurate ? AccurateProduct.SECOND_ORDER : Rounding.accumulated(2 * modes + length + 4);
        double skewNorm = Math.sqrt(plainSkew) + modes * ofEntry;
        skewness = skewNorm < 0.5 ? skewNorm / (1 + Math.sqrt(1 - skewNorm)) : Double.POSITIVE_INFINITY;
        double ofBasis = OperatorNorm.atMost(weightedSkew) + Math.sqrt(modes * squares) * ofEntry;
        if (accurate && skewNorm < 0x1p-20) {
            turn = skew;
            turnError = skewNorm * skewNorm + (modes + 8) * Rounding.UNIT * skewNorm + modes * ofEntry;
        }
        // 2‖ΛS‖ + ‖SΛS‖ with S = (PᵀP − I)(2I + S)⁻¹ and ‖S‖ at most the skewness
        error = skewNorm < 0.5 ? missing + ofProducts * trace + ofBasis * (1 + 2 * skewness) : Double.POSITIVE_INFINITY;
    }

    /** A − P̃ΛP̃ᵀ in plain double precision, modes × modes. */
    private DMatrixRMaj missing() {
        DMatrixRMaj missing = gram();
        DMatrixRMaj scaled = basis.copy();
        CommonOps_DDRM.multCols(scaled, values);
        CommonOps_DDRM.multAddTransB(-1, scaled, basis, missing);
        return missing;
    }

    /** A − P̃ΛP̃ᵀ in twice the precision, modes × modes. */
    private double[][] accurateMissing() {
        int modes = values.length;
        DMatrixRMaj scaled = basis.copy();
        CommonOps_DDRM.multCols(scaled, values);
        DMatrixRMaj rest = new DMatrixRMaj(modes, modes);
        for (int at = 0; at < rest.getNumElements(); at++) {
            rest.data[at] = -Math.fma(basis.data[at], values[at % modes], -scaled.data[at]);
        }
        CommonOps_DDRM.scale(-1, scaled);
        double[][] missing = new double[modes][modes];
        double[][] columns = AccurateProduct.columns(design);
        double[][] rows = AccurateProduct.rows(design);
        double[][] vectors = AccurateProduct.columns(basis);
        double[][] left = joined(exampleSide() ? columns : rows, scaled, rest);
        double[][] inner = exampleSide() ? rows : columns;
        double[][] right = Arrays.copyOf(inner, inner.length + 2 * modes);
        System.arraycopy(vectors, 0, right, inner.length, modes);
        System.arraycopy(vectors, 0, right, inner.length + modes, modes);
        AccurateProduct.addSymmetric(missing, left, right);
        return missing;
    }

    private static double[][] joined(double[][] first, DMatrixRMaj second, DMatrixRMaj third) {
        double[][] joined = new double[first.length][];
        for (int row = 0; row < joined.length; row++) {
            int length = first[row].length;
            joined[row] = Arrays.copyOf(first[row], length + second.numCols + third.numCols);
            System.arraycopy(second.data, row * second.numCols, joined[row], length, second.numCols);
            System.arraycopy(third.data, row * third.numCols, joined[row], length + second.numCols, third.numCols);
        }
        return joined;
    }

    /** W = P̃ᵀP̃ − I in twice the precision, modes × modes. */
    private double[][] accurateSkew() {
        double[][] skew = new double[values.length][values.length];
        for (int mode = 0; mode < values.length; mode++) {
            skew[mode][mode] = -1;
        }
        AccurateProduct.addSymmetric(skew, AccurateProduct.columns(basis), AccurateProduct.rows(basis));
        return skew;
    }
}
