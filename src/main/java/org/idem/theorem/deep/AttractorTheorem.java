package org.idem.theorem.deep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.image.ImagePool;
import org.idem.network.Activation;
import org.idem.network.Fcn;
import org.idem.network.LinearMethod;
import org.idem.network.Network;
import org.idem.network.Stage;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.space.Axis;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Axes;
import org.idem.theorem.Claim;
import org.idem.theorem.Engine;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.idem.theory.deep.EqualUnits;
import org.idem.theory.deep.EqualUnits.State;
import org.idem.theory.deep.EqualUnitsBudget;
import org.idem.training.run.Training;

/**
 * T6.attractor: a hidden layer of equal curved units that read along the example answers with multiples of one image,
 * and whether it attracts depends on one number.
 *
 * @param runs space of runs
 */
record AttractorTheorem(RunSpace runs) implements Theorem<AttractorTheorem.Posed> {
    private static final Axis.Real PREACTIVATION = new Axis.Real("preactivation");
    private static final Axis.Real START = new Axis.Real("start");

    /** How often an answer is asked again. */
    private static final int ITERATIONS = 4;

    /** Divides the cost, so that wide layers and long runs are drawn often enough. */
    private static final double WORTH = 8;

    /**
     * A start of equal units, and the inputs that are asked.
     *
     * @param run of the training
     * @param network the recursion of its numbers
     * @param start the numbers at the start
     * @param end the numbers after training
     * @param off how far rounding can carry the trained weights from these
     * @param across w, at right angles to the example and as long
     * @param probe any input
     * @param brighter the example made a little brighter
     * @param darker the example made a little darker
     */
    record Posed(
            DeepRun run,
            EqualUnits network,
            State start,
            State end,
            double off,
            double[] across,
            Array probe,
            Array brighter,
            Array darker) {
        private double[] example() {
            return run.problem().inputs().values();
        }

        /** ⟨x̂, z⟩/‖x̂‖². */
        private double factor(double[] input) {
            return RunSpace.dot(example(), input) / RunSpace.dot(example(), example());
        }

        private Posed with(DeepRun other) {
            return new Posed(other, network, start, end, off, across, probe, brighter, darker);
        }
    }

    /**
     * What somebody believes of the trained network.
     *
     * @param end its numbers
     * @param answer from the factor of an input to the parts of the answer along x̂ and w
     * @param reaction parts of the derivative of the answer by the factor, at the example
     */
    private record Belief(State end, DoubleFunction<double[]> answer, double[] reaction) {
        static Belief of(Posed posed, State end) {
            EqualUnits network = posed.network();
            return new Belief(end, factor -> network.answer(end, factor), network.reaction(end));
        }

        /** Answers as they are, but a wrong reaction. */
        Belief reacting(double factor) {
            return new Belief(end, answer, scaled(factor, reaction));
        }

        /** The answer to the example, times a function of the factor that has such a slope there. */
        Belief shaped(DoubleUnaryOperator shape, double slope) {
            double[] there = answer.apply(1);
            return new Belief(end, factor -> scaled(shape.applyAsDouble(factor), there), scaled(slope, there));
        }
    }

    AttractorTheorem(ImagePool pool) {
        this(new RunSpace(pool));
    }

