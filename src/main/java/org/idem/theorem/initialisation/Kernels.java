package org.idem.theorem.initialisation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Architecture;
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
import org.idem.theory.initialisation.TangentSpread;
import org.idem.theory.kernel.InfiniteKernel;
import org.idem.theory.kernel.InfiniteNetwork;
import org.idem.training.TrainingEngine;
import org.idem.training.run.Training;

/**
 * Networks that differ in their weights and biases only, and the two inputs at which their tangent kernels are taken.
 *
 * @param network fully connected, with one output or two
 * @param initialization of normal weights, of variance σ_w²/fan-in
 * @param weightVariance σ_w²
 * @param inputs x and z, (2, d)
 * @param networks how many
 * @param precision of every network
 * @param engine what takes the gradients
 * @param seed of the weights
 */
record Kernels(
        Network network,
        Initialization initialization,
        double weightVariance,
        Array inputs,
        int networks,
        Precision precision,
        TrainingEngine engine,
        long seed) {
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
        LinearMap map = network.stages().get(0).map();
        return map.bias() ? initialization.biasVariance(map) : 0;
    }

    TangentSpread.Pair pair() {
        Array x = inputs.slices(0, 1);
        Array z = inputs.slices(1, 2);
        return new TangentSpread.Pair(
                NetworkSpace.squaredNorm(x), NetworkSpace.squaredNorm(z), NetworkSpace.product(x, z));
    }

    TangentSpread spread(Activation activation) {
        List<RandomLayer> layers = new ArrayList<>();
        for (Stage stage : network.stages()) {
            layers.add(new RandomLayer(
                    stage.map().outputs(), initialization.weightVariance(stage.map()), biasVariance(), false));
        }
        return new TangentSpread(layers, activation);
    }

    /** Kernels of infinitely wide networks at x and z. */
    record Infinite(double sameX, double sameZ, double pair, double covarianceOfPair, double covarianceOfX) {}

    Infinite infinite() {
        return infinite(activation(), weightVariance, biasVariance());
    }

    Infinite infinite(Activation activation, double ofWeights, double ofBiases) {
        Architecture architecture = Architecture.fcn(depth(), activation, ofBiases > 0, false);
        InfiniteKernel kernel =
                new InfiniteKernel(new InfiniteNetwork(architecture, ofWeights, ofBiases), inputs, true);
        double unit = Math.scalb(1.0, (int) (2 * kernel.tangentUnit()));
        double covarianceUnit = Math.scalb(1.0, (int) (2 * kernel.covarianceUnit()));
        return new Infinite(
                unit * kernel.tangent().get(0, 0),
                unit * kernel.tangent().get(1, 1),
                unit * kernel.tangent().get(0, 1),
                covarianceUnit * kernel.covariance().get(0, 1),
                covarianceUnit * kernel.covariance().get(0, 0));
    }

    Observation observe() {
        SplittableRandom random = new SplittableRandom(seed);
        Array x = inputs.slices(0, 1);
        Array z = inputs.slices(1, 2);
        Array same = Array.zeros(networks);
        Array both = Array.zeros(networks);
        Array different = Array.zeros(twoOutputs() ? networks : 0);
        for (int i = 0; i < networks; i++) {
            List<StageParameters> drawn = initialization.draw(network, random);
            Slopes ofX = slopes(drawn, x);
            Slopes ofZ = x.equals(z) ? ofX : slopes(drawn, z);
            double[][] square = products(ofX, ofX);
            double[][] products = ofZ == ofX ? square : products(ofX, ofZ);
            same.values()[i] = square[0][0];
            both.values()[i] = products[0][0];
            if (twoOutputs()) {
                different.values()[i] = products[0][1];
            }
        }
        return new Seen(same, both, different);
    }

    /**
     * Derivatives J_i of the outputs with respect to weights and biases, as J_i = Σ_a factors[i][a]·gradients[a].
     *
     * @param gradients of the loss, for as many targets as there are outputs
     * @param factors the inverse of the residuals that these targets leave
     */
    private record Slopes(List<List<StageParameters>> gradients, double[][] factors) {}

    /**
     * The gradient of ½‖f − t‖² is Jᵀ(f − t), so targets with independent residuals give J. The target 0 leaves f; of
     * two outputs, the target (f₁ + f₂, f₂ − f₁) leaves (−f₂, f₁), at right angles to it. Where f is 0, targets −1 do.
     */
    private Slopes slopes(List<StageParameters> parameters, Array input) {
        List<List<StageParameters>> gradients = new ArrayList<>();
        Array still = Array.zeros(1, outputs());
        double[] f;
        try (Training training = start(parameters, input, still)) {
            f = training.outputs(input).values();
            gradients.add(training.gradient());
        }
        if (NetworkSpace.squaredNorm(Array.of(f, 1, outputs())) == 0) {
            return shifted(parameters, input);
        }
        if (!twoOutputs()) {
            return new Slopes(gradients, new double[][] {{1 / f[0]}});
        }
        double[] target = {precision.round(f[0] + f[1]), precision.round(f[1] - f[0])};
        try (Training training = start(parameters, input, Array.of(target, 1, 2))) {
            gradients.add(training.gradient());
        }
        double a = precision.round(f[0] - target[0]);
        double b = precision.round(f[1] - target[1]);
        double area = f[0] * b - f[1] * a;
        return new Slopes(gradients, new double[][] {{b / area, -f[1] / area}, {-a / area, f[0] / area}});
    }

    private Slopes shifted(List<StageParameters> parameters, Array input) {
        List<List<StageParameters>> gradients = new ArrayList<>();
        double[][] factors = new double[outputs()][outputs()];
        for (int i = 0; i < outputs(); i++) {
            Array target = Array.zeros(1, outputs());
            target.values()[i] = -1;
            try (Training training = start(parameters, input, target)) {
                gradients.add(training.gradient());
            }
            factors[i][i] = 1;
        }
        return new Slopes(gradients, factors);
    }

    private Training start(List<StageParameters> parameters, Array input, Array target) {
        TrainingProblem problem = new TrainingProblem(network, input, target, parameters, Loss.HALF_SUM);
        return engine.start(problem, LinearMethod.gradientDescent(1), precision, 1);
    }

    /** Θ_ij of the outputs i at one input and j at another. */
    private double[][] products(Slopes one, Slopes other) {
        int count = outputs();
        double[][] products = new double[count][count];
        for (int a = 0; a < count; a++) {
            for (int b = 0; b < count; b++) {
                double product =
                        product(one.gradients().get(a), other.gradients().get(b));
                for (int i = 0; i < count; i++) {
                    for (int j = 0; j < count; j++) {
                        products[i][j] += one.factors()[i][a] * other.factors()[j][b] * product;
                    }
                }
            }
        }
        return products;
    }

    /** Sum over layers, derivatives in units of the deviation of their weights and biases. */
    private double product(List<StageParameters> one, List<StageParameters> other) {
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
        return sum;
    }
}
