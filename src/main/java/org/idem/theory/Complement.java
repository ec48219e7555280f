package org.idem.theory;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.RangeProjector;
import org.idem.theory.design.Spectrum;
import org.idem.theory.output.LimitError;
import org.idem.theory.output.OutputBudget;

/**
 * What gradients of the loss never touch, the complement of the range of the design, as far as it is known: a computed
 * projector C, and how far it fails to be orthogonal to that range.
 *
 * <p>The rank is that of pivoted QR, confirmed by the spectrum from below and by exact arithmetic from above. Source:
 * proofs/check.md, §4.
 */
public final class Complement {
    /** C, d × d. */
    private final DMatrixRMaj projector;
    /** How far C fails to be orthogonal to the range, one number for each of the d columns. */
    private final double[] leaks;

    private final boolean known;
    private final boolean empty;

    private Complement(DMatrixRMaj projector, double[] leaks, boolean known, boolean empty) {
        this.projector = projector;
        this.leaks = leaks;
        this.known = known;
        this.empty = empty;
    }

    /**
     * The part of a problem that training never changes.
     *
     * @param problem whose parameters
     * @param range projector onto the span of the inputs
     * @return what lies outside of that span
     */
    public static Complement of(LeastSquares problem, RangeProjector range) {
        DMatrixRMaj design = problem.design();
        int d = design.numRows;
        boolean known = LimitError.isClear(problem, range);
        DMatrixRMaj projector = range.complement(CommonOps_DDRM.identity(d));
        double[] leaks = new double[d];
        if (known && range.rank() == d) {
            projector.zero();
        } else if (known && range.rank() > 0) {
            measure(problem, range.rank(), projector, leaks);
        } else if (!known) {
            Arrays.fill(leaks, Double.POSITIVE_INFINITY);
        }
        return new Complement(projector, leaks, known, known && range.rank() == d);
    }

    /** A unit vector of the range is Xa with ‖a‖ at most 1/σ, σ the smallest singular value that is not zero. */
    private static void measure(LeastSquares problem, int rank, DMatrixRMaj projector, double[] leaks) {
        DMatrixRMaj design = problem.design();
        Spectrum spectrum = problem.spectrum();
        double[] values = spectrum.values().clone();
        Arrays.sort(values);
        double least = Math.sqrt(values[values.length - rank] - spectrum.error());
        double[] met = Rounding.columnNorms(CommonOps_DDRM.multTransA(design, projector, null));
        double[] lengths = Rounding.columnNorms(projector);
        double rounding = Rounding.accumulated(design.numRows + 2) * Math.sqrt(problem.squaredNorm());
        for (int entry = 0; entry < leaks.length; entry++) {
            leaks[entry] = OutputBudget.OUTWARD * (met[entry] + rounding * lengths[entry]) / least;
        }
    }

    /**
     * Whether the rank of the data is beyond doubt.
     *
     * @return false if rounding hides it: nothing is then known about the complement
     */
    public boolean known() {
        return known;
    }

    /**
     * Whether the data span everything.
     *
     * @return true if there is nothing that gradients never touch
     */
    public boolean empty() {
        return empty;
    }

    /**
     * The computed projector C onto the complement.
     *
     * @return d × d, 0 if the complement is empty; live
     */
    public DMatrixRMaj projector() {
        return projector;
    }

    /**
     * Bound on the length of the part of column j of C that lies in the range of the design: a row in that range meets
     * the column with at most this times its own length.
     *
     * @param entry j, from 0
     * @return at least 0, infinite if the complement is not known
     */
    public double leak(int entry) {
        return leaks[entry];
    }
}
