package org.idem.theorem.deep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.image.ImagePool;
import org.idem.network.Activation;
import org.idem.network.Cnn;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.Stage;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Axes;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.idem.theory.deep.DeepForward;
import org.idem.theory.deep.Shift;
import org.idem.training.run.Training;
import org.jspecify.annotations.Nullable;

/**
 * T6.equivariance: a CNN with circular padding moves its output with its input, one with zero padding does so as long
 * as nothing comes near the border.
 *
 * @param runs space of runs
 */
record EquivarianceTheorem(RunSpace runs) implements Theorem<EquivarianceTheorem.Moved> {
    /**
     * A network, an image and a shift.
     *
     * @param run of the training
     * @param drawn image without a margin, (1, C, H, W)
     * @param shift of the image
     * @param margin pixels that stay 0 at every border before and after a shift that is not circular
     * @param mirrored whether the image is mirrored instead, as nobody should
     */
    record Moved(DeepRun run, Array drawn, Shift shift, int margin, boolean mirrored) {
        private boolean wraps() {
            return padding(run.network()) == Padding.CIRCULAR;
        }

        private Moved with(DeepRun other) {
            return new Moved(other, drawn, shift, margin, mirrored);
        }

        /** Whether a row or column, moved or not, keeps away from the border. */
        private static boolean clear(int at, int by, int side, int margin) {
            return Math.min(at, at + by) >= margin && Math.max(at, at + by) < side - margin;
        }

        private Array before() {
            if (wraps()) {
                return drawn;
            }
            Array image = Array.zeros(drawn.shape());
            int height = image.size(2);
            int width = image.size(3);
            for (int i = 0; i < image.length(); i++) {
                boolean kept = clear(i / width % height, shift.rows(), height, margin)
                        && clear(i % width, shift.columns(), width, margin);
                image.values()[i] = kept ? drawn.values()[i] : 0;
            }
            return image;
        }

        private Array after() {
            if (mirrored) {
                Array mirror = Array.zeros(drawn.shape());
                int width = mirror.size(3);
                Array image = before();
                for (int i = 0; i < mirror.length(); i++) {
                    mirror.values()[i] = image.values()[i / width * width + width - 1 - i % width];
                }
                return mirror;
            }
            return wraps() ? shift.round(before()) : shift.out(before());
        }
    }

    /**
     * What is seen of it.
     *
     * @param parameters weights and biases after training
     * @param outputs on the shifted image, (1, C′, H, W)
     */
    record Outputs(List<StageParameters> parameters, Array outputs) implements Observation.Recorded {}

    /** The theory computes outputs once more, with an error bound beside each number. */
    private static final double WITH_BOUNDS = 2;

    /** Divides the cost of zero padding, so that margins are drawn often enough. */
    private static final double WORTH_OF_MARGINS = 4;

    EquivarianceTheorem(ImagePool pool) {
        this(new RunSpace(pool));
    }

    private static Padding padding(Network network) {
        return ((Cnn) network.stages().get(0).map()).padding();
    }

