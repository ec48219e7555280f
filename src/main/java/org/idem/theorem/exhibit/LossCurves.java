package org.idem.theorem.exhibit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.image.ImagePool;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Initializer;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.theory.LossTrajectory;

/**
 * Trains an FCN and a CNN by three methods at the learning rate 1/λmax of plain gradient descent.
 *
 * @param pool source of the images
 * @param seed seed of the initial weights
 */
record LossCurves(ImagePool pool, long seed) {
    private static final int STEPS = 200;
    private static final int SIDE = 16;
    private static final int EXAMPLES = 5;
    private static final int KERNEL = 5;
    private static final double MOMENTUM = 0.9;

    /** An FCN on several images at once, so that it has more than one mode. */
    List<LossCurve> fcn() {
        List<Array> images = new ArrayList<>();
        for (int example = 0; example < EXAMPLES; example++) {
            images.add(image(example));
        }
        Array inputs = Array.concatenate(images).reshape(EXAMPLES, SIDE * SIDE);
        return curves(
                "FCN on " + EXAMPLES + " images of " + SIDE + "×" + SIDE,
                new Fcn(SIDE * SIDE, SIDE * SIDE, false),
                inputs);
    }

    /** A CNN on one image. */
    List<LossCurve> cnn() {
        return curves(
                "CNN, kernel " + KERNEL + "×" + KERNEL + ", on one image of " + SIDE + "×" + SIDE,
                new Cnn(1, 1, KERNEL, Padding.SAME, false),
                image(0));
    }

    private Array image(int number) {
        return pool.draw(Math.max(0, pool.kinds().indexOf("digit")), 1, SIDE, SIDE, number);
    }

    private List<LossCurve> curves(String name, LinearMap network, Array inputs) {
        int fanIn = network.fanIn();
        int weights = fanIn * network.outputs();
        double[] initial = Initializer.PYTORCH.draw(weights, fanIn, network.fanOut(), new SplittableRandom(seed));
        LinearProblem problem = new LinearProblem(
                network,
                inputs,
                LinearProblem.identityTargets(network, inputs),
                Array.of(initial, network.weightShape()),
                null,
                Loss.MEAN);
        LossTrajectory theory = new LossTrajectory(problem);
        if (theory.largestCurvature() == 0) {
            throw new IllegalArgumentException("images must not be black, got nothing but zeros");
        }
        double rate = 1 / theory.largestCurvature();
        return List.of(
                LossCurve.of(name, "gradient descent", problem, LinearMethod.gradientDescent(rate), theory, STEPS),
                LossCurve.of(name, "heavy ball", problem, new LinearMethod(rate, MOMENTUM, false, 0), theory, STEPS),
                LossCurve.of(name, "Nesterov", problem, new LinearMethod(rate, MOMENTUM, true, 0), theory, STEPS));
    }
}
