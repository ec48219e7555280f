package org.idem.theorem.deep;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.idem.array.Array;
import org.idem.image.ImagePool;
import org.idem.network.Activation;
import org.idem.network.Adam;
import org.idem.network.Network;
import org.idem.network.Optimizer;
import org.idem.network.RmsProp;
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
import org.idem.theory.deep.Split;
import org.idem.training.run.Training;

/**
 * T4.split: what a deep linear network trained on one example says on any input.
 *
 * @param runs space of runs
 */
record SplitTheorem(RunSpace runs) implements Theorem<SplitTheorem.Probed> {
    private static final int PROBES = 2;

    /**
     * A run and inputs on which the trained network is evaluated.
     *
     * @param run on one example
     * @param probes (n, d)
     */
    record Probed(DeepRun run, Array probes) {
        private Probed with(Optimizer rule) {
            return new Probed(run.with(rule), probes);
        }
    }

    /**
     * What is seen of it.
     *
     * @param met parameters and losses of the course
     * @param there output on the training input, (1, k)
     * @param outputs on the probes, (n, k)
     */
    record Outputs(Recording met, Array there, Array outputs) implements Observation.Recorded {
        private List<StageParameters> trained() {
            return met.parameters().get(met.losses().size());
        }
    }

    /** What somebody believes of the network. */
    private interface Belief {
        Array outputs(Split split, Outputs seen);
    }

    SplitTheorem(ImagePool pool) {
        this(new RunSpace(pool));
    }

