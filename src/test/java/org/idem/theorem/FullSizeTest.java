package org.idem.theorem;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.image.DrawnImages;
import org.idem.image.ImageSource;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.Initializer;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.theory.ClosedForm;
import org.idem.training.layer.LayerTrainer;
import org.idem.training.run.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Digits of 28 × 28 pixels, of MNIST where {@code IDEM_MNIST} names its folder, drawn ones elsewhere. */
class FullSizeTest {
    private static final int IMAGES = 8;

    private static Array digits() throws IOException {
        String folder = System.getenv("IDEM_MNIST");
        if (folder != null) {
            String file = Path.of(folder, "t10k-images-idx3-ubyte.gz").toString();
            return ImageSource.readImages(file).slices(0, IMAGES);
        }
        List<Array> drawn = IntStream.range(0, IMAGES)
                .mapToObj(seed -> DrawnImages.draw(DrawnImages.Kind.DIGIT, 1, 28, 28, seed)
                        .batch())
                .toList();
        return Array.concatenate(drawn);
    }

    private static void follows(LinearMap network, Array inputs, Array probes, Precision precision) {
        long seed = new SplittableRandom().nextLong();
        int fanIn = network.fanIn();
        LinearProblem problem = new LinearProblem(
                        network,
                        inputs,
                        LinearProblem.identityTargets(network, inputs),
                        Array.of(
                                Initializer.PYTORCH.draw(
                                        fanIn * network.outputs(),
                                        fanIn,
                                        network.outputs(),
                                        new SplittableRandom(seed)),
                                network.weightShape()),
                        network.bias() ? Array.zeros(network.outputs()) : null,
                        Loss.MEAN)
                .rounded(precision);
        ClosedForm form = new ClosedForm(problem);
        LinearMethod method = new LinearMethod(1, 0.5, true, 0);
        LinearMethod optimizer =
                method.withLearningRate(precision.round(0.5 * method.stableProduct() / form.largestCurvature()));
        Array rounded = probes.rounded(precision);
        int steps = 12;
        Outcome outcome =
                new LayerTrainer(problem, precision, false).train(optimizer, new Horizon.Steps(steps), rounded);
        Array trained = assertInstanceOf(Outcome.Trained.class, outcome).outputs();
        String where = network + " " + precision + ", weights of seed " + seed;
        assertFalse(
                claim(form, optimizer, steps, precision, rounded)
                        .against(trained)
                        .contradicts(),
                where);
        assertTrue(
                claim(form, optimizer, steps + 1, precision, rounded)
                        .against(trained)
                        .contradicts(),
                where);
    }

    private static Claim.Equality claim(
            ClosedForm form, LinearMethod optimizer, int steps, Precision precision, Array probes) {
        return new Claim.Equality(
                form.outputs(form.parameters(optimizer, new Horizon.Steps(steps)), probes),
                form.budget(optimizer, steps, precision, probes));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void fullyConnected(Precision precision) throws IOException {
        Array digits = digits().reshape(IMAGES, 784);
        follows(new Fcn(784, 784, true), digits.slices(0, 3), digits.slices(3, IMAGES), precision);
    }

    @ParameterizedTest
    @EnumSource(Padding.class)
    void convolutional(Padding padding) throws IOException {
        Array digits = digits();
        for (int kernel : new int[] {3, 9}) {
            follows(new Cnn(1, 1, kernel, padding, false), digits.slices(0, 1), digits.slices(1, 3), Precision.FLOAT64);
        }
    }
}
