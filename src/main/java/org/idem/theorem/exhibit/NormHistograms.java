package org.idem.theorem.exhibit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.network.Model;
import org.idem.network.Network;
import org.idem.theory.initialisation.NormLaw;
import org.idem.theory.initialisation.RandomFcn;
import org.idem.theory.linear.AlignedLayers;
import org.idem.training.Trainer;

/**
 * Draws fully connected networks that keep the mean square of their hidden signals, and measures their outputs.
 *
 * @param networks how many of each kind
 * @param seed of the weights
 */
record NormHistograms(int networks, long seed) {
    static final int WIDTH = 6;
    static final List<Integer> DEPTHS = List.of(2, 4, 10);
    private static final List<Activation> ACTIVATIONS = List.of(Activation.LINEAR, Activation.RELU);
    /** Bins of a decade. */
    private static final int BINS = 8;
    /** Places of the curve in a bin. */
    private static final int PLACES = 5;
    /** Probability beyond the bins, at either end. */
    private static final double BEYOND = 0.01;

    /** All kinds, the shallow ones first; they share their bins. */
    List<NormHistogram> all() {
        List<Network> kinds = DEPTHS.stream()
                .flatMap(depth -> ACTIVATIONS.stream().map(activation -> network(activation, depth)))
                .toList();
        List<NormLaw> laws = kinds.stream().map(kind -> law(kind)).toList();
        int first = laws.stream()
                .mapToInt(law -> (int) Math.floor(quantile(law, BEYOND)))
                .min()
                .orElseThrow();
        int last = laws.stream()
                .mapToInt(law -> (int) Math.ceil(quantile(law, 1 - BEYOND)))
                .max()
                .orElseThrow();
        SplittableRandom random = new SplittableRandom(seed);
        List<NormHistogram> all = new ArrayList<>();
        for (int kind = 0; kind < kinds.size(); kind++) {
            all.add(histogram(kinds.get(kind), laws.get(kind), sizes(kinds.get(kind), random), first, last));
        }
        return all;
    }

    private static Network network(Activation activation, int depth) {
        int[] widths = new int[depth + 1];
        Arrays.fill(widths, WIDTH);
        return Network.fcn(activation, false, widths);
    }

    /** Normal weights of variance 1/n, with ReLU 2/n in every layer. */
    private static Initialization initialization(Network network) {
        boolean rectified = network.stages().get(0).activation() == Activation.RELU;
        return Initialization.of(rectified ? Initializer.HE : Initializer.GAUSSIAN);
    }

    private static NormLaw law(Network network) {
        return NormLaw.of(RandomFcn.of(network, initialization(network)));
    }

    /** ‖f(x)‖/‖x‖ of every network, ascending. */
    private double[] sizes(Network network, SplittableRandom random) {
        Array input = Array.zeros(1, WIDTH);
        for (int i = 0; i < WIDTH; i++) {
            input.values()[i] = i + 1;
        }
        double norm = AlignedLayers.norm(input.values());
        Initialization initialization = initialization(network);
        double[] sizes = new double[networks];
        for (int i = 0; i < networks; i++) {
            Model model = new Model(network, initialization.draw(network, random));
            sizes[i] = AlignedLayers.norm(
                            Trainer.outputs(model, input, Precision.FLOAT64).values())
                    / norm;
        }
        Arrays.sort(sizes);
        return sizes;
    }

    private static NormHistogram histogram(Network network, NormLaw law, double[] sizes, int first, int last) {
        List<NormHistogram.Bin> bins = new ArrayList<>();
        List<NormHistogram.Expected> curve = new ArrayList<>();
        for (int bin = first; bin < last; bin++) {
            double from = edge(bin);
            double to = edge(bin + 1.0);
            long count = Arrays.stream(sizes)
                    .filter(size -> size > from && size <= to)
                    .count();
            bins.add(new NormHistogram.Bin(from, to, (double) count / sizes.length, between(law, from, to)));
            for (int place = 0; place < PLACES; place++) {
                double middle = bin + place / (double) PLACES;
                curve.add(
                        new NormHistogram.Expected(edge(middle), between(law, edge(middle - 0.5), edge(middle + 0.5))));
            }
        }
        long dead = Arrays.stream(sizes).filter(size -> size == 0).count();
        return new NormHistogram(
                network.stages().get(0).activation(),
                network.depth(),
                sizes.length,
                bins,
                curve,
                (double) dead / sizes.length,
                law.atom(),
                distance(law, sizes));
    }

    private static double edge(double bin) {
        return Math.pow(10, bin / BINS);
    }

    private static double between(NormLaw law, double from, double to) {
        return Math.max(0, law.cdf(to * to) - law.cdf(from * from));
    }

    /** In bins, of the networks that are not dead. */
    private static double quantile(NormLaw law, double probability) {
        double wanted = law.atom() + probability * (1 - law.atom());
        double low = -40 * BINS;
        double high = 40 * BINS;
        while (high - low > 1e-3) {
            double middle = (low + high) / 2;
            double size = edge(middle);
            if (law.cdf(size * size) < wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Between the distribution functions, just before and at every size. */
    private static double distance(NormLaw law, double[] sizes) {
        double largest = 0;
        for (int i = 0; i < sizes.length; i++) {
            double exact = law.cdf(sizes[i] * sizes[i]);
            // dead networks jump together
            double before = sizes[i] == 0 ? 0 : exact - (double) i / sizes.length;
            boolean tied = i + 1 < sizes.length && sizes[i + 1] == sizes[i];
            double at = tied ? 0 : (i + 1.0) / sizes.length - exact;
            largest = Stream.of(largest, Math.abs(before), Math.abs(at))
                    .max(Double::compare)
                    .orElseThrow();
        }
        return largest;
    }
}
