package org.idem.theorem;

import java.util.Arrays;
import java.util.Optional;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.Horizon;
import org.idem.network.Optimizer;
import org.idem.network.TrainingProblem;
import org.idem.training.Outcome;
import org.idem.training.Trainer;

/**
 * Many CNNs of one shape trained as one: output channels of a layer never meet in its gradient, so further networks are
 * further channels.
 */
public final class SideBySide {
    private SideBySide() {}

    /**
     * Trains networks on the identity task in float64 and looks at them on test images.
     *
     * @param one the problem of a single network, of as many outputs as channels and without bias; its initial weights
     *     are not looked at
     * @param weights initial weights (networks · C, C, K, K), network after network
     * @param optimizer method for a single network
     * @param steps number of steps, at least 0
     * @param test images (m, C, H, W)
     * @return mean squared error of each network per pixel and channel; empty if training diverged
     */
    public static Optional<double[]> errors(
            TrainingProblem one, Array weights, Optimizer optimizer, int steps, Array test) {
        Cnn cnn = (Cnn) one.network();
        int networks = weights.size(0) / cnn.outputs();
        Cnn all = new Cnn(cnn.channels(), weights.size(0), cnn.kernel(), cnn.padding(), false);
        TrainingProblem together =
                new TrainingProblem(all, one.inputs(), repeated(one.targets(), networks), weights, null, one.loss());
        // a mean over more channels makes shorter steps
        Optimizer lengthened =
                optimizer.withLearningRate(optimizer.learningRate() * (one.lossScale() / together.lossScale()));
        Outcome outcome =
                new Trainer(together, Precision.FLOAT64, false).train(lengthened, new Horizon.Steps(steps), test);
        return outcome instanceof Outcome.Trained trained
                ? Optional.of(errors(
                        trained.outputs(), repeated(TrainingProblem.identityTargets(cnn, test), networks), networks))
                : Optional.empty();
    }

    private static double[] errors(Array outputs, Array wanted, int networks) {
        double[] errors = new double[networks];
        int perNetwork = wanted.length() / wanted.size(0) / networks;
        for (int i = 0; i < wanted.length(); i++) {
            double difference = outputs.values()[i] - wanted.values()[i];
            errors[i / perNetwork % networks] += difference * difference;
        }
        int terms = wanted.length() / networks;
        return Arrays.stream(errors).map(sum -> sum / terms).toArray();
    }

    /** Channels (n, C, H, W) repeated to (n, times · C, H, W). */
    private static Array repeated(Array images, int times) {
        int perImage = images.length() / images.size(0);
        Array result = Array.zeros(images.size(0), times * images.size(1), images.size(2), images.size(3));
        for (int i = 0; i < images.size(0); i++) {
            for (int copy = 0; copy < times; copy++) {
                System.arraycopy(
                        images.values(), i * perImage, result.values(), (i * times + copy) * perImage, perImage);
            }
        }
        return result;
    }
}