    @Override
    public String id() {
        return "T6.equivariance";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "Whatever its training, a CNN with circular padding moves its output with its input, for every cyclic shift. A CNN with zero padding and without biases does so as long as everything that is not 0 stays (L − 1)(K − 1)/2 pixels away from the border.",
                "f(Sx) = S f(x) \\text{ (circular)}, \\qquad f(Sx)_{i+a,\\,j+b} = f(x)_{ij} \\text{ (zeros, if } x = 0 = Sx \\text{ within } \\tfrac12(L-1)(K-1) \\text{ of the border)}",
                "stride 1, odd kernels of one side, one padding in all layers; any weights, trained by any rule; circular padding: any activations, biases and shortcuts; zero padding: no biases, activations with φ(0) = 0",
                "goes beyond Zhang et al., ICLR 2020");
    }

    @Override
    public List<Dimension> space() {
        List<Dimension> space = new ArrayList<>(runs.symmetric());
        space.add(RunSpace.BIAS);
        space.add(RunSpace.ACTIVATION);
        space.add(Axes.PADDING
                .among(Padding.CIRCULAR, Padding.SAME)
                .weighted(1, 6)
                .orFirst());
        return space;
    }

    private static int margin(Configuration c) {
        return c.get(Axes.PADDING) == Padding.CIRCULAR ? 0 : (c.get(Axes.DEPTH) - 1) * (c.get(Axes.KERNEL) / 2);
    }

    /**
     * Under zero padding height and width are those of the part that is not 0, which leaves a margin at every side;
     * kernels of one pixel see no border.
     */
    @Override
    public double cost(Configuration c) {
        boolean zeros = c.get(Axes.PADDING) == Padding.SAME;
        boolean fits = !zeros || !c.get(Axes.BIAS) && startsAtZero(c.get(Axes.ACTIVATION)) && c.get(Axes.KERNEL) > 1;
        double height = c.get(Axes.HEIGHT);
        double width = c.get(Axes.WIDTH);
        double larger = (1 + 2 * margin(c) / height) * (1 + 2 * margin(c) / width);
        return height * width > 1 && fits
                ? WITH_BOUNDS * RunCost.ofSymmetry(c) * larger / (zeros ? WORTH_OF_MARGINS : 1)
                : Double.POSITIVE_INFINITY;
    }

    private static boolean startsAtZero(Activation activation) {
        return activation != Activation.SIGMOID && activation != Activation.SOFTPLUS;
    }

    @Override
    public Moved scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        int margin = margin(c);
        DeepRun run = runs.symmetric(c, margin, 1 + random.nextInt(2), random);
        int[] shape = run.problem().inputs().slices(0, 1).shape();
        int rows = c.get(Axes.HEIGHT);
        int columns = c.get(Axes.WIDTH);
        Shift shift = new Shift(0, 0);
        while (rows * columns > 1 && shift.rows() == 0 && shift.columns() == 0) {
            shift = new Shift(by(random, rows), by(random, columns));
        }
        DeepRun decided = run.provided(rows * columns > 1, "no room to move");
        return new Moved(decided, RunSpace.uniform(random, shape), shift, margin, false);
    }

    /** Less than the room on either side. */
    private static int by(SplittableRandom random, int room) {
        return random.nextInt(1 - room, room);
    }

    @Override
    public List<String> describe(Moved moved) {
        return moved.run().describe();
    }

    @Override
    public Observation observe(Moved moved) {
        if (moved.run().unfit() != null) {
            return new Observation.Nothing(moved.run().unfit());
        }
        try (Training training = moved.run().start()) {
            training.train(moved.run().steps());
            Outputs seen = new Outputs(training.parameters(), training.outputs(moved.after()));
            return DeepRun.finite(
                    seen,
                    DoubleStream.concat(
                            DeepRun.numbers(seen.parameters()),
                            Arrays.stream(seen.outputs().values())));
        }
    }

    @Override
    public Claim claim(Moved moved) {
        return claim(moved, moved.shift());
    }

    /** Claims that outputs move by a shift. */
    private static Claim claim(Moved moved, Shift shift) {
        int[] shape = moved.drawn().shape();
        int outputs = moved.run().network().outputShape(shape)[1];
        int plane = shape[2] * shape[3];
        int[] from = IntStream.range(0, outputs * plane)
                .filter(place -> moved.wraps() || target(place, shift, shape, false) >= 0)
                .toArray();
        int[] to = Arrays.stream(from)
                .map(place -> target(place, shift, shape, moved.wraps()))
                .toArray();
        return new Claim.Given<>(
                Outputs.class,
                seen -> {
                    DeepForward unmoved = unmoved(moved, seen);
                    return new Claim.Equality(chosen(unmoved.values(), from), chosen(unmoved.errors(), from));
                },
                seen -> chosen(seen.outputs(), to));
    }

    /** The theory's own outputs on the image that was not moved; errors move with them. */
    private static DeepForward unmoved(Moved moved, Outputs seen) {
        Network network = moved.run().network();
        boolean biased = network.stages().get(0).map().bias();
        List<StageParameters> parameters = biased ? seen.parameters() : Recording.weightsOnly(seen.parameters());
        return DeepForward.of(network, parameters, moved.before(), moved.run().precision());
    }

    /** Where a place moves to, −1 for out of the image. */
    private static int target(int place, Shift shift, int[] shape, boolean wraps) {
        int row = place / shape[3] % shape[2] + shift.rows();
        int column = place % shape[3] + shift.columns();
        if (!wraps && (row < 0 || row >= shape[2] || column < 0 || column >= shape[3])) {
            return -1;
        }
        int plane = place / (shape[2] * shape[3]);
        return (plane * shape[2] + Math.floorMod(row, shape[2])) * shape[3] + Math.floorMod(column, shape[3]);
    }

    private static Array chosen(Array outputs, int[] places) {
        double[] chosen = Arrays.stream(places)
                .mapToDouble(place -> outputs.values()[place])
                .toArray();
        return Array.of(chosen, places.length);
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(1e-14);
    }

    @Override
    public List<FalseVariant<Moved>> falseVariants() {
        return List.of(
                shifted("outputs stay where they are", shift -> new Shift(0, 0)),
                shifted("outputs move the other way", shift -> new Shift(-shift.rows(), -shift.columns())),
                shifted("outputs move in rows alone", shift -> new Shift(shift.rows(), 0)),
                shifted("rows and columns exchanged", shift -> new Shift(shift.columns(), shift.rows())),
                shifted("outputs move a pixel further", shift -> new Shift(shift.rows(), shift.columns() + 1)),
                built("zeros for circular padding, anything at the border", EquivarianceTheorem::withZeros),
                built("zero padding with biases", EquivarianceTheorem::withBiases),
                built("zero padding with an activation that is not 0 at 0", EquivarianceTheorem::withSigmoid),
                built("margin of a layer less", moved -> ofMargin(moved, moved.margin() - half(moved))),
                built("margin of a pixel less", moved -> ofMargin(moved, moved.margin() - 1)),
                built(
                        "mirror images for shifts",
                        moved -> new Moved(moved.run(), moved.drawn(), moved.shift(), moved.margin(), true)));
    }

    private static FalseVariant<Moved> shifted(String name, UnaryOperator<Shift> wrong) {
        return new FalseVariant.WrongClaim<>(name, moved -> claim(moved, wrong.apply(moved.shift())));
    }

    private static FalseVariant<Moved> built(String name, UnaryOperator<Moved> mistake) {
        return new FalseVariant.WrongConstruction<>(name, mistake);
    }

    private static int half(Moved moved) {
        return ((Cnn) moved.run().network().stages().get(0).map()).kernel() / 2;
    }

    private static Moved ofMargin(Moved moved, int margin) {
        return moved.wraps() ? moved : new Moved(moved.run(), moved.drawn(), moved.shift(), Math.max(0, margin), false);
    }

    /** The shift still wraps round. */
    private static Moved withZeros(Moved moved) {
        return moved.wraps() ? moved.with(changed(moved.run(), null, Padding.SAME, false)) : moved;
    }

    private static Moved withBiases(Moved moved) {
        return moved.wraps() ? moved : moved.with(changed(moved.run(), null, Padding.SAME, true));
    }

    private static Moved withSigmoid(Moved moved) {
        return moved.wraps() ? moved : moved.with(changed(moved.run(), Activation.SIGMOID, Padding.SAME, false));
    }

    private static DeepRun changed(DeepRun run, @Nullable Activation activation, Padding padding, boolean biased) {
        List<Stage> stages = new ArrayList<>();
        List<StageParameters> initial = new ArrayList<>();
        for (int i = 0; i < run.network().depth(); i++) {
            Stage stage = run.network().stages().get(i);
            Cnn cnn = (Cnn) stage.map();
            Cnn map = new Cnn(cnn.channels(), cnn.outputs(), cnn.kernel(), padding, cnn.bias() || biased);
            boolean last = i == run.network().depth() - 1;
            stages.add(new Stage(map, last || activation == null ? stage.activation() : activation, stage.residual()));
            StageParameters given = run.problem().initial().get(i);
            Array bias = given.bias();
            if (biased && bias == null) {
                bias = Array.zeros(map.outputs());
                Arrays.fill(bias.values(), 1);
            }
            initial.add(new StageParameters(given.weights(), bias));
        }
        TrainingProblem problem = run.problem();
        return run.with(
                new TrainingProblem(new Network(stages), problem.inputs(), problem.targets(), initial, problem.loss()));
    }
}
