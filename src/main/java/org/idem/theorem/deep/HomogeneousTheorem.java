package org.idem.theorem.deep;

import java.util.ArrayList;
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
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.LinearMap;
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
import org.idem.theory.deep.Homogeneity;
import org.idem.training.run.Training;

/**
 * T6.homogeneous: a network of linear, ReLU or leaky ReLU layers without biases passes positive factors on.
 *
 * @param runs space of runs
 */
record HomogeneousTheorem(RunSpace runs) implements Theorem<HomogeneousTheorem.Scaled> {
    private static final int MOST_BINADES = 6;

    /**
     * A network, an input and a factor.
     *
     * @param run of the training
     * @param input x, as a batch of one
     * @param factor α
     */
    record Scaled(DeepRun run, Array input, double factor) {
        private Scaled with(DeepRun other) {
            return new Scaled(other, input, factor);
        }
    }

    /**
     * What is seen of it.
     *
     * @param parameters weights after training
     * @param signals outputs of every stage on the input
     * @param scaled outputs on the input times the factor
     * @param turned outputs on the input times the factor turned round
     * @param ofZero outputs on the input 0
     */
    record Outputs(List<StageParameters> parameters, List<Array> signals, Array scaled, Array turned, Array ofZero)
            implements Observation.Recorded {
        private Array output() {
            return signals.get(signals.size() - 1);
        }
    }

    HomogeneousTheorem(ImagePool pool) {
        this(new RunSpace(pool));
    }

    private static Array times(double factor, Array array) {
        double[] times =
                Arrays.stream(array.values()).map(number -> factor * number).toArray();
        return Array.of(times, array.shape());
    }

