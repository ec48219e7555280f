package org.idem.theorem.deep;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.image.ImagePool;
import org.idem.network.Cnn;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Axes;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.idem.theory.deep.BlankImage;
import org.idem.training.run.Training;

/**
 * T3.receptive-field: a pixel of the output sees a window of the input and nothing else.
 *
 * <p>One pixel of the input is changed in all channels. Outputs whose window does not hold it must keep every bit: the
 * same operations run on the same numbers.
 *
 * @param runs space of runs
 */
record ReceptiveFieldTheorem(RunSpace runs) implements Theorem<ReceptiveFieldTheorem.Changed> {
    /**
     * A network with two images.
     *
     * @param viewed network and first image
     * @param other the image with one pixel changed
     * @param row of that pixel
     * @param column of that pixel
     */
    record Changed(Viewed viewed, Array other, int row, int column) {
        private Network network() {
            return viewed.network();
        }

        private Padding padding() {
            return ((Cnn) network().stages().get(0).map()).padding();
        }

        private int radius() {
            return BlankImage.radius(network());
        }

        private int half() {
            return ((Cnn) network().stages().get(0).map()).kernel() / 2;
        }
    }

    /**
     * What is seen of it.
     *
     * @param before outputs on the first image, (1, C′, H′, W′)
     * @param after outputs on the changed one, the same shape
     */
    record Outputs(Array before, Array after) implements Observation.Recorded {}

    /** Whether an output is believed to see an input pixel so far below and to the right of its own place. */
    private interface View {
        boolean holds(int down, int right);
    }

    ReceptiveFieldTheorem(ImagePool pool) {
        this(new RunSpace(pool));
    }

