package org.idem.theory.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.idem.array.Array;
import org.idem.theory.arithmetic.AccurateProduct;
import org.idem.theory.arithmetic.Rounding;

/**
 * Orthonormal columns Q_1, …, Q_{L+1} in front of and behind the layers of a deep linear network, of which the first
 * and the last are eigenvectors of XXᵀ: layers Q_{j+1} diag(s_j) Q_jᵀ pass each mode on by itself. Source:
 * proofs/T4.modes.md.
 *
 * @param bases Q_1, …, Q_{L+1}, each (n_j, m), not changed
 * @param eigenvalues λ of the m modes, the largest first, 0 for those that no example shows
 * @param examples X as rows, (N, n_0)
 */
public record AlignedModes(List<DMatrixRMaj> bases, double[] eigenvalues, DMatrixRMaj examples) {
    /** Keeps the list. */
    public AlignedModes {
        bases = List.copyOf(bases);
    }

    /**
     * Finds the modes of examples.
     *
     * @param inputs X as rows, (N, n_0)
     * @param matrices of m independent columns, one for each place but the last: the first (n_0, m), of which only
     *     columns that no example needs are used, then (n_j, m) for hidden layers; m at least the smaller of N and n_0;
     *     not changed
     * @return their columns made orthonormal
     */
    public static AlignedModes of(Array inputs, List<Array> matrices) {
        DMatrixRMaj examples = matrix(inputs);
        SingularValueDecomposition_F64<DMatrixRMaj> found =
                DecompositionFactory_DDRM.svd(examples.numRows, examples.numCols, false, true, true);
        found.decompose(examples.copy());
        DMatrixRMaj right = found.getV(null, false);
        DMatrixRMaj first = matrix(matrices.get(0)).copy();
        double[] eigenvalues = new double[first.numCols];
        double[] singular = found.getSingularValues();
        int shown = Math.min(examples.numRows, examples.numCols);
        int[] order = IntStream.range(0, shown)
                .boxed()
                .sorted(Comparator.comparingDouble(mode -> -singular[mode]))
                .mapToInt(mode -> mode)
                .toArray();
        for (int mode = 0; mode < shown; mode++) {
            eigenvalues[mode] = singular[order[mode]] * singular[order[mode]];
            for (int row = 0; row < first.numRows; row++) {
                first.set(row, mode, right.get(row, order[mode]));
            }
        }
        List<DMatrixRMaj> bases = new ArrayList<>(List.of(orthonormal(first)));
        for (Array hidden : matrices.subList(1, matrices.size())) {
            bases.add(orthonormal(matrix(hidden)));
        }
        bases.add(bases.get(0));
        return new AlignedModes(bases, eigenvalues, examples);
    }

    /**
     * The same with the eigenvectors in front of every layer.
     *
     * @param inputs X as rows, (N, n_0)
     * @param completion (n_0, n_0), of which only columns that no example needs are used
     * @param depth number of layers
     * @return square layers
     */
    public static AlignedModes square(Array inputs, Array completion, int depth) {
        AlignedModes one = of(inputs, List.of(completion));
        List<DMatrixRMaj> bases = new ArrayList<>();
        for (int place = 0; place <= depth; place++) {
            bases.add(one.bases.get(0));
        }
        return new AlignedModes(bases, one.eigenvalues, one.examples);
    }

    private static DMatrixRMaj matrix(Array array) {
        return DMatrixRMaj.wrap(array.size(0), array.size(1), array.values());
    }

    private static DMatrixRMaj orthonormal(DMatrixRMaj matrix) {
        QRDecomposition<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.qr(matrix.numRows, matrix.numCols);
        decomposition.decompose(matrix.copy());
        return decomposition.getQ(null, true);
    }

    /**
     * The weights of all layers.
     *
     * @param strengths s_j of every mode: one row of L numbers for each
     * @return one array of shape (n_j, n_{j−1}) for each layer
     */
    public List<Array> weights(double[][] strengths) {
        List<Array> weights = new ArrayList<>();
        for (int layer = 0; layer + 1 < bases.size(); layer++) {
            DMatrixRMaj scaled = bases.get(layer + 1).copy();
            for (int i = 0; i < scaled.data.length; i++) {
                scaled.data[i] *= strengths[i % scaled.numCols][layer];
            }
            DMatrixRMaj weight = CommonOps_DDRM.multTransB(scaled, bases.get(layer), null);
            weights.add(Array.of(weight.data, weight.numRows, weight.numCols));
        }
        return weights;
    }

    /**
     * The largest number of inputs or outputs of a layer.
     *
     * @return at least 1
     */
    public int widest() {
        return bases.stream().mapToInt(basis -> basis.numRows).max().orElseThrow();
    }

    /**
     * Whether some place has more directions than there are modes, so that layers do nothing to the others.
     *
     * @return false if all layers are as wide as there are modes
     */
    public boolean idle() {
        return widest() > eigenvalues.length;
    }

    /** ‖X‖ in the Frobenius norm, a bound. */
    double size() {
        return AlignedLayers.norm(examples.data) * (1 + 0x1p-30);
    }

    /** Bounds on the Frobenius distance of each Q_j from one with columns that are exactly orthonormal. */
    double[] defects() {
        double[] defects = new double[bases.size()];
        for (int place = 0; place < defects.length; place++) {
            DMatrixRMaj basis = bases.get(place);
            int earlier = bases.indexOf(basis);
            defects[place] = earlier < place ? defects[earlier] : defect(basis);
        }
        return defects;
    }

    private static double defect(DMatrixRMaj basis) {
        double[][] product = new double[basis.numCols][basis.numCols];
        for (int i = 0; i < product.length; i++) {
            product[i][i] = -1;
        }
        AccurateProduct.add(product, AccurateProduct.columns(basis), AccurateProduct.rows(basis));
        return AccurateProduct.norm(product) * (1 + 0x1p-30) + basis.numCols * 0x1p-70;
    }

    /** Bound on ‖XXᵀ − QΛQᵀ‖ in the Frobenius norm, Q the exactly orthonormal matrix near Q_1. */
    double covarianceError() {
        DMatrixRMaj basis = bases.get(0);
        DMatrixRMaj scaled = basis.copy();
        for (int i = 0; i < scaled.data.length; i++) {
            scaled.data[i] *= -eigenvalues[i % scaled.numCols];
        }
        double[][] difference = new double[basis.numRows][basis.numRows];
        AccurateProduct.add(difference, AccurateProduct.columns(examples), AccurateProduct.rows(examples));
        AccurateProduct.add(difference, AccurateProduct.rows(scaled), AccurateProduct.columns(basis));
        double all = AlignedLayers.norm(eigenvalues);
        double largest = Arrays.stream(eigenvalues).max().orElse(0);
        double sums = Rounding.UNIT * 4 * all + (size() * size() + all * eigenvalues.length) * 0x1p-70;
        double off = defect(basis);
        return AccurateProduct.norm(difference) * (1 + 0x1p-30) + sums + 3 * off * largest;
    }
}
