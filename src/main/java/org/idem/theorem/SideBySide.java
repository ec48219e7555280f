package org.idem.theorem;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.array.SquaredErrors;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.training.run.Outcome;
import org.idem.training.run.Run;

/**
 * Trains many one-layer networks of one shape as a single network with more outputs. That is the same training, because
 * the gradient of an output's weights does not depend on other outputs.
 */
public final class SideBySide {
    private SideBySide() {}

    /**
     * Trains networks on the identity task in float64 and measures their errors on test images.
     *
     * @param one the problem of a single network, of as many outputs as channels and without bias; its initial weights
     *     are ignored
     * @param weights initial weights, (networks · k, d) or (networks · C, C, K, K), network after network
     * @param optimizer method for a single network
     * @param steps number of steps, at least 0
     * @param test inputs (m, d) or images (m, C, H, W)
     * @param engine what trains
     * @return mean squared error of each network per output, or per pixel and channel; empty if training diverged
     */
    public static Optional<double[]> errors(
            LinearProblem one, Array weights, LinearMethod optimizer, int steps, Array test, Engine engine) {
        LinearMap network = one.map();
        int networks = weights.size(0) / network.outputs();
        LinearMap all = network instanceof Cnn cnn
                ? new Cnn(cnn.channels(), weights.size(0), cnn.kernel(), cnn.padding(), false)
                : new Fcn(network.fanIn(), weights.size(0), false);
        LinearProblem together =
                new LinearProblem(all, one.inputs(), repeated(one.targets(), networks), weights, null, one.loss());
        // a mean over more channels makes gradients smaller
        LinearMethod lengthened =
                optimizer.withLearningRate(optimizer.learningRate() * (one.lossScale() / together.lossScale()));
        Run run = new Run(together, lengthened, steps, false, Precision.FLOAT64, test);
        Outcome outcome = engine.train(List.of(run)).get(0);
        return outcome instanceof Outcome.Trained trained
                ? Optional.of(errors(
                        trained.outputs(), repeated(LinearProblem.identityTargets(network, test), networks), networks))
                : Optional.empty();
    }

    private static double[] errors(Array outputs, Array wanted, int networks) {
        return IntStream.range(0, networks)
                .mapToDouble(
                        network -> SquaredErrors.mean(of(network, networks, outputs), of(network, networks, wanted)))
                .toArray();
    }

    /**
     * Part of one network, of all examples one after the other, of outputs (n, …) in which networks stand side by side.
     */
    private static Array of(int network, int networks, Array outputs) {
        int length = outputs.length() / outputs.size(0) / networks;
        double[] values = new double[outputs.size(0) * length];
        for (int i = 0; i < outputs.size(0); i++) {
            System.arraycopy(outputs.values(), (i * networks + network) * length, values, i * length, length);
        }
        return Array.of(values, values.length);
    }

    /** Each example's outputs (n, k) or channels (n, C, H, W), repeated so many times. */
    private static Array repeated(Array examples, int times) {
        int length = examples.length() / examples.size(0);
        int[] shape = examples.shape();
        shape[1] *= times;
        Array result = Array.zeros(shape);
        for (int i = 0; i < examples.size(0); i++) {
            for (int copy = 0; copy < times; copy++) {
                System.arraycopy(examples.values(), i * length, result.values(), (i * times + copy) * length, length);
            }
        }
        return result;
    }
}
