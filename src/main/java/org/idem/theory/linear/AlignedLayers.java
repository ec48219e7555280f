package org.idem.theory.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.theory.arithmetic.OperatorNorm;

/**
 * Layers s_j u_j u_{j−1}ᵀ + R_j with unit vectors u_0, …, u_L and R_j that neither read u_{j−1} nor write u_j.
 *
 * @param directions u_0, …, u_L
 * @param across R_1, …, R_L, each (n_j, n_{j−1})
 */
public record AlignedLayers(List<double[]> directions, List<Array> across) {
    /** Keeps the lists. */
    public AlignedLayers {
        directions = List.copyOf(directions);
        across = List.copyOf(across);
    }

    /**
     * Takes what points along the directions off any matrices.
     *
     * @param vectors along u_0, …, u_L, none of them 0
     * @param matrices (n_j, n_{j−1}), one for each layer, not changed
     * @return with unit vectors, and the projected matrices for R_j
     */
    public static AlignedLayers of(List<double[]> vectors, List<Array> matrices) {
        List<double[]> directions = vectors.stream()
                .map(vector -> {
                    double norm = norm(vector);
                    return Arrays.stream(vector).map(number -> number / norm).toArray();
                })
                .toList();
        List<Array> across = new ArrayList<>();
        for (int layer = 0; layer < matrices.size(); layer++) {
            across.add(projected(matrices.get(layer), directions.get(layer + 1), directions.get(layer)));
        }
        return new AlignedLayers(directions, across);
    }

    private static Array projected(Array matrix, double[] left, double[] right) {
        Array projected = Array.of(matrix.values().clone(), matrix.shape());
        double[] values = projected.values();
        for (int row = 0; row < left.length; row++) {
            double along = 0;
            for (int column = 0; column < right.length; column++) {
                along += values[row * right.length + column] * right[column];
            }
            for (int column = 0; column < right.length; column++) {
                values[row * right.length + column] -= along * right[column];
            }
        }
        for (int column = 0; column < right.length; column++) {
            double along = 0;
            for (int row = 0; row < left.length; row++) {
                along += left[row] * values[row * right.length + column];
            }
            for (int row = 0; row < left.length; row++) {
                values[row * right.length + column] -= left[row] * along;
            }
        }
        return projected;
    }

    /**
     * Euclidean norm.
     *
     * @param numbers any number of them
     * @return at least 0
     */
    public static double norm(double[] numbers) {
        return Math.sqrt(Arrays.stream(numbers).map(number -> number * number).sum());
    }

    /**
     * The weights of all layers.
     *
     * @param strengths s_1, …, s_L
     * @param kept what is left of R_j
     * @return one array of shape (n_j, n_{j−1}) for each layer
     */
    public List<Array> weights(double[] strengths, double kept) {
        List<Array> weights = new ArrayList<>();
        for (int layer = 0; layer < strengths.length; layer++) {
            double[] left = directions.get(layer + 1);
            double[] right = directions.get(layer);
            Array weight = Array.zeros(left.length, right.length);
            for (int i = 0; i < weight.length(); i++) {
                weight.values()[i] = strengths[layer] * left[i / right.length] * right[i % right.length]
                        + kept * across.get(layer).values()[i];
            }
            weights.add(weight);
        }
        return weights;
    }

    /**
     * Frobenius norms of R_j.
     *
     * @return one for each layer, rounded up
     */
    public double[] acrossNorms() {
        return across.stream()
                .mapToDouble(matrix -> norm(matrix.values()) * (1 + 0x1p-40))
                .toArray();
    }

    /**
     * Operator norms of R_j.
     *
     * @return close bounds, one for each layer
     */
    public double[] acrossReach() {
        return across.stream()
                .mapToDouble(matrix -> OperatorNorm.closeTo(matrix(matrix)))
                .toArray();
    }

    private static DMatrixRMaj matrix(Array array) {
        return DMatrixRMaj.wrap(array.size(0), array.size(1), array.values());
    }

    /**
     * How strongly the output across the target reacts to the layers.
     *
     * @param point of the path
     * @return ‖Σ_j ∏_{i&lt;j}s_i² (R_L⋯R_{j+1})(R_L⋯R_{j+1})ᵀ‖ with what is left of R_j, nearly
     */
    public double acrossCurvature(AlignedPath.Point point) {
        int depth = across.size();
        DMatrixRMaj above = CommonOps_DDRM.identity(across.get(depth - 1).size(0));
        DMatrixRMaj sum = new DMatrixRMaj(above.numRows, above.numRows);
        for (int layer = depth - 1; layer >= 0; layer--) {
            double below = AlignedPath.product(point.strengths(), 0, layer);
            DMatrixRMaj square = CommonOps_DDRM.multTransB(above, above, null);
            CommonOps_DDRM.addEquals(sum, below * below, square);
            above = CommonOps_DDRM.mult(point.kept(), above, matrix(across.get(layer)), null);
        }
        return OperatorNorm.closeTo(sum);
    }

    /**
     * What the layers together make of an input.
     *
     * @param point of the path
     * @param inputs z, (n, n_0)
     * @return W_L⋯W_1z, (n, n_L)
     */
    public Array outputs(AlignedPath.Point point, Array inputs) {
        double[] first = directions.get(0);
        double[] last = directions.get(across.size());
        DMatrixRMaj signal = CommonOps_DDRM.transpose(matrix(inputs), null);
        for (Array layer : across) {
            signal = CommonOps_DDRM.mult(point.kept(), matrix(layer), signal, null);
        }
        Array outputs = Array.zeros(inputs.size(0), last.length);
        for (int row = 0; row < inputs.size(0); row++) {
            double along = 0;
            for (int i = 0; i < first.length; i++) {
                along += first[i] * inputs.values()[row * first.length + i];
            }
            for (int i = 0; i < last.length; i++) {
                outputs.values()[row * last.length + i] = point.product() * along * last[i] + signal.get(i, row);
            }
        }
        return outputs;
    }

    /**
     * The largest number of inputs or outputs of a layer.
     *
     * @return at least 1
     */
    public int widest() {
        return directions.stream().mapToInt(direction -> direction.length).max().orElseThrow();
    }
}
