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
import org.idem.network.Model;
import org.idem.network.Network;
import org.idem.network.Stage;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.theorem.Observation;
import org.idem.theory.initialisation.RandomLayer;
import org.idem.theory.initialisation.TangentSpread;
import org.idem.theory.kernel.InfiniteKernel;
import org.idem.theory.kernel.InfiniteNetwork;
import org.idem.training.Trainer;
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
        Array same = Array.zeros(networks);
        Array both = Array.zeros(networks);
        Array different = Array.zeros(twoOutputs() ? networks : 0);
        boolean apart = !inputs.slices(0, 1).equals(inputs.slices(1, 2));
        for (int i = 0; i < networks; i++) {
            List<StageParameters> drawn = initialization.draw(network, random);
            List<List<StageParameters>> ofX = slopes(drawn, inputs.slices(0, 1));
            List<List<StageParameters>> ofZ = apart ? slopes(drawn, inputs.slices(1, 2)) : ofX;
            same.values()[i] = product(ofX.get(0), ofX.get(0));
            both.values()[i] = product(ofX.get(0), ofZ.get(0));
            if (twoOutputs()) {
                different.values()[i] = product(ofX.get(0), ofZ.get(1));
            }
        }
        return new Seen(same, both, different);
    }

    /**
     * Derivatives of each output with respect to weights and biases. The gradient of ½‖f − t‖² is Jᵀ(f − t). With t =
     * −s·e_j, s above the sum of |f_i|, the gradients G_j are those of f + s·e_j, so J_i = (G_i − Σ_j f_jG_j/(s +
     * Σf_j))/s.
     */
    private List<List<StageParameters>> slopes(List<StageParameters> parameters, Array input) {
        Array output = Trainer.outputs(new Model(network, parameters), input, precision);
        double sizes = 1;
        double sum = 0;
        for (int i = 0; i < outputs(); i++) {
            sizes += 2 * Math.abs(output.values()[i]);
            sum += output.values()[i];
        }
        double shift = (float) sizes;
        List<List<StageParameters>> gradients = new ArrayList<>();
        for (int i = 0; i < outputs(); i++) {
            Array target = Array.zeros(1, outputs());
            target.values()[i] = -shift;
            try (Training training = start(parameters, input, target)) {
                gradients.add(training.gradient());
            }
        }
        List<List<StageParameters>> slopes = new ArrayList<>();
        for (int i = 0; i < outputs(); i++) {
            double[] factors = new double[outputs()];
            for (int j = 0; j < outputs(); j++) {
                factors[j] = ((i == j ? 1 : 0) - output.values()[j] / (shift + sum)) / shift;
            }
            slopes.add(combined(gradients, factors));
        }
        return slopes;
    }

    private Training start(List<StageParameters> parameters, Array input, Array target) {
        TrainingProblem problem = new TrainingProblem(network, input, target, parameters, Loss.HALF_SUM);
        return engine.start(problem, LinearMethod.gradientDescent(1), precision, 1);
    }

    private static List<StageParameters> combined(List<List<StageParameters>> gradients, double[] factors) {
        List<StageParameters> combined = new ArrayList<>();
        for (int stage = 0; stage < gradients.get(0).size(); stage++) {
            int at = stage;
            List<Array> weights =
                    gradients.stream().map(one -> one.get(at).weights()).toList();
            Array bias = gradients.get(0).get(stage).bias();
            List<Array> biases = bias == null
                    ? List.of()
                    : gradients.stream().map(one -> one.get(at).bias()).toList();
            combined.add(new StageParameters(sum(weights, factors), bias == null ? null : sum(biases, factors)));
        }
        return combined;
    }

    private static Array sum(List<Array> arrays, double[] factors) {
        Array sum = Array.zeros(arrays.get(0).shape());
        for (int j = 0; j < factors.length; j++) {
            for (int i = 0; i < sum.length(); i++) {
                sum.values()[i] += factors[j] * arrays.get(j).values()[i];
            }
        }
        return sum;
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
