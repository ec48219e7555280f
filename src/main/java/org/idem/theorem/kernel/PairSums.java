package org.idem.theorem.kernel;

import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.training.wide.TwoLayers;
import org.idem.training.wide.WideTask;

/**
 * What the units of one network add up to before training, at the example x (site 0) and a probe (site 1). Unit i
 * contributes f_i to the output and θ_i(s) to the tangent kernel Θ_n(s, x), biases of the output left out, and q_i(s)
 * to the second derivative of f(s) along the gradient of f(x).
 *
 * @param tangent Θ_n(s, x), biases of the output included
 * @param products Σ_i f_i(a) f_i(x)
 * @param weighted Σ_i f_i(a) f_i(x) θ_i(s), a first
 * @param bent Σ_i q_i(s)
 * @param outputsBent Σ_i f_i(a) q_i(s), a first
 * @param kernels Σ_i θ_i(a) θ_i(b)
 */
record PairSums(
        double[] tangent,
        double[] products,
        double[][] weighted,
        double[] bent,
        double[][] outputsBent,
        double[][] kernels) {
    private static final int SITES = OneExample.SITES;

    static PairSums of(TwoLayers layers, WideTask task) {
        double bias = task.biasDeviation() * task.biasDeviation();
        double weight = layers.outputFactor();
        double[] last = layers.outputWeights(0);
        double[][] signals = new double[SITES][];
        double[][] slopes = new double[SITES][];
        double[] seen = new double[SITES];
        for (int site = 0; site < SITES; site++) {
            signals[site] = layers.signals(site);
            slopes[site] = layers.slopes(site);
            Array input = site == 0 ? task.train() : task.probes();
            seen[site] = layers.inputFactor() * layers.inputFactor() * DepthRun.product(task.train(), input) + bias;
        }
        boolean curved = task.activation() == Activation.ERF;
        PairSums sums = new PairSums(
                new double[SITES],
                new double[SITES],
                new double[SITES][SITES],
                new double[SITES],
                new double[SITES][SITES],
                new double[SITES][SITES]);
        double[] own = new double[SITES];
        double[] second = new double[SITES];
        double[] outputs = new double[SITES];
        for (int i = 0; i < last.length; i++) {
            double output = weight * last[i];
            for (int site = 0; site < SITES; site++) {
                double signal = weight * signals[site][i];
                double slope = output * slopes[site][i];
                // h of the site moves by this much along the gradient at x
                double move = output * slopes[0][i] * seen[site];
                outputs[site] = output * signals[site][i];
                own[site] = signal * weight * signals[0][i] + slope * move;
                double bend = curved ? -2 * layers.hidden(site)[i] * slope : 0;
                second[site] = 2 * weight * signals[0][i] * weight * slopes[site][i] * move + bend * move * move;
            }
            sums.add(outputs, own, second);
        }
        for (int site = 0; site < SITES; site++) {
            sums.tangent[site] += bias;
        }
        return sums;
    }

    private void add(double[] outputs, double[] own, double[] second) {
        for (int a = 0; a < SITES; a++) {
            tangent[a] += own[a];
            products[a] += outputs[a] * outputs[0];
            bent[a] += second[a];
            for (int b = 0; b < SITES; b++) {
                weighted[a][b] += outputs[a] * outputs[0] * own[b];
                outputsBent[a][b] += outputs[a] * second[b];
                kernels[a][b] += own[a] * own[b];
            }
        }
    }

    /** All sums, in the order of the components. */
    double[] numbers() {
        return new double[] {
            tangent[0],
            tangent[1],
            products[0],
            products[1],
            weighted[0][0],
            weighted[0][1],
            weighted[1][0],
            weighted[1][1],
            bent[0],
            bent[1],
            outputsBent[0][0],
            outputsBent[0][1],
            outputsBent[1][0],
            outputsBent[1][1],
            kernels[0][0],
            kernels[0][1],
            kernels[1][0],
            kernels[1][1]
        };
    }
}
