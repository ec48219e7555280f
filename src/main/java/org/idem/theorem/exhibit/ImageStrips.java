package org.idem.theorem.exhibit;

import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.image.Image;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Initializer;
import org.idem.network.LinearMap;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Padding;

/**
 * Trains an FCN, and CNNs of several kernels, on one image at its full size.
 *
 * @param train training image
 * @param test test image
 * @param seed seed of the initial weights
 */
record ImageStrips(Image train, Image test, long seed) {
    static final List<Integer> KERNELS = List.of(5, 11, 19);
    private static final int STEPS = 600;
    private static final double MOMENTUM = 0.97;
    /** Numbers in the weights or in the design matrix of a network. */
    private static final long MOST_NUMBERS = 3L << 20;

    ImageStrip fcn() {
        int pixels = train.pixels().length();
        if (test.pixels().length() != pixels) {
            throw new IllegalArgumentException("an FCN needs test images of the size of its training image, got "
                    + size(test) + " and " + size(train));
        }
        checkSize((long) pixels * pixels);
        return strip("FCN", new Fcn(pixels, pixels, false), train.batch().reshape(1, pixels));
    }

    ImageStrip cnn(int kernel) {
        int channels = train.channels();
        checkSize((long) train.pixels().length() * kernel * kernel);
        checkSize((long) test.pixels().length() * kernel * kernel);
        Cnn cnn = new Cnn(channels, channels, kernel, Padding.SAME, false);
        cnn.outputShape(test.batch().shape());
        return strip(name(kernel), cnn, train.batch());
    }

    static String name(int kernel) {
        return "CNN, kernel " + kernel + "×" + kernel;
    }

    private static void checkSize(long numbers) {
        if (numbers > MOST_NUMBERS) {
            throw new IllegalArgumentException("weights and patches must hold at most " + MOST_NUMBERS
                    + " numbers to be shown here, got " + numbers);
        }
    }

    private static String size(Image image) {
        return image.channels() + "×" + image.height() + "×" + image.width();
    }

    private ImageStrip strip(String name, LinearMap network, Array inputs) {
        int fanIn = network.fanIn();
        double[] weights = Initializer.PYTORCH.draw(
                fanIn * network.outputs(), fanIn, network.fanOut(), new SplittableRandom(seed));
        LinearProblem problem = new LinearProblem(
                network, inputs, inputs, Array.of(weights, network.weightShape()), null, Loss.HALF_SUM);
        return ImageStrip.of(name, problem, MOMENTUM, STEPS, train, test);
    }
}