    @Override
    public String id() {
        return "T6.attractor";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "If all units of one curved hidden layer are equal at the start and read along the one example, they stay so for ever, and three numbers follow a recursion of their own. Once the network reproduces the example it answers every input with a multiple of it, and the example attracts its neighbours if ζφ′(ζ)/φ(ζ), the only eigenvalue of the Jacobian that is not 0, is below one in size, and does not if it is above. Of a size of exactly one nothing is said.",
                "f(z) = \\hat x\\,\\frac{\\varphi(\\zeta\\langle\\hat x, z\\rangle/s)}{\\varphi(\\zeta)}, \\qquad \\lambda = \\frac{\\zeta\\varphi'(\\zeta)}{\\varphi(\\zeta)} \\quad (\\tanh:\\ 2\\zeta/\\sinh 2\\zeta)",
                "two layers, no biases, one example, target the example; φ = tanh, erf, sigmoid or softplus; W_1(0) = (ζ/s)1x̂ᵀ, W_2(0) = v1ᵀ; s = ‖x̂‖²; any widths; gradient descent of any number of steps; before it has arrived, f(z) = nφ(ζ⟨x̂,z⟩/s)v",
                "goes beyond Zhang et al., ICLR 2020");
    }

    @Override
    public List<Dimension> space() {
        return List.of(
                RunSpace.WIDE,
                RunSpace.HEIGHT,
                RunSpace.WIDTH,
                runs.image(),
                Axes.ACTIVATION.among(Activation.TANH, Activation.ERF, Activation.SIGMOID, Activation.SOFTPLUS),
                PREACTIVATION.between(0.125, 2.5),
                START.between(-0.75, 0.75),
                Axes.STEPS.logarithmic(1, 500),
                Axes.RATE.between(0.25, 1.25),
                RunSpace.LOSS,
                RunSpace.PRECISION,
                Axes.ENGINES_OF_DEPTH);
    }

    @Override
    public double cost(Configuration c) {
        double weights = 2.0 * c.get(Axes.UNITS) * c.get(Axes.HEIGHT) * c.get(Axes.WIDTH);
        return new RunCost(weights, weights, 2, c.get(Axes.STEPS) + ITERATIONS, Engine.of(c)).training() / WORTH;
    }

    @Override
    public Posed scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        Precision precision = c.get(Axes.PRECISION);
        Array input = runs.vectors(c, 1, random).rounded(precision);
        double[] example = input.values();
        int d = example.length;
        double norm = Math.sqrt(RunSpace.dot(example, example));
        boolean something = norm > 0;
        if (!something) {
            example = RunSpace.gaussian(random, d, 1);
            norm = Math.sqrt(RunSpace.dot(example, example));
        }
        int units = c.get(Axes.UNITS);
        double[] across = across(example, norm, RunSpace.gaussian(random, d, 1));
        double zeta = random.nextInt(4) == 0 ? -c.get(PREACTIVATION) : c.get(PREACTIVATION);
        double lossScale = c.get(Axes.LOSS).scale(d);
        EqualUnits still = new EqualUnits(c.get(Axes.ACTIVATION), units, norm, lossScale, 1);
        double side = RunSpace.dot(across, across) > 0 ? c.get(START) * random.nextDouble(-1, 1) : 0;
        State start = still.near(zeta, c.get(START), side);
        double most = Math.max(still.reach(start), still.reach(still.near(zeta, 0, 0)));
        double rate = (float) (c.get(Axes.RATE) / (lossScale * most * most));
        EqualUnits network = new EqualUnits(c.get(Axes.ACTIVATION), units, norm, lossScale, rate);
        List<State> path = network.path(start, c.get(Axes.STEPS));
        TrainingProblem problem = new TrainingProblem(
                        new Network(List.of(
                                new Stage(new Fcn(d, units, false), c.get(Axes.ACTIVATION), false),
                                new Stage(new Fcn(units, d, false), Activation.LINEAR, false))),
                        input,
                        input,
                        network.weights(start, example, across).stream()
                                .map(weights -> new StageParameters(weights, null))
                                .toList(),
                        c.get(Axes.LOSS))
                .rounded(precision);
        DeepRun run = new DeepRun(
                problem, LinearMethod.gradientDescent(rate), c.get(Axes.STEPS), 1, precision, DeepRun.engine(c), null);
        double step = precision == Precision.FLOAT32 ? 0x1p-5 : 0x1p-14;
        return new Posed(
                run.provided(something, "the example is 0"),
                network,
                start,
                path.get(path.size() - 1),
                new EqualUnitsBudget(network, d, precision).after(path),
                across,
                probe(example, norm, random).rounded(precision),
                times(1 + step, example).rounded(precision),
                times(1 - step, example).rounded(precision));
    }

    /** An input of about the example's size with a part along it. */
    private static Array probe(double[] example, double norm, SplittableRandom random) {
        double[] probe = RunSpace.gaussian(random, example.length, 1);
        double along = random.nextDouble(-1.5, 1.5);
        for (int i = 0; i < probe.length; i++) {
            probe[i] = along * example[i] + norm / Math.sqrt(probe.length) * probe[i];
        }
        return Array.of(probe, 1, probe.length);
    }

    private static double[] scaled(double factor, double[] vector) {
        return Arrays.stream(vector).map(number -> factor * number).toArray();
    }

    private static Array times(double factor, double[] vector) {
        return Array.of(scaled(factor, vector), 1, vector.length);
    }

    /** A vector at right angles to the example and as long; 0 where there is none. */
    private static double[] across(double[] example, double norm, double[] drawn) {
        double[] across = RunSpace.orthogonal(drawn, example);
        double length = Math.sqrt(RunSpace.dot(across, across));
        double factor = example.length > 1 && length > 0 ? norm / length : 0;
        return scaled(factor, across);
    }

    @Override
    public List<String> describe(Posed posed) {
        List<String> lines = new ArrayList<>(posed.run().describe());
        lines.add("numbers       " + posed.end() + " after training from " + posed.start());
        return lines;
    }

    @Override
    public Observation observe(Posed posed) {
        if (posed.run().unfit() != null) {
            return new Observation.Nothing(posed.run().unfit());
        }
        try (Training training = posed.run().start()) {
            training.train(posed.run().steps());
            List<double[]> seen = new ArrayList<>();
            Array asked = posed.probe();
            for (int i = 0; i < ITERATIONS; i++) {
                asked = training.outputs(asked);
                seen.add(asked.values());
            }
            double[] more = training.outputs(posed.brighter()).values();
            double[] less = training.outputs(posed.darker()).values();
            double width = posed.factor(posed.brighter().values())
                    - posed.factor(posed.darker().values());
            double[] quotient = new double[more.length];
            for (int i = 0; i < more.length; i++) {
                quotient[i] = (more[i] - less[i]) / width;
            }
            seen.add(quotient);
            double[] all = seen.stream().flatMapToDouble(Arrays::stream).toArray();
            return DeepRun.finite(new Observation.Seen(Array.of(all, all.length)), Arrays.stream(all));
        }
    }

    @Override
    public Claim claim(Posed posed) {
        return claim(posed, asItIs(posed));
    }

    private static Belief asItIs(Posed posed) {
        return Belief.of(posed, posed.end());
    }

    private static Claim claim(Posed posed, Belief belief) {
        double[] example = posed.example();
        int d = example.length;
        double[] values = new double[(ITERATIONS + 1) * d];
        double[] budget = new double[values.length];
        EqualUnitsBudget bounds =
                new EqualUnitsBudget(posed.network(), d, posed.run().precision());
        double off = posed.off();
        State last = posed.end();
        double factor = posed.factor(posed.probe().values());
        double size =
                Math.sqrt(RunSpace.dot(posed.probe().values(), posed.probe().values()));
        double error = 0;
        // budgets follow the true network, whatever is believed of it
        double trueFactor = factor;
        for (int i = 0; i < ITERATIONS; i++) {
            error = bounds.ofAnswer(last, off, size, trueFactor, error);
            double[] parts = belief.answer().apply(factor);
            fill(posed, parts, error, i, values, budget);
            double[] trueParts = posed.network().answer(last, trueFactor);
            size = posed.network().norm() * Math.hypot(trueParts[0], trueParts[1]);
            factor = parts[0];
            trueFactor = trueParts[0];
        }
        double more = posed.factor(posed.brighter().values());
        double less = posed.factor(posed.darker().values());
        double norm = posed.network().norm();
        double errors = bounds.ofAnswer(last, off, Math.abs(more) * norm * (1 + 0x1p-20), more, 0)
                + bounds.ofAnswer(last, off, Math.abs(less) * norm * (1 + 0x1p-20), less, 0);
        double ofQuotient = bounds.ofReaction(last, errors, (more + less) / 2, more - less);
        fill(posed, belief.reaction(), ofQuotient, ITERATIONS, values, budget);
        return new Claim.Equality(Array.of(values, values.length), Array.of(budget, budget.length));
    }

    private static void fill(Posed posed, double[] parts, double error, int place, double[] values, double[] budget) {
        int d = posed.example().length;
        for (int i = 0; i < d; i++) {
            values[place * d + i] = parts[0] * posed.example()[i] + parts[1] * posed.across()[i];
            budget[place * d + i] = Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
        }
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(1e-12);
    }

    @Override
    public List<FalseVariant<Posed>> falseVariants() {
        return List.of(
                believing("brighter inputs, brighter answers", (posed, is) -> is.shaped(factor -> factor, 1)),
                believing("every input is answered with the example", (posed, is) -> is.shaped(factor -> 1, 0)),
                believing(
                        "the eigenvalue is φ′(ζ)/φ(ζ)",
                        (posed, is) -> is.reacting(1 / is.end().preactivation())),
                believing(
                        "the eigenvalue is ζφ′(ζ)",
                        (posed, is) ->
                                is.reacting(posed.network().value(is.end().preactivation()))),
                believing(
                        "the eigenvalue is 2ζ/sinh 2ζ for every activation",
                        (posed, is) -> is.reacting(asTanh(posed, is.end()))),
                numbering(
                        "only the last layer learns",
                        (posed, end) -> new State(posed.start().preactivation(), end.along(), end.across())),
                numbering(
                        "only the first layer learns",
                        (posed, end) -> new State(
                                end.preactivation(),
                                posed.start().along(),
                                posed.start().across())),
                numbering(
                        "the example is reproduced after any number of steps",
                        (posed, end) -> new State(
                                end.preactivation(),
                                1 / (posed.network().units() * posed.network().value(end.preactivation())),
                                0)),
                numbering("a step more", (posed, end) -> posed.network().step(end)),
                built("equal preactivations suffice", AttractorTheorem::readingAcross),
                built("ReLU between the layers", AttractorTheorem::rectified));
    }

    private static FalseVariant<Posed> believing(String name, BiFunction<Posed, Belief, Belief> wrong) {
        return new FalseVariant.WrongClaim<>(name, posed -> claim(posed, wrong.apply(posed, asItIs(posed))));
    }

    private static FalseVariant<Posed> numbering(String name, BiFunction<Posed, State, State> wrong) {
        return believing(name, (posed, is) -> Belief.of(posed, wrong.apply(posed, is.end())));
    }

    private static FalseVariant<Posed> built(String name, UnaryOperator<Posed> mistake) {
        return new FalseVariant.WrongConstruction<>(name, mistake);
    }

    private static double asTanh(Posed posed, State end) {
        double zeta = end.preactivation();
        double is = zeta * posed.network().slope(zeta) / posed.network().value(zeta);
        return 2 * zeta / Math.sinh(2 * zeta) / is;
    }

    /** Every unit reads w as well, every other one less: preactivations on the example stay equal. */
    private static Posed readingAcross(Posed posed) {
        TrainingProblem problem = posed.run().problem();
        double[] weights = problem.initial().get(0).weights().values().clone();
        int d = posed.example().length;
        double size = 1 / RunSpace.dot(posed.example(), posed.example());
        for (int i = 0; i < weights.length; i++) {
            weights[i] += (i / d % 2 == 0 ? 0.5 : -0.25) * size * posed.across()[i % d];
        }
        Array reading = Array.of(weights, posed.network().units(), d);
        List<StageParameters> initial =
                List.of(new StageParameters(reading, null), problem.initial().get(1));
        return posed.with(posed.run()
                .with(problem.withInitial(initial).rounded(posed.run().precision())));
    }

    private static Posed rectified(Posed posed) {
        TrainingProblem problem = posed.run().problem();
        List<Stage> stages = problem.network().stages();
        Network other = new Network(List.of(new Stage(stages.get(0).map(), Activation.RELU, false), stages.get(1)));
        return posed.with(posed.run().with(problem.withNetwork(other)));
    }
}
