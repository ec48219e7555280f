package org.idem.check;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.array.Precision;
import org.idem.check.CheckResult.Part;
import org.idem.theory.design.ParameterModes;

/** How far each part of the parameters deviates. The budgets include the rounding of the split into parts. */
final class Parts {
    private final Account account;
    private final ParameterModes modes;
    private final Comparison comparison;

    Parts(Account account, ParameterModes modes, Comparison comparison) {
        this.account = account;
        this.modes = modes;
        this.comparison = comparison;
    }

    /** All parameters together come first. */
    List<Part> all() {
        DMatrixRMaj deviation = comparison.deviation();
        int fanIn = account.problem().map().fanIn();
        List<Part> parts = new ArrayList<>();
        parts.add(part("all parameters", deviation, comparison, 0, deviation.numCols));
        DMatrixRMaj padded = padded(deviation);
        DMatrixRMaj outside = modes.complement(padded);
        DMatrixRMaj inside = CommonOps_DDRM.subtract(padded, outside, null);
        DMatrixRMaj projector = modes.complement(CommonOps_DDRM.identity(padded.numCols));
        DMatrixRMaj span = CommonOps_DDRM.identity(padded.numCols);
        CommonOps_DDRM.subtractEquals(span, projector);
        int known = deviation.numCols;
        parts.add(part("span of the training data", inside, through(span, padded), 0, known)
                .emptyIf(modes.count() == 0));
        parts.add(part("complement of the span", outside, through(projector, padded), 0, known)
                .emptyIf(modes.count() == padded.numCols));
        parts.add(part("weights", deviation, comparison, 0, fanIn));
        if (deviation.numCols > fanIn) {
            parts.add(part("bias", deviation, comparison, fanIn, deviation.numCols));
        }
        return parts;
    }

    private DMatrixRMaj padded(DMatrixRMaj known) {
        DMatrixRMaj padded = new DMatrixRMaj(known.numRows, account.start().numCols);
        CommonOps_DDRM.insert(known, padded, 0, 0);
        return padded;
    }

    /** The budgets after a projection, with the rounding of its two products with the modes. */
    private Comparison through(DMatrixRMaj projector, DMatrixRMaj deviation) {
        if (!comparison.decides()) {
            return comparison;
        }
        int d = deviation.numCols;
        double rounding = 2.0 * (d + modes.count()) * Math.sqrt(d) * Precision.FLOAT64.unitRoundoff();
        DMatrixRMaj sizes = projector.copy();
        CommonOps_DDRM.abs(sizes);
        DMatrixRMaj bounds = CommonOps_DDRM.mult(padded(comparison.budget()), sizes, null);
        for (int row = 0; row < bounds.numRows; row++) {
            double norm = NormOps_DDRM.normF(CommonOps_DDRM.extractRow(deviation, row, null));
            for (int column = 0; column < d; column++) {
                bounds.add(row, column, rounding * norm);
            }
        }
        return new Comparison(deviation, bounds, deviation, true);
    }

    private static Part part(String name, DMatrixRMaj deviation, Comparison comparison, int from, int to) {
        DMatrixRMaj part =
                CommonOps_DDRM.extract(deviation, 0, deviation.numRows, from, Math.min(to, deviation.numCols));
        double norm = MatrixFeatures_DDRM.hasUncountable(part) ? Double.NaN : NormOps_DDRM.normF(part);
        return new Part(name, norm, comparison.largest(deviation, from, to));
    }
}
