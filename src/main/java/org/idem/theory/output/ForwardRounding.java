package org.idem.theory.output;

import java.util.function.IntToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Precision;
import org.idem.theory.arithmetic.Rounding;

/** Rounding of the forward pass that reads outputs off trained and off predicted parameters. */
final class ForwardRounding {
    private ForwardRounding() {}

    /**
     * Adds it to bounds on the outputs' other errors.
     *
     * @param bounds rows × tests, changed
     * @param parameters the predicted ones, rows × d
     * @param columns test inputs, d × tests
     * @param strays bounds on how far a row of the trained parameters lies from the predicted ones
     * @param precision arithmetic of the training; the prediction is read off in double precision
     */
    static void add(
            DMatrixRMaj bounds,
            DMatrixRMaj parameters,
            DMatrixRMaj columns,
            IntToDoubleFunction strays,
            Precision precision) {
        DMatrixRMaj sizes = CommonOps_DDRM.mult(absolute(parameters), absolute(columns), null);
        DMatrixRMaj sums = CommonOps_DDRM.mult(parameters, columns, null);
        double[] norms = Rounding.columnNorms(columns);
        double underflow = precision.smallestNormal();
        for (int test = 0; test < bounds.numCols; test++) {
            int terms = 0;
            for (int i = 0; i < columns.numRows; i++) {
                terms += columns.get(i, test) == 0 ? 0 : 1;
            }
            double evaluation = Rounding.accumulated(terms);
            for (int row = 0; row < bounds.numRows; row++) {
                double strayed = norms[test] * strays.applyAsDouble(row) + bounds.get(row, test);
                double size = sizes.get(row, test);
                double sum = Math.abs(sums.get(row, test)) + evaluation * size;
                double rounding = Rounding.sum(terms, size + strayed, sum + strayed, precision.unitRoundoff())
                        + Rounding.sum(terms, size, sum, Rounding.UNIT);
                bounds.add(row, test, rounding + 4.0 * terms * underflow);
            }
        }
    }

    private static DMatrixRMaj absolute(DMatrixRMaj matrix) {
        DMatrixRMaj sizes = matrix.copy();
        for (int at = 0; at < sizes.getNumElements(); at++) {
            sizes.data[at] = Math.abs(sizes.data[at]);
        }
        return sizes;
    }
}
