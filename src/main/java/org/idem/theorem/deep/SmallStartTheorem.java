package org.idem.theorem.deep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.image.ImagePool;
import org.idem.network.LinearMethod;
import org.idem.network.Network;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.space.Axis;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Axes;
import org.idem.theorem.Claim;
import org.idem.theorem.Engine;
import org.idem.theorem.Evidence;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Rate;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.idem.training.run.Training;

/**
 * T4.small-start: from ever smaller random weights, a deep linear network learns the projection onto its example.
 *
 * @param runs space of runs
 */
record SmallStartTheorem(RunSpace runs) implements Theorem<SmallStartTheorem.Starts> {
    private static final Axis.Real SCALE = new Axis.Real("scale");

    /** Steps between two looks at the loss. */
    private static final int STRETCH = 16;

    /** Training ends once its relative error is so many unit roundoffs. */
    private static final double ROUNDOFFS = 0x1p8;

    /** Divides the cost, so that deeper networks and smaller scales are drawn often enough. */
    private static final double WORTH = 64;

    /** Steps that the slowest starts take, in units of those that the scale lets expect. */
    private static final int MOST_PATIENCE = 64;

    /**
     * A start, and what is asked of the map that training makes of it.
     *
     * @param run from weights of scale 1
     * @param scale ε, the factor of these weights, and ε/4
     * @param across z, at right angles to the example
     * @param generic another input, neither along the example nor at right angles
     */
    record Starts(DeepRun run, double scale, double[] across, double[] generic) {
        private double[] example() {
            return run.problem().inputs().values();
        }

        private int depth() {
            return run.network().depth();
        }
    }

    /**
     * What one trained map does, read from a row: the distances from the projection and from the identity, the size,
     * the training error, then the answers to both inputs.
     *
     * @param starts of the training
     * @param row numbers
     */
    private record Trained(Starts starts, double[] row) {
        private static final int DISTANCES = 4;

        private static double[] row(Starts starts, List<StageParameters> layers) {
            double[] example = starts.example();
            int d = example.length;
            double norm = norm(example);
            double fromProjection = 0;
            double fromIdentity = 0;
            double size = 0;
            for (int column = 0; column < d; column++) {
                double[] unit = new double[d];
                unit[column] = 1;
                double[] answer = answer(layers, unit);
                for (int i = 0; i < d; i++) {
                    double along = example[i] / norm * (example[column] / norm);
                    fromProjection += square(answer[i] - along);
                    fromIdentity += square(answer[i] - unit[i]);
                    size += square(answer[i]);
                }
            }
            double[] learnt = answer(layers, example);
            double error = norm(difference(learnt, example)) / norm;
            double[] row = new double[DISTANCES + 2 * d];
            row[0] = Math.sqrt(fromProjection);
            row[1] = Math.sqrt(fromIdentity);
            row[2] = Math.sqrt(size);
            row[3] = error;
            System.arraycopy(answer(layers, starts.across()), 0, row, DISTANCES, d);
            System.arraycopy(answer(layers, starts.generic()), 0, row, DISTANCES + d, d);
            return row;
        }

        private static double[] answer(List<StageParameters> layers, double[] input) {
            double[] signal = input;
            for (StageParameters layer : layers) {
                double[] weights = layer.weights().values();
                double[] next = new double[layer.weights().size(0)];
                for (int unit = 0, at = 0; unit < next.length; unit++) {
                    double sum = 0;
                    for (double number : signal) {
                        sum += weights[at++] * number;
                    }
                    next[unit] = sum;
                }
                signal = next;
            }
            return signal;
        }

        private double[] toAcross() {
            return Arrays.copyOfRange(row, DISTANCES, DISTANCES + starts.example().length);
        }

        private double[] toGeneric() {
            return Arrays.copyOfRange(row, DISTANCES + starts.example().length, row.length);
        }

        /** What training has not yet learnt, as a share of the example; it may still move every part of the map. */
        private double error() {
            return row[3];
        }

        private Claim.Discrepancy distance(int which) {
            return new Claim.Discrepancy(row[which], error());
        }

        /** The part of the answer to z at right angles to the example. */
        private Claim.Discrepancy orthogonal() {
            double size = norm(starts.across());
            return new Claim.Discrepancy(norm(RunSpace.orthogonal(toAcross(), starts.example())) / size, error());
        }

        /** 1 − |cos| of the angle between the answer to the generic input and the example, without cancellation. */
        private Claim.Discrepancy turned() {
            double[] answer = toGeneric();
            double size = norm(answer);
            double sine = norm(RunSpace.orthogonal(answer, starts.example())) / size;
            double off = error() * norm(starts.generic()) / size;
            return new Claim.Discrepancy(square(sine) / (1 + Math.sqrt(1 - square(sine))), off * (2 * sine + off));
        }

