package org.idem.theory.design;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.network.LinearMap;
import org.jspecify.annotations.Nullable;

/**
 * A design matrix with its decompositions, each worked out when it is first asked for and then kept: predictions about
 * one network on the same inputs share them, whatever their weights, targets, loss and method. Safe for use by several
 * threads.
 */
public final class Design {
    /** X, d × n. */
    private final DMatrixRMaj matrix;

    private @Nullable Spectrum spectrum;
    private @Nullable RangeProjector range;
    private @Nullable List<Design> parts;

    /**
     * A design whose parts are worked out when asked for.
     *
     * @param matrix X, d × n, kept and not to be changed any more
     */
    public Design(DMatrixRMaj matrix) {
        this.matrix = matrix;
    }

    /**
     * The design of a batch.
     *
     * @param network architecture
     * @param inputs (n, d) or (n, C, H, W)
     * @return {@link DesignMatrix#of}, nothing decomposed yet
     */
    public static Design of(LinearMap network, Array inputs) {
        return new Design(DesignMatrix.of(network, inputs));
    }

    /**
     * Rank by {@link RangeProjector}.
     *
     * @return between 0 and min(d, n)
     */
    public int rank() {
        return range().rank();
    }

    /**
     * The matrix.
     *
     * @return X, d × n, live
     */
    public DMatrixRMaj matrix() {
        return matrix;
    }

    /**
     * The spectrum of XᵀX or XXᵀ; worked out once.
     *
     * @return the same for every call
     */
    public synchronized Spectrum spectrum() {
        if (spectrum == null) {
            spectrum = new Spectrum(matrix);
        }
        return spectrum;
    }

    /**
     * The projector onto the range of X; worked out once.
     *
     * @return the same for every call
     */
    public synchronized RangeProjector range() {
        if (range == null) {
            range = RangeProjector.of(matrix);
        }
        return range;
    }

    /**
     * The columns in so many equal parts, one for each example.
     *
     * @param count number of examples, a divisor of the columns
     * @return a design for each example
     */
    public synchronized List<Design> parts(int count) {
        if (parts == null || parts.size() != count) {
            List<Design> fresh = new ArrayList<>();
            int block = matrix.numCols / count;
            for (int part = 0; part < count; part++) {
                fresh.add(new Design(columns(matrix, part * block, block)));
            }
            parts = List.copyOf(fresh);
        }
        return parts;
    }

    /**
     * Some columns of a matrix, which may have no rows; fresh.
     *
     * @param matrix d × n, not changed
     * @param from first column
     * @param count number of columns
     * @return d × count
     */
    public static DMatrixRMaj columns(DMatrixRMaj matrix, int from, int count) {
        DMatrixRMaj part = new DMatrixRMaj(matrix.numRows, count);
        for (int row = 0; row < matrix.numRows; row++) {
            System.arraycopy(matrix.data, row * matrix.numCols + from, part.data, row * count, count);
        }
        return part;
    }
}
