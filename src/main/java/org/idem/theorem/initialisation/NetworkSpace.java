package org.idem.theorem.initialisation;

import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.space.Axis;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Axes;
import org.idem.theorem.Engine;
import org.idem.training.Trainer;
import org.idem.training.TrainingEngine;
import org.idem.training.witness.Witness;

/** Configurations of networks that are drawn many times, and what follows from them. */
final class NetworkSpace {
    static final Axis.Whole INPUTS = new Axis.Whole("inputs");
    static final Axis.Whole OUTPUTS = new Axis.Whole("outputs");
    static final Axis.Real GAIN = new Axis.Real("gain");

    private static final int WIDEST = 512;
    static final Dimension ANY_INPUTS = INPUTS.logarithmic(1, WIDEST);
    static final Dimension ANY_OUTPUTS = OUTPUTS.logarithmic(1, WIDEST);
    static final Dimension ANY_UNITS = Axes.UNITS.logarithmic(1, WIDEST);
    static final Dimension ANY_GAIN = GAIN.between(0.25, 2);
    static final Dimension NORMAL = Axes.INITIALIZER.among(Initializer.GAUSSIAN, Initializer.HE);

    /** Inputs lie on this grid, so that both precisions hold them exactly. */
    private static final double GRID = 0x1p-8;

    /** Drawing a weight and passing a signal through it, in nanoseconds. */
    private static final double OF_WEIGHT = 40;

    /** Kernels of a pair of pixels in one layer, of all wrong theorems together, in nanoseconds. */
    private static final double OF_PAIR = 200;

    private static final double OF_NETWORK = 4000;
    private static final double OF_WITNESS = 2e6;

    /** Divides the cost of everything, so that wide and deep networks are drawn often enough. */
    private static final double WORTH = 8;

    private NetworkSpace() {}

    /**
     * Inputs, widths of the hidden layers and outputs; half of the hidden layers are as wide as the configuration says,
     * the others narrower, as many between 1 and 10 as between 10 and 100.
     */
    static int[] widths(Configuration c, SplittableRandom random) {
        return widths(c, random, c.get(OUTPUTS));
    }

    static int[] widths(Configuration c, SplittableRandom random, int outputs) {
        int[] widths = new int[c.get(Axes.DEPTH) + 1];
        int most = c.get(Axes.UNITS);
        for (int layer = 1; layer < widths.length - 1; layer++) {
            double some = StrictMath.exp(random.nextDouble() * StrictMath.log(most + 1.0));
            widths[layer] = random.nextBoolean() ? most : Math.min(most, (int) some);
        }
        widths[0] = c.get(INPUTS);
        widths[widths.length - 1] = outputs;
        return widths;
    }

    /** Law of the weights, with the configuration's gain; biases have the variance given. */
    static Initialization initialization(Configuration c, double biasVariance) {
        return new Initialization(c.get(Axes.INITIALIZER), c.get(GAIN), biasVariance);
    }

    /** A vector other than 0 of numbers in [−1, 1], as a batch of one. */
    static Array vector(SplittableRandom random, int length) {
        int most = (int) (1 / GRID);
        Array vector = Array.zeros(1, length);
        for (int i = 0; i < length; i++) {
            vector.values()[i] = GRID * random.nextInt(-most, most + 1);
        }
        if (squaredNorm(vector) == 0) {
            vector.values()[0] = 1;
        }
        return vector;
    }

    static double squaredNorm(Array array) {
        return product(array, array);
    }

    static double product(Array one, Array other) {
        double sum = 0;
        for (int i = 0; i < one.length(); i++) {
            sum += one.values()[i] * other.values()[i];
        }
        return sum;
    }

    /** Networks of a trial: the witness, which takes its time, runs few. */
    static int networks(Configuration c, int usual) {
        return Engine.of(c) == Engine.ND4J ? 1 : usual;
    }

    /** What trains the networks of a configuration. */
    static TrainingEngine engine(Configuration c) {
        return Engine.of(c) == Engine.ND4J
                ? Witness::new
                : (problem, rule, precision, batch) ->
                        new Trainer(problem, rule, precision).inBatchesOf(batch).start();
    }

    /** Cost of drawing networks and passing signals through them, in operations, divided so that they are drawn. */
    static double cost(Configuration c, int networks, double passes) {
        return cost(c, c.get(Axes.DEPTH), networks, passes);
    }

    /** The same at a depth that is no dimension; missing inputs and outputs are as many as units. */
    static double cost(Configuration c, int depth, int networks, double passes) {
        double units = c.get(Axes.UNITS);
        double inputs = c.get(INPUTS, c.get(Axes.UNITS));
        double outputs = c.get(OUTPUTS, c.get(Axes.UNITS));
        double weights =
                depth == 1 ? inputs * outputs : units * (inputs + outputs + 0.5 * Math.max(0, depth - 2) * units);
        double of = OF_WEIGHT * weights + passes * depth * (Engine.of(c) == Engine.ND4J ? OF_WITNESS : OF_NETWORK);
        return networks(c, networks) * of / WORTH;
    }

    /** The same of CNNs of one output channel, and of kernels of all pairs of pixels. */
    static double costOfImages(Configuration c, int networks, double passes) {
        int depth = c.get(Axes.DEPTH);
        double pixels = (double) c.get(Axes.HEIGHT) * c.get(Axes.WIDTH);
        double units = c.get(Axes.UNITS);
        double taps = (double) c.get(Axes.KERNEL) * c.get(Axes.KERNEL);
        double weights = taps * units * (c.get(Axes.CHANNELS) + 1 + (depth - 2) * units);
        double signals = passes * depth * (Engine.of(c) == Engine.ND4J ? OF_WITNESS : OF_NETWORK);
        double of = OF_WEIGHT * weights + passes * pixels * weights / 2 + signals;
        return (networks(c, networks) * of + OF_PAIR * depth * pixels * pixels) / WORTH;
    }
}