    @Override
    public String id() {
        return "T4.split";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "A deep linear network trained on one example says on any input what it says on the example, as far as the input points along it; on the rest it says what its initial first layer feeds into the trained others. Weight decay shrinks that rest by a known factor.",
                "f_t(x) = f_t(\\hat x)\\,\\frac{\\langle \\hat x, x\\rangle}{\\|\\hat x\\|^2} + r_t(\\omega)\\,W_L(t)\\cdots W_2(t)\\,W_1(0)\\,\\Pi_\\perp x, \\qquad r_t(0) = 1",
                "fully connected, no activations, biases or shortcuts; one training example, not 0; any initial weights; gradient descent, heavy ball or Nesterov, with or without weight decay",
                "goes beyond Zhang et al., ICLR 2020");
    }

    @Override
    public List<Dimension> space() {
        return List.of(
                Axes.DEPTH.logarithmic(1, 20),
                RunSpace.WIDE,
                RunSpace.HEIGHT,
                RunSpace.WIDTH,
                runs.image(),
                RunSpace.METHOD,
                RunSpace.MOMENTUM,
                RunSpace.DECAY,
                Axes.STEPS.logarithmic(1, 1000),
                RunSpace.RATE,
                RunSpace.LOSS,
                RunSpace.INITIALIZER,
                RunSpace.PRECISION,
                Axes.ENGINES_OF_DEPTH);
    }

    @Override
    public double cost(Configuration c) {
        return RunCost.ofFcn(c).operations();
    }

    @Override
    public Probed scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        Array input = runs.vectors(c, 1, random);
        int unrolled = input.size(1);
        int[] widths = RunSpace.widths(c, unrolled, 1 + random.nextInt(3), random);
        DeepRun run =
                RunSpace.run(c, RunSpace.problem(c, RunSpace.linear(RunSpace.maps(c, widths, false)), input, random));
        boolean something = Arrays.stream(run.problem().inputs().values()).anyMatch(number -> number != 0);
        return new Probed(
                run.provided(something, "the training input is 0"), RunSpace.uniform(random, PROBES, unrolled));
    }

    @Override
    public List<String> describe(Probed probed) {
        return probed.run().describe();
    }

    @Override
    public Observation observe(Probed probed) {
        DeepRun run = probed.run();
        if (run.unfit() != null) {
            return new Observation.Nothing(run.unfit());
        }
        try (Training training = run.start()) {
            Recording met = Recording.of(run, training, false);
            Outputs seen =
                    new Outputs(met, training.outputs(run.problem().inputs()), training.outputs(probed.probes()));
            DoubleStream outputs = Arrays.stream(seen.outputs().values());
            return DeepRun.finite(seen, DoubleStream.concat(met.numbers(), outputs));
        }
    }

    @Override
    public Claim claim(Probed probed) {
        double kept = Split.kept(probed.run().optimizer(), probed.run().steps());
        return claim(probed, (split, seen) -> outputs(split, seen, seen.there(), kept));
    }

    private static Claim claim(Probed probed, Belief belief) {
        DeepRun run = probed.run();
        Split split = Split.of(run.problem().inputs(), probed.probes());
        return new Claim.Given<>(
                Outputs.class,
                seen -> {
                    Array budget = split.budget(
                            run.problem(),
                            run.optimizer(),
                            seen.met().parameters(),
                            seen.met().losses(),
                            probed.probes(),
                            run.precision());
                    return new Claim.Equality(belief.outputs(split, seen), budget);
                },
                Outputs::outputs);
    }

    private static Array outputs(Split split, Outputs seen, Array there, double kept) {
        List<StageParameters> trained = seen.trained();
        StageParameters first = seen.met().parameters().get(0).get(0);
        return split.outputs(there, first, kept, trained.subList(1, trained.size()));
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(1e-14);
    }

    @Override
    public List<FalseVariant<Probed>> falseVariants() {
        return List.of(
                kept("decay factor forgotten", probed -> 1.0),
                kept(
                        "decay of one step more",
                        probed -> Split.kept(
                                probed.run().optimizer(), probed.run().steps() + 1)),
                kept(
                        "decay of every layer",
                        probed -> Math.pow(right(probed), probed.run().network().depth())),
                kept("the rest forgotten", probed -> 0.0),
                believed(
                        "targets for what was learned",
                        probed -> (split, seen) ->
                                outputs(split, seen, probed.run().problem().targets(), right(probed))),
                believed(
                        "what the example taught forgotten",
                        probed -> (split, seen) ->
                                outputs(split, seen, Array.zeros(seen.there().shape()), right(probed))),
                believed("initial upper layers", SplitTheorem::ofInitialLayers),
                believed("the whole input for what is across", SplitTheorem::ofWholeInput),
                believed("overlap not divided by the square of the norm", SplitTheorem::unnormalised),
                believed("everything that was learned, whatever the input", SplitTheorem::constant),
                built(
                        "Adam for gradient descent",
                        probed -> probed.with(Adam.of(probed.run().optimizer().learningRate()))),
                built(
                        "RMSProp for gradient descent",
                        probed ->
                                probed.with(new RmsProp(probed.run().optimizer().learningRate(), 0.99, 1e-8))),
                built("ReLU between the layers", SplitTheorem::activated));
    }

    private static double right(Probed probed) {
        return Split.kept(probed.run().optimizer(), probed.run().steps());
    }

    private static FalseVariant<Probed> kept(String name, Function<Probed, Double> factor) {
        return believed(name, probed -> (split, seen) -> outputs(split, seen, seen.there(), factor.apply(probed)));
    }

    private static FalseVariant<Probed> believed(String name, Function<Probed, Belief> belief) {
        return new FalseVariant.WrongClaim<>(name, probed -> claim(probed, belief.apply(probed)));
    }

    private static FalseVariant<Probed> built(String name, UnaryOperator<Probed> mistake) {
        return new FalseVariant.WrongConstruction<>(name, mistake);
    }

    private static Belief ofInitialLayers(Probed probed) {
        return (split, seen) -> {
            List<StageParameters> initial = seen.met().parameters().get(0);
            return split.outputs(seen.there(), initial.get(0), right(probed), initial.subList(1, initial.size()));
        };
    }

    private static Belief ofWholeInput(Probed probed) {
        return (split, seen) -> outputs(new Split(split.along(), probed.probes()), seen, seen.there(), right(probed));
    }

    private static Belief unnormalised(Probed probed) {
        double square = Arrays.stream(probed.run().problem().inputs().values())
                .map(number -> number * number)
                .sum();
        return (split, seen) -> {
            double[] overlaps =
                    Arrays.stream(split.along()).map(along -> square * along).toArray();
            return outputs(new Split(overlaps, split.across()), seen, seen.there(), right(probed));
        };
    }

    private static Belief constant(Probed probed) {
        return (split, seen) -> {
            double[] ones = new double[PROBES];
            Arrays.fill(ones, 1);
            return outputs(new Split(ones, split.across()), seen, seen.there(), right(probed));
        };
    }

    private static Probed activated(Probed probed) {
        Network network = probed.run().network();
        Network other = new Network(network.stages().stream()
                .map(stage -> new Stage(stage.map(), Activation.RELU, false))
                .toList());
        return new Probed(probed.run().with(probed.run().problem().withNetwork(other)), probed.probes());
    }
}