    @Override
    public String id() {
        return "T6.homogeneous";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "Whatever its training, a network of linear, ReLU or leaky ReLU layers without biases answers 0 with 0 and a brighter input with an output brighter by the same factor. So once it reproduces an image it reproduces every brighter and darker copy of it, and the image is no strict attractor.",
                "f(0) = 0, \\qquad f(\\alpha x) = \\alpha f(x) \\quad (\\alpha > 0)",
                "no biases; any depth, widths, padding and shortcuts; any weights, trained by any rule; without activations any α",
                "goes beyond Zhang et al., ICLR 2020; homogeneity of ReLU networks is well known");
    }

    @Override
    public List<Dimension> space() {
        List<Dimension> space = new ArrayList<>(runs.symmetric());
        space.add(Axes.CONVOLUTION.all());
        space.add(Axes.ACTIVATION.among(Activation.LINEAR, Activation.RELU, Activation.LEAKY_RELU));
        space.add(Axes.PADDING.among(Padding.SAME, Padding.CIRCULAR));
        return space;
    }

    @Override
    public double cost(Configuration c) {
        return c.get(Axes.CONVOLUTION)
                ? RunCost.ofSymmetry(c)
                : RunCost.ofFcn(c).operations();
    }

    @Override
    public Scaled scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        DeepRun run = runs.symmetric(c, 0, 1 + random.nextInt(3), random);
        Array input = RunSpace.uniform(random, run.problem().inputs().shape());
        return new Scaled(run, input, factor(c, random));
    }

    /** A power of two, or any number of eight bits: the input times it is exact in both precisions. */
    private static double factor(Configuration c, SplittableRandom random) {
        double power = Math.scalb(1.0, random.nextInt(-MOST_BINADES, MOST_BINADES + 1));
        double factor = random.nextBoolean() ? power : power * (1 + random.nextInt(128) * 0x1p-7);
        return c.get(Axes.ACTIVATION) == Activation.LINEAR && random.nextBoolean() ? -factor : factor;
    }

    @Override
    public List<String> describe(Scaled scaled) {
        List<String> lines = new ArrayList<>(scaled.run().describe());
        lines.add("factor        " + scaled.factor());
        return lines;
    }

    @Override
    public Observation observe(Scaled scaled) {
        if (scaled.run().unfit() != null) {
            return new Observation.Nothing(scaled.run().unfit());
        }
        try (Training training = scaled.run().start()) {
            training.train(scaled.run().steps());
            Array zero = Array.zeros(scaled.input().shape());
            Outputs seen = new Outputs(
                    training.parameters(),
                    training.signals(scaled.input()),
                    training.outputs(times(scaled.factor(), scaled.input())),
                    training.outputs(times(-scaled.factor(), scaled.input())),
                    training.outputs(zero));
            return DeepRun.finite(
                    seen,
                    DoubleStream.concat(
                            DeepRun.numbers(seen.parameters()),
                            DoubleStream.concat(
                                    Arrays.stream(seen.output().values()),
                                    Arrays.stream(seen.scaled().values()))));
        }
    }

    @Override
    public Claim claim(Scaled scaled) {
        return claim(scaled, scaled.factor(), Outputs::scaled);
    }

    private static Claim claim(Scaled scaled, double factor, Function<Outputs, Array> answer) {
        return new Claim.Given<>(
                Outputs.class,
                seen -> {
                    Array values = joined(
                            times(factor, seen.output()),
                            Array.zeros(seen.ofZero().shape()));
                    Array budget = Homogeneity.budget(
                            scaled.run().network(),
                            Recording.weightsOnly(seen.parameters()),
                            scaled.input(),
                            scaled.factor(),
                            seen.signals(),
                            scaled.run().precision());
                    return new Claim.Equality(
                            values, joined(budget, Array.zeros(seen.ofZero().shape())));
                },
                seen -> joined(answer.apply(seen), seen.ofZero()));
    }

    private static Array joined(Array first, Array second) {
        double[] all = Arrays.copyOf(first.values(), first.length() + second.length());
        System.arraycopy(second.values(), 0, all, first.length(), second.length());
        return Array.of(all, all.length);
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(1e-15);
    }

    @Override
    public List<FalseVariant<Scaled>> falseVariants() {
        return List.of(
                ofFactor("of degree 0: outputs stay as bright", scaled -> 1.0),
                ofFactor("of degree 2", scaled -> scaled.factor() * scaled.factor()),
                ofFactor(
                        "of the degree of the depth",
                        scaled ->
                                Math.pow(scaled.factor(), scaled.run().network().depth())),
                ofFactor("the size of the factor alone", scaled -> Math.abs(scaled.factor())),
                new FalseVariant.WrongClaim<>(
                        "negative factors, too", scaled -> claim(scaled, -scaled.factor(), Outputs::turned)),
                built("with biases", HomogeneousTheorem::withBiases),
                built("tanh between the layers", scaled -> activated(scaled, Activation.TANH)),
                built("erf between the layers", scaled -> activated(scaled, Activation.ERF)),
                built("softplus between the layers", scaled -> activated(scaled, Activation.SOFTPLUS)),
                built("sigmoid between the layers", scaled -> activated(scaled, Activation.SIGMOID)));
    }

    private static FalseVariant<Scaled> ofFactor(String name, Function<Scaled, Double> factor) {
        return new FalseVariant.WrongClaim<>(name, scaled -> claim(scaled, factor.apply(scaled), Outputs::scaled));
    }

    private static FalseVariant<Scaled> built(String name, UnaryOperator<Scaled> mistake) {
        return new FalseVariant.WrongConstruction<>(name, mistake);
    }

    private static Scaled activated(Scaled scaled, Activation activation) {
        Network network = scaled.run().network();
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i < network.depth(); i++) {
            Stage stage = network.stages().get(i);
            boolean last = i == network.depth() - 1;
            stages.add(new Stage(stage.map(), last ? stage.activation() : activation, stage.residual()));
        }
        return scaled.with(scaled.run().with(scaled.run().problem().withNetwork(new Network(stages))));
    }

    private static Scaled withBiases(Scaled scaled) {
        TrainingProblem problem = scaled.run().problem();
        List<Stage> stages = new ArrayList<>();
        List<StageParameters> initial = new ArrayList<>();
        for (int i = 0; i < problem.network().depth(); i++) {
            Stage stage = problem.network().stages().get(i);
            LinearMap map = stage.map();
            LinearMap biased = map instanceof Cnn cnn
                    ? new Cnn(cnn.channels(), cnn.outputs(), cnn.kernel(), cnn.padding(), true)
                    : new Fcn(map.fanIn(), map.outputs(), true);
            Array bias = Array.zeros(map.outputs());
            Arrays.fill(bias.values(), 0.25);
            stages.add(new Stage(biased, stage.activation(), stage.residual()));
            initial.add(new StageParameters(problem.initial().get(i).weights(), bias));
        }
        TrainingProblem other =
                new TrainingProblem(new Network(stages), problem.inputs(), problem.targets(), initial, problem.loss());
        return scaled.with(scaled.run().with(other));
    }
}