    @Override
    public String id() {
        return "T3.receptive-field";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "A pixel of the output of a CNN depends on a window of 1 + L(K − 1) pixels a side of the input and on nothing outside, whatever the weights.",
                "x = x' \\text{ on } \\{(i+u, j+v) : |u|, |v| \\le \\rho\\} \\;\\Rightarrow\\; f(x)_{ij} = f(x')_{ij}, \\qquad \\rho = \\tfrac12 L(K-1)",
                "stride 1, odd kernels, any padding, under circular padding positions modulo the sides; any weights, trained by any rule, any activations and biases; shortcuts see the pixel itself",
                "goes beyond Zhang et al., ICLR 2020");
    }

    @Override
    public List<Dimension> space() {
        return runs.looks();
    }

    @Override
    public double cost(Configuration c) {
        int radius = c.get(Axes.DEPTH) * (c.get(Axes.KERNEL) / 2);
        boolean everywhere =
                radius >= Math.max(c.get(Axes.HEIGHT), c.get(Axes.WIDTH)) - 1 && c.get(Axes.PADDING) != Padding.VALID;
        return everywhere ? Double.POSITIVE_INFINITY : RunCost.ofLooks(c);
    }

    @Override
    public Changed scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        DeepRun run = runs.looked(c, random);
        Array image =
                RunSpace.uniform(random, run.problem().inputs().slices(0, 1).shape());
        Array other = Array.of(image.values().clone(), image.shape());
        int row = place(random, image.size(2));
        int column = place(random, image.size(3));
        int plane = image.size(2) * image.size(3);
        for (int channel = 0; channel < image.size(1); channel++) {
            other.values()[channel * plane + row * image.size(3) + column] += 1 + random.nextInt(8);
        }
        Changed changed = new Changed(new Viewed(run, image), other, row, column);
        DeepRun decided =
                run.provided(places(changed, square(changed.radius())).length > 0, "every output sees the pixel");
        return new Changed(new Viewed(decided, image), other, row, column);
    }

    /** Anywhere, or as often at the border, where paddings differ. */
    private static int place(SplittableRandom random, int side) {
        int anywhere = random.nextInt(side);
        return random.nextBoolean() ? anywhere : 2 * anywhere < side ? 0 : side - 1;
    }

    @Override
    public List<String> describe(Changed changed) {
        return changed.viewed().run().describe();
    }

    /** The two images run one after the other, so that each output meets the same operations in the same order. */
    @Override
    public Observation observe(Changed changed) {
        DeepRun run = changed.viewed().run();
        if (run.unfit() != null) {
            return new Observation.Nothing(run.unfit());
        }
        try (Training training = run.start()) {
            training.train(run.steps());
            Outputs seen = new Outputs(training.outputs(changed.viewed().image()), training.outputs(changed.other()));
            return DeepRun.finite(
                    seen,
                    DoubleStream.concat(
                            Arrays.stream(seen.before().values()),
                            Arrays.stream(seen.after().values())));
        }
    }

    @Override
    public Claim claim(Changed changed) {
        return equalAt(places(changed, square(changed.radius())));
    }

    private static Claim equalAt(int[] places) {
        return new Claim.Given<>(
                Outputs.class,
                seen -> {
                    Array before = chosen(seen.before(), places);
                    return new Claim.Equality(before, Array.zeros(before.shape()));
                },
                seen -> chosen(seen.after(), places));
    }

    private static Array chosen(Array outputs, int[] places) {
        return Array.of(
                Arrays.stream(places)
                        .mapToDouble(place -> outputs.values()[place])
                        .toArray(),
                places.length);
    }

    private static View square(int radius) {
        return (down, right) -> Math.abs(down) <= radius && Math.abs(right) <= radius;
    }

    /** Outputs that do not see the changed pixel. */
    private static int[] places(Changed changed, View view) {
        return places(changed, view, changed.padding() == Padding.CIRCULAR, changed.radius());
    }

    private static int[] places(Changed changed, View view, boolean wraps, int margin) {
        int[] shape = changed.network().outputShape(changed.other().shape());
        int lost = changed.padding() == Padding.VALID ? margin : 0;
        int plane = shape[2] * shape[3];
        return IntStream.range(0, shape[1] * plane)
                .filter(place -> {
                    int down = changed.row() - place % plane / shape[3] - lost;
                    int right = changed.column() - place % shape[3] - lost;
                    return !view.holds(
                            wraps ? shorter(down, shape[2]) : down, wraps ? shorter(right, shape[3]) : right);
                })
                .toArray();
    }

    private static int shorter(int distance, int side) {
        int ahead = Math.floorMod(distance, side);
        return ahead <= side / 2 ? ahead : ahead - side;
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(1e-15);
    }

    @Override
    public List<FalseVariant<Changed>> falseVariants() {
        return List.of(
                square("a pixel less is seen", changed -> Math.max(0, changed.radius() - 1)),
                square("a layer less is seen through", changed -> changed.radius() - changed.half()),
                square("only the view of one layer", Changed::half),
                square("only the pixel itself", changed -> 0),
                viewing("a diamond for a square", (down, right, r) -> Math.abs(down) + Math.abs(right) <= r),
                viewing(
                        "rows and columns alone",
                        (down, right, r) ->
                                (down == 0 || right == 0) && square(r).holds(down, right)),
                viewing(
                        "the window begins at the pixel",
                        (down, right, r) ->
                                down >= 0 && right >= 0 && square(2 * r).holds(down, right)),
                new FalseVariant.WrongClaim<>(
                        "circular padding does not reach round",
                        changed -> equalAt(places(changed, square(changed.radius()), false, changed.radius()))),
                new FalseVariant.WrongClaim<>(
                        "margin lost by valid padding forgotten",
                        changed -> equalAt(
                                places(changed, square(changed.radius()), changed.padding() == Padding.CIRCULAR, 0))));
    }

    private static FalseVariant<Changed> square(String name, ToIntFunction<Changed> radius) {
        return new FalseVariant.WrongClaim<>(
                name, changed -> equalAt(places(changed, square(radius.applyAsInt(changed)))));
    }

    private interface Shape {
        boolean holds(int down, int right, int radius);
    }

    private static FalseVariant<Changed> viewing(String name, Shape shape) {
        return new FalseVariant.WrongClaim<>(
                name, changed -> equalAt(places(changed, (down, right) -> shape.holds(down, right, changed.radius()))));
    }
}
