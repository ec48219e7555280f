package org.idem.theorem.exhibit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.image.ImagePool;
import org.idem.network.Activation;
import org.idem.network.Adam;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.TrainingProblem;
import org.idem.theory.deep.NoMemory;
import org.idem.theory.deep.PlainForward;
import org.idem.theory.deep.Shift;
import org.idem.training.Trainer;
import org.idem.training.run.Training;

/**
 * Trains CNNs on one image, and on all its cyclic shifts with one target.
 *
 * @param pool source of the image
 * @param seed of the initial weights
 */
record ShiftCurves(ImagePool pool, long seed) {
    private static final int SIDE = 6;
    private static final int CHANNELS = 8;
    private static final int STEPS = 200;
    private static final int BETWEEN = 10;
    private static final double RATE = 0.01;

    /** Circular networks of several depths on the identity task. */
    List<ShiftCurve> returning() {
        List<ShiftCurve> curves = new ArrayList<>();
        for (int depth : new int[] {1, 2, 4, 8}) {
            curves.add(curve(false, depth, Padding.CIRCULAR));
        }
        return curves;
    }

    /** Circular networks, and one with zero padding, on the task that needs a memory. */
    List<ShiftCurve> memorising() {
        return List.of(
                curve(true, 1, Padding.CIRCULAR), curve(true, 4, Padding.CIRCULAR), curve(true, 4, Padding.SAME));
    }

    private ShiftCurve curve(boolean memorises, int depth, Padding padding) {
        Array image = pool.draw(Math.max(0, pool.kinds().indexOf("digit")), 1, SIDE, SIDE, seed);
        Array shifts = shifts(image);
        if (NoMemory.distance(image, NoMemory.grey(image)) == 0) {
            throw new IllegalArgumentException("images must not be flat, got one grey");
        }
        int[] channels = new int[depth + 1];
        Arrays.fill(channels, CHANNELS);
        channels[0] = 1;
        channels[depth] = 1;
        Network network = Network.cnn(Activation.RELU, true, 3, padding, channels);
        TrainingProblem problem = new TrainingProblem(
                network,
                memorises ? shifts : image,
                memorises ? Array.concatenate(Collections.nCopies(shifts.size(0), image)) : image,
                Initialization.of(Initializer.PYTORCH).draw(network, new SplittableRandom(seed)),
                Loss.MEAN);
        List<ShiftCurve.Row> rows = new ArrayList<>();
        try (Training training = new Trainer(problem, Adam.of(RATE), Precision.FLOAT64).start()) {
            rows.add(row(training, network, padding, shifts));
            for (int steps = BETWEEN; steps <= STEPS; steps += BETWEEN) {
                if (!Double.isFinite(training.train(BETWEEN))) {
                    throw new ArithmeticException("training diverged on the way to " + steps + " steps");
                }
                rows.add(row(training, network, padding, shifts));
            }
        }
        String words = (depth == 1 ? "1 layer" : depth + " layers") + (padding == Padding.SAME ? ", zero padding" : "");
        return new ShiftCurve(memorises, words, rows);
    }

    /** The first of the shifts is the image itself. */
    private static ShiftCurve.Row row(Training training, Network network, Padding padding, Array shifts) {
        Array image = shifts.slices(0, 1);
        double bound = NoMemory.distance(image, NoMemory.grey(image));
        Array answers = training.outputs(shifts);
        double sum = 0;
        for (int shift = 0; shift < shifts.size(0); shift++) {
            sum += NoMemory.distance(answers.slices(shift, shift + 1), image);
        }
        double predicted = padding == Padding.CIRCULAR
                ? NoMemory.mean(PlainForward.of(network, training.parameters(), image), image)
                : Double.NaN;
        return new ShiftCurve.Row(training.steps(), predicted / bound, sum / shifts.size(0) / bound);
    }

    /** All cyclic shifts of an image, (HW, C, H, W). */
    private static Array shifts(Array image) {
        List<Array> shifts = new ArrayList<>();
        for (int row = 0; row < image.size(2); row++) {
            for (int column = 0; column < image.size(3); column++) {
                shifts.add(new Shift(row, column).round(image));
            }
        }
        return Array.concatenate(shifts);
    }
}
