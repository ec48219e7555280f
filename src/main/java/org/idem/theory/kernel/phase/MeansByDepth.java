package org.idem.theory.kernel.phase;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.theory.kernel.InfiniteKernel;
import org.idem.theory.kernel.InfiniteNetwork;

/**
 * The mean over infinitely wide convolutional networks of every depth up to one, trained on one image by gradient
 * descent at the learning rate 1/(c·λmax) of their depth: E f_t(z) = Θ(z, X)a_t, where a_t are the steps of
 * {@link KrylovSteps}.
 */
public final class MeansByDepth {
    private final InfiniteNetwork deepest;
    private final Array train;
    private final int[] steps;
    private final int outputs;
    /** For each depth, number of steps and output channel: what the kernel multiplies. */
    private final double[][][][] dual;
    /** Unit of the dual numbers of each depth, as a power of two. */
    private final long[] exponents;

    private final double[][] errors;
    private final double[] curvatures;

    /**
     * Trains on one image.
     *
     * @param deepest a convolutional network; its first layers are the others
     * @param train (1, C, H, W), finite
     * @param targets (1, k, H, W)
     * @param steps ascending, at least 0
     */
    public MeansByDepth(InfiniteNetwork deepest, Array train, Array targets, int... steps) {
        this.deepest = deepest;
        this.train = train;
        this.steps = steps.clone();
        outputs = targets.size(1);
        int depths = deepest.architecture().depth();
        dual = new double[depths][steps.length][outputs][];
        exponents = new long[depths];
        errors = new double[depths][steps.length];
        curvatures = new double[depths];
        InfiniteKernel.throughDepths(
                deepest, train, train, true, (depth, tangent, exponent) -> train(depth, tangent, exponent, targets));
    }

    private void train(int depth, DMatrixRMaj tangent, long exponent, Array targets) {
        double[][] rows = new double[tangent.numRows][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(tangent.data, row * tangent.numCols, (row + 1) * tangent.numCols);
        }
        double largest = KrylovSteps.largest(rows);
        exponents[depth - 1] = exponent;
        curvatures[depth - 1] = Math.scalb(largest, (int) Math.max(-3000, Math.min(3000, exponent)));
        double all = 0;
        for (double target : targets.values()) {
            all += target * target;
        }
        int plane = rows.length;
        for (int output = 0; output < outputs; output++) {
            double[] y = Arrays.copyOfRange(targets.values(), output * plane, (output + 1) * plane);
            KrylovSteps.State[] states = KrylovSteps.of(rows, y, largest, steps);
            for (int time = 0; time < steps.length; time++) {
                dual[depth - 1][time][output] = states[time].dual();
                errors[depth - 1][time] += states[time].missing() * states[time].missing() / (all == 0 ? 1 : all);
            }
        }
    }

    /**
     * Outputs on an image.
     *
     * @param test (1, C, H′, W′), finite
     * @return for each depth from 1 on and each number of steps (1, k, H′, W′)
     */
    public Array[][] outputs(Array test) {
        int height = test.size(2);
        int width = test.size(3);
        Array[][] means = new Array[dual.length][steps.length];
        InfiniteKernel.throughDepths(deepest, test, train, false, (depth, tangent, exponent) -> {
            double unit = Math.scalb(1.0, (int) Math.max(-3000, Math.min(3000, exponent - exponents[depth - 1])));
            for (int time = 0; time < steps.length; time++) {
                Array mean = Array.zeros(1, outputs, height, width);
                for (int output = 0; output < outputs; output++) {
                    double[] weights = dual[depth - 1][time][output];
                    for (int site = 0; site < tangent.numRows; site++) {
                        double sum = 0;
                        int from = site * tangent.numCols;
                        for (int i = 0; i < weights.length; i++) {
                            sum += tangent.data[from + i] * weights[i];
                        }
                        mean.values()[output * tangent.numRows + site] = unit * sum;
                    }
                }
                means[depth - 1][time] = mean;
            }
        });
        return means;
    }

    /**
     * Mean squared training errors of the mean, relative to the mean square of the targets.
     *
     * @param depth from 1 on
     * @return one for each number of steps
     */
    public double[] errors(int depth) {
        return errors[depth - 1].clone();
    }

    /**
     * The largest eigenvalue of the tangent kernel of the training image.
     *
     * @param depth from 1 on
     * @return λmax; times the loss scale c the largest curvature
     */
    public double largestEigenvalue(int depth) {
        return curvatures[depth - 1];
    }
}
