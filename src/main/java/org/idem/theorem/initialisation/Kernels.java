package org.idem.theorem.initialisation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.Cnn;
import org.idem.network.Initialization;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Stage;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.theorem.Observation;
import org.idem.theory.initialisation.RandomLayer;
import org.idem.theory.kernel.InfiniteKernel;
import org.idem.theory.kernel.InfiniteNetwork;
import org.idem.training.TrainingEngine;
import org.idem.training.run.Training;

/**
 * Networks that differ in their weights and biases only, and the two inputs at which their tangent kernels are taken.
 *
 * @param network with one output or two, a CNN's being channels
 * @param initialization of normal weights, of variance σ_w²/fan-in
 * @param weightVariance σ_w²
 * @param inputs x and z, (2, d) or (2, C, H, W)
 * @param ofX pixel of the output at x, line by line; 0 of vectors
 * @param ofZ the same at z
 * @param networks how many
 * @param precision of every network
 * @param engine what takes the gradients
 * @param seed of the weights
 * @param infinite kernels of infinitely wide networks of the same variances
 */
record Kernels(
        Network network,
        Initialization initialization,
        double weightVariance,
        Array inputs,
        int ofX,
        int ofZ,
        int networks,
        Precision precision,
        TrainingEngine engine,
        long seed,
        Infinite infinite) {
    Kernels(
            Network network,
            Initialization initialization,
            double weightVariance,
            Array inputs,
            int ofX,
            int ofZ,
            int networks,
            Precision precision,
            TrainingEngine engine,
            long seed) {
        this(
                network,
                initialization,
                weightVariance,
                inputs,
                ofX,
                ofZ,
                networks,
                precision,
                engine,
                seed,
                Infinite.of(
                        architecture(network),
                        weightVariance,
                        biasVariance(network, initialization),
                        inputs,
                        new int[] {ofX, ofZ}));
    }

    /**
     * What is seen, one number for each network.
     *
     * @param same Θ(x, x) of the first output
     * @param pair Θ(x, z) of the first output
     * @param different Θ(x, z) of the first output with the second; empty of one output
     */
    record Seen(Array same, Array pair, Array different) implements Observation.Recorded {}

    int depth() {
        return network.depth();
    }

    Activation activation() {
        return network.stages().get(0).activation();
    }

    boolean twoOutputs() {
        return outputs() == 2;
    }

    private int outputs() {
        return network.stages().get(depth() - 1).map().outputs();
    }

    /** σ_b², 0 without biases. */
    double biasVariance() {
        return biasVariance(network, initialization);
    }

    private static double biasVariance(Network network, Initialization initialization) {
        LinearMap map = network.stages().get(0).map();
        return map.bias() ? initialization.biasVariance(map) : 0;
    }

    Array x() {
        return inputs.slices(0, 1);
    }

    Array z() {
        return inputs.slices(1, 2);
    }

    boolean ofImages() {
        return inputs.rank() == 4;
    }

    int height() {
        return ofImages() ? inputs.size(2) : 1;
    }

    int width() {
        return ofImages() ? inputs.size(3) : 1;
    }

    private int pixels() {
        return height() * width();
    }

    /** Variances and units of all layers. */
    List<RandomLayer> layers() {
        List<RandomLayer> layers = new ArrayList<>();
        for (Stage stage : network.stages()) {
            layers.add(new RandomLayer(
                    stage.map().outputs(), initialization.weightVariance(stage.map()), biasVariance(), false));
        }
        return layers;
    }

    /** Kernels of infinitely wide networks at x and z, covariances of x and of the pair beside them. */
    record Infinite(double sameX, double sameZ, double pair, double covarianceOfPair, double covarianceOfX) {
        /** Of a batch of two, at one pixel of each. */
        static Infinite of(Architecture architecture, double weights, double biases, Array inputs, int[] pixels) {
            InfiniteKernel kernel =
                    new InfiniteKernel(new InfiniteNetwork(architecture, weights, biases), inputs, true);
            double unit = Math.scalb(1.0, (int) (2 * kernel.tangentUnit()));
            double covarianceUnit = Math.scalb(1.0, (int) (2 * kernel.covarianceUnit()));
            int x = pixels[0];
            int z = kernel.tangent().numRows / 2 + pixels[1];
            return new Infinite(
                    unit * kernel.tangent().get(x, x),
                    unit * kernel.tangent().get(z, z),
                    unit * kernel.tangent().get(x, z),
                    covarianceUnit * kernel.covariance().get(x, z),
                    covarianceUnit * kernel.covariance().get(x, x));
        }
    }

    Infinite infinite(Architecture architecture, double ofWeights, double ofBiases) {
        return Infinite.of(architecture, ofWeights, ofBiases, inputs, new int[] {ofX, ofZ});
    }

    Architecture architecture() {
        return architecture(network);
    }

    private static Architecture architecture(Network network) {
        Stage first = network.stages().get(0);
        LinearMap map = first.map();
        return map instanceof Cnn cnn
                ? Architecture.cnn(network.depth(), cnn.kernel(), cnn.padding(), first.activation(), map.bias(), false)
                : Architecture.fcn(network.depth(), first.activation(), map.bias(), false);
    }

    Observation observe() {
        SplittableRandom random = new SplittableRandom(seed);
        boolean alike = x().equals(z()) && ofX == ofZ;
        Array same = Array.zeros(networks);
        Array both = Array.zeros(networks);
        Array different = Array.zeros(outputs() == 2 ? networks : 0);
        for (int i = 0; i < networks; i++) {
            List<StageParameters> drawn = initialization.draw(network, random);
            List<Slope> atX = slopes(drawn, x(), ofX);
            List<Slope> atZ = alike ? atX : slopes(drawn, z(), ofZ);
            same.values()[i] = product(atX.get(0), atX.get(0));
            both.values()[i] = alike ? same.values()[i] : product(atX.get(0), atZ.get(0));
            if (twoOutputs()) {
                different.values()[i] = product(atX.get(0), atZ.get(1));
            }
        }
        return new Seen(same, both, different);
    }

    /**
     * Derivatives of one output at one pixel.
     *
     * @param gradient of the loss, for targets that only this number misses
     * @param residual by how much
     */
    private record Slope(List<StageParameters> gradient, double residual) {}

    /**
     * The gradient of ½‖f − t‖² is Jᵀ(f − t), so a target t = f everywhere but at one number gives the derivatives of
     * that number. It is 0 there; where f is 0 it is −1.
     */
    private List<Slope> slopes(List<StageParameters> parameters, Array input, int pixel) {
        Array still = Array.zeros(network.outputShape(input.shape()));
        List<Slope> slopes = new ArrayList<>();
        Array f;
        try (Training training = start(parameters, input, still)) {
            f = training.outputs(input);
            if (f.length() == 1 && f.values()[0] != 0) {
                return List.of(new Slope(training.gradient(), f.values()[0]));
            }
        }
        for (int output = 0; output < outputs(); output++) {
            Array target = Array.of(f.values().clone(), f.shape());
            int at = output * pixels() + pixel;
            target.values()[at] = f.values()[at] == 0 ? -1 : 0;
            try (Training training = start(parameters, input, target)) {
                slopes.add(new Slope(training.gradient(), f.values()[at] - target.values()[at]));
            }
        }
        return slopes;
    }

    private Training start(List<StageParameters> parameters, Array input, Array target) {
        TrainingProblem problem = new TrainingProblem(network, input, target, parameters, Loss.HALF_SUM);
        return engine.start(problem, LinearMethod.gradientDescent(1), precision, 1);
    }

    /** Sum over layers, derivatives in units of the deviation of their weights and biases. */
    private double product(Slope here, Slope there) {
        List<StageParameters> one = here.gradient();
        List<StageParameters> other = there.gradient();
        double sum = 0;
        for (int stage = 0; stage < one.size(); stage++) {
            double variance =
                    initialization.weightVariance(network.stages().get(stage).map());
            sum += variance
                    * NetworkSpace.product(
                            one.get(stage).weights(), other.get(stage).weights());
            Array bias = one.get(stage).bias();
            Array otherBias = other.get(stage).bias();
            if (bias != null && otherBias != null) {
                sum += biasVariance() * NetworkSpace.product(bias, otherBias);
            }
        }
        return sum / (here.residual() * there.residual());
    }
}
