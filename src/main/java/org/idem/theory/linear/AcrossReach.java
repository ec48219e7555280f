package org.idem.theory.linear;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.array.Array;
import org.idem.theory.arithmetic.OperatorNorm;
import org.idem.theory.arithmetic.Rounding;

/** Bounds on the operator norms of what successive layers do across their directions: R_j⋯R_{i+1}. */
public final class AcrossReach {
    /** More operations than this are not worth while: products of norms have to do. */
    private static final double AFFORDABLE = 1e9;
    /** Products of matrices behind one norm. */
    private static final int PRODUCTS = 10;

    /** Of the layers from one to before another, both counted from 0; 1 for none. */
    private final double[][] bounds;

    private AcrossReach(double[][] bounds) {
        this.bounds = bounds;
    }

    /**
     * From bounds on the norms of R_j alone.
     *
     * @param norms one for each layer
     * @return their products
     */
    public static AcrossReach of(double[] norms) {
        int depth = norms.length;
        double[][] bounds = new double[depth + 1][depth + 1];
        for (int from = 0; from <= depth; from++) {
            bounds[from][from] = 1;
            for (int to = from; to < depth; to++) {
                bounds[from][to + 1] = bounds[from][to] * norms[to] * (1 + 2 * Rounding.UNIT);
            }
        }
        return new AcrossReach(bounds);
    }

    /**
     * From the matrices: their products are made where that costs at most about a second.
     *
     * @param layers with R_j
     * @return close bounds
     */
    public static AcrossReach of(AlignedLayers layers) {
        List<Array> across = layers.across();
        double[] norms = layers.acrossReach();
        AcrossReach reach = of(norms);
        double side = layers.widest();
        int depth = norms.length;
        if (side * side * side * depth * depth / 2 * PRODUCTS > AFFORDABLE) {
            return reach;
        }
        for (int from = 0; from < depth; from++) {
            DMatrixRMaj product = matrix(across.get(from));
            double error = 0;
            for (int to = from + 1; to < depth; to++) {
                DMatrixRMaj layer = matrix(across.get(to));
                error = norms[to] * error
                        + Rounding.accumulated(layer.numCols + 2)
                                * NormOps_DDRM.normF(layer)
                                * NormOps_DDRM.normF(product);
                product = CommonOps_DDRM.mult(layer, product, null);
                reach.bounds[from][to + 1] =
                        Math.min(reach.bounds[from][to] * norms[to], OperatorNorm.closeTo(product) + 2 * error);
            }
        }
        return reach;
    }

    private static DMatrixRMaj matrix(Array array) {
        return DMatrixRMaj.wrap(array.size(0), array.size(1), array.values());
    }

    /**
     * Bound on the norm of one layer.
     *
     * @param layer from 0
     * @return at least ‖R‖
     */
    public double norm(int layer) {
        return bounds[layer][layer + 1];
    }

    /** Number of layers. */
    int depth() {
        return bounds.length - 1;
    }

    /** Bound on the norm of R_{to−1}⋯R_{from}, layers counted from 0; 1 for none. */
    double of(int from, int to) {
        return bounds[from][to];
    }
}
