package org.idem.theorem.exhibit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Fcn;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.network.Model;
import org.idem.network.Network;
import org.idem.network.Stage;
import org.idem.theory.initialisation.OutputMoments;
import org.idem.theory.initialisation.RandomFcn;
import org.idem.theory.initialisation.ResidualMoments;
import org.idem.training.Trainer;

/**
 * Draws linear networks with and without shortcuts and measures how they change an input.
 *
 * @param networks how many at each depth
 * @param seed of the weights
 */
record SizesByDepth(int networks, long seed) {
    private static final int WIDTH = 16;
    private static final List<Integer> DEPTHS = List.of(1, 2, 4, 8, 12, 16);

    /** All kinds of networks. */
    List<SizeByDepth> all() {
        SplittableRandom random = new SplittableRandom(seed);
        return List.of(
                of("residual 1/3", true, depth -> 1.0 / 3, random.split()),
                of("residual 1/L", true, depth -> 1.0 / depth, random.split()),
                of("plain 1", false, depth -> 1, random.split()),
                of("plain 1/3", false, depth -> 1.0 / 3, random.split()));
    }

    /**
     * One kind.
     *
     * @param gain γ of every layer, E‖Wv‖² = γ‖v‖², by the depth of the network
     */
    private SizeByDepth of(String kind, boolean residual, IntToDoubleFunction gain, SplittableRandom random) {
        List<SizeByDepth.Row> rows = new ArrayList<>();
        Stage stage = new Stage(new Fcn(WIDTH, WIDTH, false), Activation.LINEAR, residual);
        for (int depth : DEPTHS) {
            double gamma = gain.applyAsDouble(depth);
            double unit = WIDTH * Initializer.GAUSSIAN.variance(stage.map());
            Initialization initialization =
                    Initialization.of(Initializer.GAUSSIAN).withGain(Math.sqrt(gamma / unit));
            Network network = new Network(Collections.nCopies(depth, stage));
            ResidualMoments exact = residual ? residual(gamma, depth) : plain(network, initialization);
            rows.add(new SizeByDepth.Row(
                    depth,
                    exact.mean(),
                    measured(network, initialization, residual, random),
                    Math.sqrt(exact.variance() / (networks * SizeByDepth.FAILURE))));
        }
        return new SizeByDepth(kind, residual, networks, rows);
    }

    private static ResidualMoments residual(double gamma, int depth) {
        double[] gains = new double[depth];
        Arrays.fill(gains, gamma);
        return ResidualMoments.of(gains, WIDTH);
    }

    /** E‖f(x)‖² and E‖f(x)‖⁴ for ‖x‖ = 1. */
    private static ResidualMoments plain(Network network, Initialization initialization) {
        RandomFcn layers = RandomFcn.of(network, initialization);
        return new ResidualMoments(OutputMoments.meanSquare(layers, 1), OutputMoments.meanSquaredSquare(layers, 1));
    }

    /** Mean over networks of how far the output is from the input, or from 0, in units of ‖x‖². */
    private double measured(Network network, Initialization initialization, boolean residual, SplittableRandom random) {
        Array input = Array.zeros(1, WIDTH);
        for (int i = 0; i < WIDTH; i++) {
            input.values()[i] = i + 1;
        }
        double unit = squaredDistance(input.values(), input.values(), 0);
        double sum = 0;
        for (int i = 0; i < networks; i++) {
            Model model = new Model(network, initialization.draw(network, random));
            double[] output = Trainer.outputs(model, input, Precision.FLOAT64).values();
            sum += squaredDistance(output, input.values(), residual ? 1 : 0) / unit;
        }
        return sum / networks;
    }

    /** ‖a − factor·b‖². */
    private static double squaredDistance(double[] a, double[] b, double factor) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = a[i] - factor * b[i];
            sum += difference * difference;
        }
        return sum;
    }
}
