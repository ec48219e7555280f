package org.idem.theorem.exhibit;

import static org.idem.theorem.exhibit.StrengthCurve.SIDE;
import static org.idem.theorem.exhibit.StrengthCurve.UNITS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.image.ImagePool;
import org.idem.network.Activation;
import org.idem.network.Initializer;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.theory.flow.StrengthFlow;
import org.idem.theory.linear.AlignedLayers;
import org.idem.theory.linear.AlignedPath;
import org.idem.training.Trainer;
import org.idem.training.run.Training;

/**
 * Trains deep linear networks from aligned layers to return one image, by gradient descent.
 *
 * @param pool source of the image
 * @param seed seed of the directions and of what the layers do across them
 */
record StrengthCurves(ImagePool pool, long seed) {
    private static final int STEPS = 300;
    private static final List<Integer> DEPTHS = List.of(1, 2, 3, 5, 10);
    /** Singular value of every network at the start. */
    private static final double START = 0.02;

    private static final double[] UNEQUAL = {0.1, 0.3, 0.6, 1.1};
    /** Learning rate, in units of 1/(c‖x̂‖²). */
    private static final double RATE = 0.02;

    private static final List<Integer> FLOWING = List.of(1, 2, 4);
    /** Steps of descent between two moments of the flow. */
    private static final int FINER = 4;
    /** Frobenius norm of what a layer does across its direction. */
    private static final double ACROSS = 0.3;

    /** One network of each depth, with equal layers: its singular value along the image. */
    List<StrengthCurve> byDepth() {
        List<StrengthCurve> curves = new ArrayList<>();
        for (int depth : DEPTHS) {
            double[] strengths = new double[depth];
            Arrays.fill(strengths, Math.pow(START, 1.0 / depth));
            Path path = path(strengths);
            curves.add(new StrengthCurve(
                    "Whole networks that start alike",
                    layers(depth),
                    path.predicted().stream().map(StrengthCurves::product).toList(),
                    path.trained().stream().map(StrengthCurves::product).toList()));
        }
        return curves;
    }

    /** One network with unequal layers: the singular value of each layer. */
    List<StrengthCurve> byLayer() {
        Path path = path(UNEQUAL);
        List<StrengthCurve> curves = new ArrayList<>();
        for (int layer = 0; layer < UNEQUAL.length; layer++) {
            int which = layer;
            curves.add(new StrengthCurve(
                    "Layers of one network of " + UNEQUAL.length,
                    "layer " + (layer + 1),
                    path.predicted().stream().map(strengths -> strengths[which]).toList(),
                    path.trained().stream().map(strengths -> strengths[which]).toList()));
        }
        return curves;
    }

    /**
     * Networks that start alike, against the law of gradient flow: descent in short steps, a moment every few steps.
     */
    List<StrengthCurve> flowing() {
        List<StrengthCurve> curves = new ArrayList<>();
        for (int depth : FLOWING) {
            double start = Math.pow(START, 1.0 / depth);
            double[] strengths = new double[depth];
            Arrays.fill(strengths, start);
            List<double[]> trained =
                    path(strengths, RATE / FINER, FINER * STEPS).trained();
            StrengthFlow flow = new StrengthFlow(depth, 1);
            List<Double> predicted = new ArrayList<>();
            List<Double> seen = new ArrayList<>();
            for (int step = 0; step <= STEPS; step++) {
                predicted.add(Math.pow(flow.after(start, step * RATE), depth));
                seen.add(product(trained.get(FINER * step)));
            }
            curves.add(new StrengthCurve("Gradient flow", layers(depth), predicted, seen));
        }
        return curves;
    }

    private static String layers(int depth) {
        return depth == 1 ? "1 layer" : depth + " layers";
    }

    /** Strengths of all layers before step 0, 1, …, T. */
    private record Path(List<double[]> predicted, List<double[]> trained) {}

    private Path path(double[] start) {
        return path(start, RATE, STEPS);
    }

    private Path path(double[] start, double rate, int steps) {
        SplittableRandom random = new SplittableRandom(seed);
        Array image = pool.draw(Math.max(0, pool.kinds().indexOf("digit")), 1, SIDE, SIDE, seed)
                .reshape(1, SIDE * SIDE);
        double norm = AlignedLayers.norm(image.values());
        if (norm == 0) {
            throw new IllegalArgumentException("images must not be black, got nothing but zeros");
        }
        int[] widths = new int[start.length + 1];
        Arrays.fill(widths, UNITS);
        widths[0] = image.length();
        widths[start.length] = image.length();
        List<double[]> directions = new ArrayList<>(List.of(image.values()));
        List<Array> across = new ArrayList<>();
        for (int layer = 1; layer < widths.length; layer++) {
            boolean last = layer == widths.length - 1;
            directions.add(
                    last ? image.values() : normal(widths[layer], 1, 1, random).values());
            across.add(normal(widths[layer], widths[layer - 1], ACROSS, random));
        }
        AlignedLayers layers = AlignedLayers.of(directions, across);
        Loss loss = Loss.HALF_SUM;
        double scale = loss.scale(image.length());
        LinearMethod descent = LinearMethod.gradientDescent(rate / (scale * norm * norm));
        List<double[]> predicted = new AlignedPath(norm, norm, scale, descent)
                .points(start, steps).stream().map(AlignedPath.Point::strengths).toList();
        Network network = Network.fcn(Activation.LINEAR, false, widths);
        List<StageParameters> initial = layers.weights(start, 1).stream()
                .map(weights -> new StageParameters(weights, null))
                .toList();
        return new Path(predicted, trained(new TrainingProblem(network, image, image, initial, loss), descent, steps));
    }

    /** Numbers of normal law, scaled to a Frobenius norm. */
    private static Array normal(int rows, int columns, double norm, SplittableRandom random) {
        double[] drawn = Initializer.GAUSSIAN.draw(rows * columns, columns, rows, random);
        double factor = norm / AlignedLayers.norm(drawn);
        return Array.of(Arrays.stream(drawn).map(number -> factor * number).toArray(), rows, columns);
    }

    /** How much each layer stretches the signal of the training image. */
    private static List<double[]> trained(TrainingProblem problem, LinearMethod method, int steps) {
        List<double[]> strengths = new ArrayList<>();
        try (Training training = new Trainer(problem, method, Precision.FLOAT64).start()) {
            for (int step = 0; step <= steps; step++) {
                double[] norms = Stream.concat(Stream.of(problem.inputs()), training.signals(problem.inputs()).stream())
                        .mapToDouble(signal -> AlignedLayers.norm(signal.values()))
                        .toArray();
                double[] ratios = new double[norms.length - 1];
                Arrays.setAll(ratios, layer -> norms[layer + 1] / norms[layer]);
                strengths.add(ratios);
                training.step();
            }
        }
        return strengths;
    }

    private static double product(double[] strengths) {
        return Arrays.stream(strengths).reduce(1, (a, b) -> a * b);
    }
}
