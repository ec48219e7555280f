package org.idem.theory.linear;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.array.Array;
import org.idem.theory.arithmetic.OperatorNorm;
import org.idem.theory.arithmetic.Rounding;
import org.jspecify.annotations.Nullable;

/** Bounds on the operator norms of what successive layers do across their directions: R_j⋯R_{i+1}. */
public final class AcrossReach {
    /** More operations than this are not worth while: products of norms have to do. */
    private static final double AFFORDABLE = 1e9;
    /** Products of matrices behind one norm. */
    private static final int PRODUCTS = 10;

    /** Numbers that are so near each other count as equal; what they differ is lost in {@link ErrorEllipsoid}. */
    private static final double SAME = 0x1p-43;

    /** Of the layers from one to before another, both counted from 0; 1 for none. */
    private final double[][] bounds;

    private final double @Nullable [] multiples;

    private AcrossReach(double[][] bounds, double @Nullable [] multiples) {
        this.bounds = bounds;
        this.multiples = multiples;
    }

    /**
     * From bounds on the norms of R_j alone.
     *
     * @param norms one for each layer
     * @return their products
     */
    public static AcrossReach of(double[] norms) {
        return of(norms, null);
    }

    private static AcrossReach of(double[] norms, double @Nullable [] multiples) {
        int depth = norms.length;
        double[][] bounds = new double[depth + 1][depth + 1];
        for (int from = 0; from <= depth; from++) {
            bounds[from][from] = 1;
            for (int to = from; to < depth; to++) {
                bounds[from][to + 1] = bounds[from][to] * norms[to] * (1 + 2 * Rounding.UNIT);
            }
        }
        return new AcrossReach(bounds, multiples);
    }

    /**
     * From the matrices: their products are made where that costs at most about a second.
     *
     * @param layers with R_j
     * @return close bounds
     */
    public static AcrossReach of(AlignedLayers layers) {
        List<Array> across = layers.across();
        double[] multiples = multiples(layers);
        if (multiples != null) {
            double[] all = layers.acrossNorms();
            double[] norms = new double[multiples.length];
            Arrays.setAll(
                    norms, layer -> Math.abs(multiples[layer]) + (multiples[layer] == 0 ? 1 : 2 * SAME) * all[layer]);
            return of(norms, multiples);
        }
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

    /** What R_j are of one projector, for every layer; null unless they are multiples of one, up to rounding. */
    double @Nullable [] multiples() {
        return multiples;
    }

    private static double @Nullable [] multiples(AlignedLayers layers) {
        double[] multiples = new double[layers.across().size()];
        double[] direction = layers.directions().get(0);
        double[] norms = layers.acrossNorms();
        for (int layer = 0; layer < multiples.length; layer++) {
            double[] values = layers.across().get(layer).values();
            double[] left = layers.directions().get(layer + 1);
            if (norms[layer] < SAME) {
                // its own norm then bounds what is neglected
                continue;
            }
            if (left.length != direction.length || values.length != direction.length * direction.length) {
                return null;
            }
            double sign = 0;
            double trace = 0;
            for (int i = 0; i < left.length; i++) {
                sign += left[i] * direction[i];
                trace += values[i * left.length + i];
            }
            multiples[layer] = trace / (left.length - 1);
            double[] rest = values.clone();
            double[] turned = left.clone();
            for (int i = 0; i < left.length; i++) {
                turned[i] -= Math.signum(sign) * direction[i];
                for (int j = 0; j < left.length; j++) {
                    rest[i * left.length + j] -= multiples[layer] * ((i == j ? 1 : 0) - direction[i] * direction[j]);
                }
            }
            if (!(AlignedLayers.norm(rest) < SAME * norms[layer] && AlignedLayers.norm(turned) < SAME)) {
                return null;
            }
        }
        return multiples;
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