        /** 1 − cos of the same angle. */
        private Claim.Discrepancy turnedRound() {
            double along = RunSpace.dot(toGeneric(), starts.example());
            Claim.Discrepancy turned = turned();
            return new Claim.Discrepancy(along < 0 ? 2 - turned.value() : turned.value(), turned.error());
        }

        /** The distance of the answer to the generic input from the example itself. */
        private Claim.Discrepancy fromConstant() {
            double[] example = starts.example();
            return new Claim.Discrepancy(norm(difference(toGeneric(), example)) / norm(example), error());
        }
    }

    SmallStartTheorem(ImagePool pool) {
        this(new RunSpace(pool));
    }

    private static double square(double number) {
        return number * number;
    }

    private static double norm(double[] vector) {
        return Math.sqrt(RunSpace.dot(vector, vector));
    }

    private static double[] difference(double[] one, double[] other) {
        double[] difference = one.clone();
        for (int i = 0; i < other.length; i++) {
            difference[i] -= other[i];
        }
        return difference;
    }

    @Override
    public String id() {
        return "T4.small-start";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "From small random weights of scale ε, a deep linear network that learns to reproduce one example learns the projection onto it: the map misses it like ε at every depth, what it makes of inputs at right angles to the example points along the example but for a part like the power L of ε, and the cosine of output and example misses one in size like the power 2L.",
                "\\|W - \\Pi\\| \\sim \\varepsilon, \\qquad \\|(I - \\Pi)Wz\\| \\sim \\varepsilon^L \\ (z \\perp \\hat x), \\qquad 1 - |\\cos(Wz, \\hat x)| \\sim \\varepsilon^{2L}",
                "fully connected, L = 2, 3 or 4 layers without activations and biases, hidden layers of at least two units; one example of at least two pixels, not 0, target the example; independent normal weights of deviation ε/√n, n the larger of the layer's inputs and outputs; trained to the end by gradient descent, heavy ball or Nesterov's method, at a rate that is stable where training ends; a statement about these ε and ε/4, not a proof of the limit",
                "goes beyond Zhang et al., ICLR 2020; after Saxe, McClelland and Ganguli, ICLR 2014");
    }

    @Override
    public List<Dimension> space() {
        return List.of(
                Axes.DEPTH.from(2, 4),
                RunSpace.WIDE,
                RunSpace.HEIGHT,
                RunSpace.WIDTH,
                runs.image(),
                SCALE.between(0.046875, 0.15625),
                RunSpace.METHOD,
                Axes.MOMENTUM.between(0.125, 0.75),
                Axes.RATE.between(0.5, 1.25),
                RunSpace.LOSS,
                RunSpace.PRECISION,
                Axes.ENGINES_OF_DEPTH);
    }

    /** Steps of the smaller start, roughly: the slow beginning, and learning to the last bit. */
    private static double steps(int depth, double scale, double rate) {
        double slow = depth == 2 ? -Math.log(scale) : Math.pow(scale, 2 - depth) / (depth - 2);
        return depth / rate * (2 * slow + 30);
    }

    /** A single pixel has nothing across, and rounding in float32 hides what three layers leave of it. */
    @Override
    public double cost(Configuration c) {
        double inputs = (double) c.get(Axes.HEIGHT) * c.get(Axes.WIDTH);
        int depth = c.get(Axes.DEPTH);
        if (inputs < 2 || (depth > 2 && c.get(Axes.PRECISION) == Precision.FLOAT32)) {
            return Double.POSITIVE_INFINITY;
        }
        double units = c.get(Axes.UNITS);
        double weights = units * (2 * inputs + (depth - 2) * units);
        double steps = 2 * steps(depth, c.get(SCALE) / Claim.Limit.RATIO, c.get(Axes.RATE));
        RunCost cost = new RunCost(weights, weights, depth, steps, Engine.of(c));
        return (cost.training() * RunCost.ofPatience(c) + inputs * weights) / WORTH / (depth - 1);
    }

    @Override
    public Starts scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        Array example = runs.vectors(c, 1, random).rounded(c.get(Axes.PRECISION));
        int[] widths = RunSpace.widths(c, example.length(), example.length(), random);
        // a layer of one unit has nothing across
        int[] wide = Arrays.stream(widths).map(width -> Math.max(2, width)).toArray();
        Network network = RunSpace.linear(RunSpace.maps(c, wide, false));
        List<StageParameters> start = new ArrayList<>();
        for (int layer = 1; layer < wide.length; layer++) {
            double deviation = 1 / Math.sqrt(Math.max(wide[layer - 1], wide[layer]));
            double[] weights = RunSpace.gaussian(random, wide[layer] * wide[layer - 1], deviation);
            start.add(new StageParameters(Array.of(weights, wide[layer], wide[layer - 1]), null));
        }
        TrainingProblem problem = new TrainingProblem(network, example, example, start, c.get(Axes.LOSS));
        double size = RunSpace.dot(example.values(), example.values());
        double curvature = problem.loss().scale(example.length()) * (size > 0 ? size : 1) * network.depth();
        LinearMethod optimizer = Axes.linearMethod(c, (float) (c.get(Axes.RATE) / curvature));
        double scale = c.get(SCALE);
        int most = (int) (MOST_PATIENCE * steps(network.depth(), scale / Claim.Limit.RATIO, c.get(Axes.RATE)));
        DeepRun run = new DeepRun(problem, optimizer, most, 1, c.get(Axes.PRECISION), DeepRun.engine(c), null);
        double[] other = RunSpace.gaussian(random, example.length(), 1);
        double[] across = size > 0 ? RunSpace.orthogonal(other, example.values()) : other;
        double[] generic = RunSpace.gaussian(random, example.length(), Math.sqrt(size / example.length()));
        double along = random.nextDouble(0.75, 1.5) * (random.nextBoolean() ? 1 : -1);
        for (int i = 0; i < generic.length; i++) {
            generic[i] += along * example.values()[i];
        }
        return new Starts(run.provided(size > 0, "the example is 0"), scale, across, generic);
    }

    @Override
    public List<String> describe(Starts starts) {
        return starts.run().describe();
    }

    @Override
    public Observation observe(Starts starts) {
        if (starts.run().unfit() != null) {
            return new Observation.Nothing(starts.run().unfit());
        }
        double[] coarse = trained(starts, starts.scale());
        double[] fine = trained(starts, starts.scale() / Claim.Limit.RATIO);
        if (coarse.length == 0 || fine.length == 0) {
            return new Observation.Nothing(new Evidence.NotConverged("training had not come to its end"));
        }
        double[] both = Arrays.copyOf(coarse, 2 * coarse.length);
        System.arraycopy(fine, 0, both, coarse.length, coarse.length);
        return new Observation.Seen(Array.of(both, 2, coarse.length));
    }

    /** What the map of a start of this scale does once it is trained; nothing if that takes too long. */
    private static double[] trained(Starts starts, double scale) {
        DeepRun run = starts.run();
        List<StageParameters> start = run.problem().initial().stream()
                .map(layer -> new StageParameters(
                        Array.of(
                                Arrays.stream(layer.weights().values())
                                        .map(weight -> scale * weight)
                                        .toArray(),
                                layer.weights().shape()),
                        null))
                .toList();
        TrainingProblem problem = run.problem().withInitial(start).rounded(run.precision());
        double size = RunSpace.dot(starts.example(), starts.example());
        double enough = problem.loss().scale(starts.example().length)
                / 2
                * size
                * square(ROUNDOFFS * run.precision().unitRoundoff());
        try (Training training = run.with(problem).start()) {
            double loss = Double.POSITIVE_INFINITY;
            for (int step = 0; step < run.steps() && !(loss <= enough); step += STRETCH) {
                loss = training.train(STRETCH);
                if (!Double.isFinite(loss)) {
                    return new double[0];
                }
            }
            return loss <= enough ? Trained.row(starts, training.parameters()) : new double[0];
        }
    }

    @Override
    public Claim claim(Starts starts) {
        return claim(
                starts,
                List.of(1, starts.depth(), 2 * starts.depth()),
                trained -> List.of(trained.distance(0), trained.orthogonal(), trained.turned()));
    }

    private static Claim claim(
            Starts starts, List<Integer> rates, Function<Trained, List<Claim.Discrepancy>> discrepancies) {
        return new Claim.Limit(
                rates.stream().map(Rate::exactly).toList(),
                row -> discrepancies.apply(new Trained(starts, row.values())));
    }

    @Override
    public List<FalseVariant<Starts>> falseVariants() {
        return List.of(
                rate("the map misses the projection like ε^L", depth -> depth, trained -> trained.distance(0)),
                rate("the map misses the projection like ε^2", depth -> 2, trained -> trained.distance(0)),
                rate("what points across falls like ε", depth -> 1, Trained::orthogonal),
                rate("what points across falls like ε^(L−1)", depth -> depth - 1, Trained::orthogonal),
                rate("what points across falls like ε^(L+1)", depth -> depth + 1, Trained::orthogonal),
                rate("the cosine misses one like ε^L", depth -> depth, Trained::turned),
                rate("the cosine misses one like ε^2", depth -> 2, Trained::turned),
                rate("the cosine itself tends to one", depth -> 2 * depth, Trained::turnedRound),
                rate("the map tends to the identity", depth -> 1, trained -> trained.distance(1)),
                rate("the map tends to 0", depth -> 1, trained -> trained.distance(2)),
                rate("every input is answered with the example", depth -> 1, Trained::fromConstant));
    }

    private static FalseVariant<Starts> rate(
            String name, IntFunction<Integer> rate, Function<Trained, Claim.Discrepancy> discrepancy) {
        return new FalseVariant.WrongClaim<>(
                name,
                starts -> claim(
                        starts, List.of(rate.apply(starts.depth())), trained -> List.of(discrepancy.apply(trained))));
    }
}
