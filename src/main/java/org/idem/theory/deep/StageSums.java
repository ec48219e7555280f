package org.idem.theory.deep;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.LinearMap;
import org.idem.network.StageParameters;
import org.idem.theory.arithmetic.AccurateProduct;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.DesignMatrix;

/**
 * The sums of a stage and bounds on their errors, at a few sites at a time. A site is a pixel of an output or, of fully
 * connected stages, an example. Only these columns of the design matrix exist, in memory that is used again for the
 * next: large images have many sites.
 */
final class StageSums {
    /** Numbers of the design matrix that exist at a time, unless one column has more. */
    private static final int MOST = 1 << 16;

    private final LinearMap map;
    private final DeepForward inputs;
    private final double[][] rows;
    private final DMatrixRMaj sizesOfRows;
    private final DMatrixRMaj sizesOfWeights;
    private final DMatrixRMaj design = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj sizes = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj spread = new DMatrixRMaj(0, 0);
    private double[][] columns = {};
    private double[][] sums = {};
    private int[] terms = {};

    /** Of one stage on inputs whose errors are bounded. */
    StageSums(LinearMap map, StageParameters parameters, DeepForward inputs) {
        this.map = map;
        this.inputs = inputs;
        DMatrixRMaj all = DeepForward.rows(parameters);
        rows = AccurateProduct.rows(all);
        sizesOfRows = DeepForward.absolute(all);
        sizesOfWeights = DeepForward.absolute(DeepForward.rows(new StageParameters(parameters.weights(), null)));
    }

    /** Number of sites that are looked at together. */
    int most() {
        return Math.max(1, MOST / sizesOfRows.numCols);
    }

    /** Makes the sums at so many sites, from one of them on. */
    void take(int from, int count) {
        if (terms.length != count) {
            columns = new double[sizesOfRows.numCols][count];
            sums = new double[rows.length][count];
            terms = new int[count];
        }
        DesignMatrix.columns(map, inputs.values(), from, reshaped(sizesOfRows.numCols, count));
        for (int k = 0; k < columns.length; k++) {
            System.arraycopy(design.data, k * count, columns[k], 0, count);
        }
        for (double[] sum : sums) {
            Arrays.fill(sum, 0);
        }
        AccurateProduct.add(sums, rows, columns);
        makeAbsolute(design);
        CommonOps_DDRM.mult(sizesOfRows, design, sizes);
        DesignMatrix.columns(withoutBias(map), inputs.errors(), from, reshaped(sizesOfWeights.numCols, count));
        CommonOps_DDRM.mult(sizesOfWeights, design, spread);
        countTerms();
    }

    private DMatrixRMaj reshaped(int length, int count) {
        design.reshape(length, count);
        return design;
    }

    /** Terms in the sums of each site that the engine may find not to be zero. */
    private void countTerms() {
        Arrays.fill(terms, 0);
        for (int k = 0; k < columns.length; k++) {
            boolean exact = k >= design.numRows;
            for (int site = 0; site < terms.length; site++) {
                boolean zero = columns[k][site] == 0 && (exact || design.data[k * terms.length + site] == 0);
                terms[site] += zero ? 0 : 1;
            }
        }
    }

    /** The sum of an output at a site, counted from the first that was taken. */
    double sum(int output, int site) {
        return sums[output][site];
    }

    /** Bound on how far the same sum of a training engine is from it. */
    double error(int output, int site, Precision precision) {
        double unit = precision.unitRoundoff();
        double sum = sums[output][site];
        double size = sizes.get(output, site);
        double relative = Rounding.accumulated(terms[site], unit);
        // every partial sum lies between that of the negative and that of the positive terms
        double partial = terms[site] * (size + Math.abs(sum)) / 2;
        return spread.get(output, site) * (1 + Rounding.accumulated(terms[site] + 2, unit))
                + unit * (1 + 2 * relative) * (size + partial)
                + Rounding.UNIT * Math.abs(sum)
                + AccurateProduct.SECOND_ORDER * size
                + (terms[site] + 2) * precision.smallestNormal();
    }

    private static void makeAbsolute(DMatrixRMaj matrix) {
        for (int i = 0; i < matrix.getNumElements(); i++) {
            matrix.data[i] = Math.abs(matrix.data[i]);
        }
    }

    private static LinearMap withoutBias(LinearMap map) {
        return map instanceof Cnn cnn
                ? new Cnn(cnn.channels(), cnn.outputs(), cnn.kernel(), cnn.padding(), false)
                : new Fcn(map.fanIn(), map.outputs(), false);
    }
}
