package org.idem.theorem.exhibit;

import static org.idem.theorem.exhibit.StrengthCurve.SIDE;
import static org.idem.theorem.exhibit.StrengthCurve.UNITS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.image.ImagePool;
import org.idem.network.Activation;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.theory.linear.AlignedModes;
import org.idem.theory.linear.AlignedPath;
import org.idem.theory.linear.ModesPath;
import org.idem.training.Trainer;
import org.idem.training.run.Training;

/**
 * Trains a deep linear network from aligned layers to return several images, by gradient descent, and looks at every
 * mode of the images by itself.
 *
 * @param pool source of the images
 * @param seed seed of the images and of the directions inside the network
 */
record ModeCurves(ImagePool pool, long seed) {
    private static final int IMAGES = 4;
    private static final int DEPTH = 3;
    private static final int STEPS = 300;
    /** One more than there are images. */
    private static final int MODES = IMAGES + 1;
    /** Singular value of every mode at the start. */
    private static final double START = 0.02;
    /** Learning rate, in units of 1/(c times the largest eigenvalue). */
    private static final double RATE = 0.25;

    /** The singular value of each mode: those of the images, the largest eigenvalue first, and one of no image. */
    List<StrengthCurve> modes() {
        SplittableRandom random = new SplittableRandom(seed);
        int kind = Math.max(0, pool.kinds().indexOf("digit"));
        List<Array> images = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            images.add(pool.draw(kind, 1, SIDE, SIDE, random.nextLong()).reshape(1, SIDE * SIDE));
        }
        Array inputs = Array.concatenate(images);
        List<Array> matrices = new ArrayList<>();
        for (int layer = 0; layer < DEPTH; layer++) {
            int rows = layer == 0 ? SIDE * SIDE : UNITS;
            matrices.add(Array.of(random.doubles(rows * MODES, -1, 1).toArray(), rows, MODES));
        }
        AlignedModes modes = AlignedModes.of(inputs, matrices);
        double largest = modes.eigenvalues()[0];
        if (!(largest > 0)) {
            throw new IllegalArgumentException("images must not all be black, got nothing but zeros");
        }
        double[][] start = new double[MODES][DEPTH];
        for (double[] row : start) {
            Arrays.fill(row, Math.pow(START, 1.0 / DEPTH));
        }
        double scale = Loss.HALF_SUM.scale(inputs.length());
        LinearMethod descent = LinearMethod.gradientDescent(RATE / (scale * largest));
        ModesPath path = ModesPath.of(modes, start, scale, descent);
        List<double[]> trained = trained(modes, inputs, start, descent);
        List<StrengthCurve> curves = new ArrayList<>();
        for (int mode = 0; mode < MODES; mode++) {
            int which = mode;
            List<AlignedPath.Point> points = path.of(path.groupOf()[mode]).points(start[mode], STEPS);
            curves.add(new StrengthCurve(
                    "Modes of " + IMAGES + " images, " + DEPTH + " layers",
                    mode < IMAGES
                            ? String.format(Locale.ROOT, "eigenvalue %.3f", modes.eigenvalues()[mode] / largest)
                            : "of no image",
                    predicted(points, mode >= IMAGES),
                    trained.stream().map(all -> all[which]).toList()));
        }
        return curves;
    }

    /** A mode of no image is what decay leaves of it, without decay its start. */
    private static List<Double> predicted(List<AlignedPath.Point> points, boolean unseen) {
        return points.stream()
                .map(point -> unseen ? points.get(0) : point)
                .map(point -> Arrays.stream(point.strengths()).reduce(1, (a, b) -> a * b))
                .toList();
    }

    /** ⟨q, f(q)⟩ for every direction q of the images' modes, before step 0, 1, …, T. */
    private static List<double[]> trained(AlignedModes modes, Array inputs, double[][] start, LinearMethod descent) {
        List<StageParameters> initial = modes.weights(start).stream()
                .map(weights -> new StageParameters(weights, null))
                .toList();
        int[] widths = new int[DEPTH + 1];
        Arrays.fill(widths, UNITS);
        widths[0] = SIDE * SIDE;
        widths[DEPTH] = SIDE * SIDE;
        Network network = Network.fcn(Activation.LINEAR, false, widths);
        Array directions = Array.zeros(MODES, SIDE * SIDE);
        for (int i = 0; i < directions.length(); i++) {
            directions.values()[i] = modes.bases().get(0).get(i % (SIDE * SIDE), i / (SIDE * SIDE));
        }
        List<double[]> strengths = new ArrayList<>();
        TrainingProblem problem = new TrainingProblem(network, inputs, inputs, initial, Loss.HALF_SUM);
        try (Training training = new Trainer(problem, descent, Precision.FLOAT64).start()) {
            for (int step = 0; step <= STEPS; step++) {
                double[] outputs = training.outputs(directions).values();
                double[] here = new double[MODES];
                for (int i = 0; i < outputs.length; i++) {
                    here[i / (SIDE * SIDE)] += outputs[i] * directions.values()[i];
                }
                strengths.add(here);
                training.step();
            }
        }
        return strengths;
    }
}
