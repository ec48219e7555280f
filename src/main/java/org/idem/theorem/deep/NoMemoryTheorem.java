package org.idem.theorem.deep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.idem.array.Array;
import org.idem.image.ImagePool;
import org.idem.network.Cnn;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.Stage;
import org.idem.network.StageParameters;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Axes;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.idem.theory.deep.DeepForward;
import org.idem.theory.deep.NoMemory;
import org.idem.theory.deep.Shift;
import org.idem.training.run.Training;

/**
 * T6.no-memory: a CNN with circular padding cannot answer every shift of an image with the same target.
 *
 * @param runs space of runs
 */
record NoMemoryTheorem(RunSpace runs) implements Theorem<Viewed> {
    /**
     * What is seen of it.
     *
     * @param parameters weights and biases after training
     * @param shifted outputs on all cyclic shifts of the image, (HW, C, H, W), columns first
     */
    record Outputs(List<StageParameters> parameters, Array shifted) implements Observation.Recorded {}

    NoMemoryTheorem(ImagePool pool) {
        this(new RunSpace(pool));
    }

    @Override
    public String id() {
        return "T6.no-memory";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "A CNN with circular padding cannot memorise an image: whatever its training, over all cyclic shifts of an input the mean squared distance of its outputs from a target y is at least that of y from its mean per channel, with equality only if the output is this grey image.",
                "\\operatorname*{mean}_S \\|f(Sx) - y\\|^2 = \\|y - \\bar y\\|^2 + \\|f(x) - \\bar y\\|^2 \\;\\ge\\; \\|y - \\bar y\\|^2",
                "stride 1, odd kernels, circular padding in all layers; any weights, trained by any rule, any activations, biases and shortcuts",
                "goes beyond Zhang et al., ICLR 2020");
    }

    @Override
    public List<Dimension> space() {
        List<Dimension> space = new ArrayList<>(runs.symmetric());
        space.add(RunSpace.BIAS);
        space.add(RunSpace.ACTIVATION);
        space.add(Axes.PADDING.among(Padding.CIRCULAR));
        return space;
    }

    /** The network runs on as many images as there are pixels. */
    @Override
    public double cost(Configuration c) {
        double kernel = c.get(Axes.KERNEL);
        double passes = c.get(Axes.STEPS) + (double) c.get(Axes.HEIGHT) * c.get(Axes.WIDTH) / 8;
        return RunCost.ofSymmetry(c)
                + RunCost.ofPlanes(c, c.get(Axes.UNITS), passes).operations() / (kernel + 5);
    }

    @Override
    public Viewed scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        DeepRun run = runs.symmetric(c, 0, c.get(Axes.CHANNELS), random);
        // the image it was trained on, or another
        Array trained = run.problem().inputs();
        return new Viewed(run, random.nextBoolean() ? trained : RunSpace.uniform(random, trained.shape()));
    }

    @Override
    public List<String> describe(Viewed viewed) {
        return viewed.run().describe();
    }

    @Override
    public Observation observe(Viewed viewed) {
        if (viewed.run().unfit() != null) {
            return new Observation.Nothing(viewed.run().unfit());
        }
        List<Array> images = new ArrayList<>();
        for (int row = 0; row < viewed.image().size(2); row++) {
            for (int column = 0; column < viewed.image().size(3); column++) {
                images.add(new Shift(row, column).round(viewed.image()));
            }
        }
        try (Training training = viewed.run().start()) {
            training.train(viewed.run().steps());
            Outputs seen = new Outputs(training.parameters(), training.outputs(Array.concatenate(images)));
            return DeepRun.finite(
                    seen,
                    DoubleStream.concat(
                            DeepRun.numbers(seen.parameters()),
                            Arrays.stream(seen.shifted().values())));
        }
    }

    private static Array target(Viewed viewed) {
        return viewed.run().problem().targets();
    }

    @Override
    public Claim claim(Viewed viewed) {
        return claim(viewed, NoMemory::mean);
    }

    private static Claim claim(Viewed viewed, BiFunction<Array, Array, Double> mean) {
        Array target = target(viewed);
        return new Claim.Given<>(
                Outputs.class,
                seen -> {
                    DeepForward unmoved =
                            DeepForward.of(viewed.network(), seen.parameters(), viewed.image(), viewed.precision());
                    double budget = NoMemory.budget(unmoved.values(), unmoved.errors(), target);
                    return new Claim.Equality(
                            Array.of(new double[] {mean.apply(unmoved.values(), target)}, 1),
                            Array.of(new double[] {budget}, 1));
                },
                seen -> Array.of(new double[] {observed(seen.shifted(), target)}, 1));
    }

    private static double observed(Array shifted, Array target) {
        double sum = 0;
        for (int image = 0; image < shifted.size(0); image++) {
            sum += NoMemory.distance(shifted.slices(image, image + 1), target);
        }
        return sum / shifted.size(0);
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(1e-14);
    }

    @Override
    public List<FalseVariant<Viewed>> falseVariants() {
        return List.of(
                wrong("the bound is reached", (output, target) -> NoMemory.distance(target, NoMemory.grey(target))),
                wrong("every shift is answered like the image itself", NoMemory::distance),
                wrong(
                        "squares of outputs and targets, without what greys have in common",
                        (output, target) ->
                                NoMemory.distance(output, zero(output)) + NoMemory.distance(target, zero(target))),
                wrong(
                        "outputs measured from their own grey",
                        (output, target) -> NoMemory.distance(target, NoMemory.grey(target))
                                + NoMemory.distance(output, NoMemory.grey(output))),
                wrong("one grey for all channels", (output, target) -> {
                    Array grey = oneGrey(target);
                    return NoMemory.distance(target, grey) + NoMemory.distance(output, grey);
                }),
                wrong(
                        "mean of the targets forgotten",
                        (output, target) -> NoMemory.distance(target, NoMemory.grey(target))
                                + NoMemory.distance(output, zero(output))),
                wrong(
                        "outputs on all shifts alike, and grey",
                        (output, target) -> NoMemory.distance(NoMemory.grey(output), target)),
                built("zeros for circular padding", NoMemoryTheorem::withZeros));
    }

    private static FalseVariant<Viewed> wrong(String name, BiFunction<Array, Array, Double> mean) {
        return new FalseVariant.WrongClaim<>(name, viewed -> claim(viewed, mean));
    }

    private static FalseVariant<Viewed> built(String name, UnaryOperator<Viewed> mistake) {
        return new FalseVariant.WrongConstruction<>(name, mistake);
    }

    private static Array zero(Array like) {
        return Array.zeros(like.shape());
    }

    private static Array oneGrey(Array images) {
        Array grey = Array.zeros(images.shape());
        Arrays.fill(grey.values(), Arrays.stream(images.values()).average().orElseThrow());
        return grey;
    }

    private static Viewed withZeros(Viewed viewed) {
        List<Stage> stages = viewed.network().stages().stream()
                .map(stage -> {
                    Cnn cnn = (Cnn) stage.map();
                    Cnn map = new Cnn(cnn.channels(), cnn.outputs(), cnn.kernel(), Padding.SAME, cnn.bias());
                    return new Stage(map, stage.activation(), stage.residual());
                })
                .toList();
        DeepRun run = viewed.run().with(viewed.run().problem().withNetwork(new Network(stages)));
        return new Viewed(run, viewed.image());
    }
}
