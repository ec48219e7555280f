package org.idem.theorem.deep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.image.ImagePool;
import org.idem.network.Activation;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Stage;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.space.Axis;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Axes;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.idem.theory.linear.AlignedBudget;
import org.idem.theory.linear.AlignedLayers;
import org.idem.theory.linear.AlignedPath;
import org.idem.training.run.Training;

/**
 * T4.path: from aligned layers a deep linear network that learns one example follows one number for each layer.
 *
 * @param runs space of runs
 */
record PathTheorem(RunSpace runs) implements Theorem<PathTheorem.Aligned> {
    private static final int MOST_OUTPUTS = 8;
    private static final Axis.Real ACROSS = new Axis.Real("across");

    /**
     * A run from aligned layers.
     *
     * @param run of the training
     * @param layers directions and what the layers do across them
     * @param strengths at the start
     */
    record Aligned(DeepRun run, AlignedLayers layers, double[] strengths) {
        private AlignedPath path() {
            TrainingProblem problem = run.problem();
            LinearMethod method = run.optimizer();
            return new AlignedPath(
                    AlignedLayers.norm(problem.inputs().values()),
                    AlignedLayers.norm(problem.targets().values()),
                    problem.loss().scale(problem.targets().length()),
                    method.learningRate(),
                    method.weightDecay());
        }

        private Aligned with(DeepRun other) {
            return new Aligned(other, layers, strengths);
        }
    }

    /** How somebody believes that strengths move in a step. */
    private interface Step {
        double[] next(AlignedPath path, double[] strengths);
    }

    PathTheorem(ImagePool pool) {
        this(new RunSpace(pool));
    }

    @Override
    public String id() {
        return "T4.path";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "If each layer of a deep linear network passes on what the layer below makes of the one training example, in its direction, and the last writes along the target, then gradient descent keeps it so for ever: each layer changes in one number, these numbers follow a recursion of their own, and what the layers do across stays as it is, but for weight decay.",
                "W_j(t) = s_j(t)\\,u_j u_{j-1}^\\top + (1-\\eta\\omega)^t R_j, \\qquad s_j \\leftarrow s_j - \\eta\\Bigl(c\\rho\\bigl(\\rho\\prod_i s_i - \\tau\\bigr)\\prod_{i \\ne j} s_i + \\omega s_j\\Bigr)",
                "fully connected, no activations or biases; one example; u_0 = x̂/ρ, u_L = y/τ, R_j u_{j−1} = 0, u_jᵀR_j = 0; any widths and unequal s_j; gradient descent with or without weight decay; stable along and across the path: ηc times both curvatures below 2",
                "goes beyond Zhang et al., ICLR 2020; after Saxe, McClelland and Ganguli, ICLR 2014");
    }

    @Override
    public List<Dimension> space() {
        return List.of(
                Axes.DEPTH.logarithmic(1, 20),
                RunSpace.WIDE,
                RunSpace.HEIGHT,
                RunSpace.WIDTH,
                runs.image(),
                ACROSS.between(0.0625, 0.75),
                RunSpace.DECAY,
                Axes.STEPS.logarithmic(1, 1000),
                Axes.RATE.between(0.0625, 1.75),
                RunSpace.LOSS,
                RunSpace.PRECISION,
                Axes.ENGINES_OF_DEPTH);
    }

    @Override
    public double cost(Configuration c) {
        return RunCost.ofFcn(c).operations();
    }

    @Override
    public Aligned scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        Precision precision = c.get(Axes.PRECISION);
        Array input = runs.vectors(c, 1, random).rounded(precision);
        int unrolled = input.size(1);
        int[] widths = RunSpace.widths(c, unrolled, 1 + random.nextInt(MOST_OUTPUTS), random);
        Array target = RunSpace.uniform(random, 1, widths[widths.length - 1]);
        boolean something = AlignedLayers.norm(input.values()) > 0 && AlignedLayers.norm(target.values()) > 0;
        double ratio = something ? AlignedLayers.norm(target.values()) / AlignedLayers.norm(input.values()) : 1;
        double each = Math.pow(ratio, 1.0 / (widths.length - 1));
        AlignedLayers layers = layers(
                something ? input.values() : gaussian(random, unrolled, 1),
                something ? target.values() : gaussian(random, target.length(), 1),
                widths,
                each * c.get(ACROSS),
                random);
        double[] strengths = new double[widths.length - 1];
        for (int layer = 0; layer < strengths.length; layer++) {
            strengths[layer] = each * random.nextDouble(0.7, 1.3);
        }
        Network network = RunSpace.linear(RunSpace.maps(c, widths, false));
        Loss loss = c.get(Axes.LOSS);
        TrainingProblem problem = new TrainingProblem(
                        network, input, target, stages(layers.weights(strengths, 1)), loss)
                .rounded(precision);
        double curvature = curvature(problem, strengths, ratio);
        double rate = (float) (c.get(Axes.RATE) / curvature);
        LinearMethod method = new LinearMethod(rate, 0, false, c.get(Axes.DECAY));
        DeepRun run = new DeepRun(problem, method, c.get(Axes.STEPS), 1, precision, DeepRun.engine(c), null);
        return new Aligned(run.provided(something, "example or target is 0"), layers, strengths);
    }

    /** c times the largest curvature at the start and where the strengths, enlarged alike, fit the target. */
    private static double curvature(TrainingProblem problem, double[] strengths, double ratio) {
        double norm = AlignedLayers.norm(problem.inputs().values());
        AlignedPath path = new AlignedPath(norm > 0 ? norm : 1, 1, 1, 1, 0);
        double product = Arrays.stream(strengths).reduce(1, (a, b) -> a * b);
        double factor = Math.pow(ratio / product, 1.0 / strengths.length);
        double[] fitting = Arrays.stream(strengths).map(s -> factor * s).toArray();
        double largest = Math.max(path.curvature(strengths), path.curvature(fitting));
        return problem.loss().scale(problem.targets().length()) * largest;
    }

    private static List<StageParameters> stages(List<Array> weights) {
        return weights.stream().map(weight -> new StageParameters(weight, null)).toList();
    }

    private static AlignedLayers layers(
            double[] input, double[] target, int[] widths, double size, SplittableRandom random) {
        List<double[]> directions = new ArrayList<>(List.of(input));
        List<Array> across = new ArrayList<>();
        for (int layer = 1; layer < widths.length; layer++) {
            boolean last = layer == widths.length - 1;
            directions.add(last ? target : gaussian(random, widths[layer], 1));
            int numbers = widths[layer] * widths[layer - 1];
            double[] matrix = gaussian(random, numbers, size / Math.sqrt(numbers));
            across.add(Array.of(matrix, widths[layer], widths[layer - 1]));
        }
        return AlignedLayers.of(directions, across);
    }

    private static double[] gaussian(SplittableRandom random, int count, double deviation) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = deviation * random.nextGaussian();
        }
        return numbers;
    }

    @Override
    public List<String> describe(Aligned aligned) {
        return aligned.run().describe();
    }

    @Override
    public Observation observe(Aligned aligned) {
        if (aligned.run().unfit() != null) {
            return new Observation.Nothing(aligned.run().unfit());
        }
        try (Training training = aligned.run().start()) {
            training.train(aligned.run().steps());
            List<StageParameters> parameters = training.parameters();
            Array seen =
                    joined(parameters.stream().map(StageParameters::weights).toList());
            return DeepRun.finite(new Observation.Seen(seen), DeepRun.numbers(parameters));
        }
    }

    private static Array joined(List<Array> weights) {
        double[] all = weights.stream()
                .flatMapToDouble(weight -> Arrays.stream(weight.values()))
                .toArray();
        return Array.of(all, all.length);
    }

    @Override
    public Claim claim(Aligned aligned) {
        return claim(aligned, aligned.path(), AlignedPath::step, aligned.run().steps());
    }

    private static Claim claim(Aligned aligned, AlignedPath believed, Step step, int steps) {
        double[] strengths = aligned.strengths();
        for (int i = 0; i < steps; i++) {
            strengths = step.next(believed, strengths);
        }
        return claim(aligned, aligned.layers().weights(strengths, believed.kept(steps)));
    }

    private static Claim claim(Aligned aligned, List<Array> weights) {
        AlignedPath path = aligned.path();
        AlignedLayers layers = aligned.layers();
        double[] across = layers.acrossNorms();
        double bound = new AlignedBudget(
                        path, across, across, layers.widest(), aligned.run().precision())
                .after(path.strengths(aligned.strengths(), aligned.run().steps()));
        Array values = joined(weights);
        double[] budget = new double[values.length()];
        Arrays.fill(budget, Double.isNaN(bound) ? Double.POSITIVE_INFINITY : bound);
        return new Claim.Equality(values, Array.of(budget, budget.length));
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(1e-13);
    }

    @Override
    public List<FalseVariant<Aligned>> falseVariants() {
        return List.of(
                stepping("a factor s short in the gradient", (path, s) -> moved(path, s, (j, i) -> i > 0)),
                stepping("layers above forgotten", (path, s) -> moved(path, s, (j, i) -> i < j)),
                stepping("layers below forgotten", (path, s) -> moved(path, s, (j, i) -> i > j)),
                stepping("all layers move alike", PathTheorem::alike),
                stepping(
                        "decay of the strengths forgotten",
                        (path, s) -> without(path, path.targetNorm()).step(s)),
                stepping(
                        "the target is the direction alone",
                        (path, s) -> new AlignedPath(
                                        path.inputNorm(), 1, path.lossScale(), path.learningRate(), path.decay())
                                .step(s)),
                new FalseVariant.WrongClaim<>(
                        "what layers do across does not decay",
                        aligned -> claim(aligned, aligned.layers().weights(last(aligned), 1))),
                new FalseVariant.WrongClaim<>(
                        "what layers do across is forgotten",
                        aligned -> claim(aligned, aligned.layers().weights(last(aligned), 0))),
                new FalseVariant.WrongClaim<>(
                        "a step more",
                        aligned -> claim(
                                aligned,
                                aligned.path(),
                                AlignedPath::step,
                                aligned.run().steps() + 1)),
                new FalseVariant.WrongClaim<>(
                        "factor of the loss forgotten",
                        aligned -> claim(
                                aligned,
                                ofHalfSum(aligned.path()),
                                AlignedPath::step,
                                aligned.run().steps())),
                built(
                        "momentum",
                        aligned -> aligned.with(aligned.run()
                                .with(new LinearMethod(
                                        aligned.run().optimizer().learningRate(),
                                        0.5,
                                        false,
                                        aligned.run().optimizer().weightDecay())))),
                built("ReLU between the layers", PathTheorem::activated),
                built("directions that do not meet", PathTheorem::turned));
    }

    private static double[] last(Aligned aligned) {
        List<double[]> strengths =
                aligned.path().strengths(aligned.strengths(), aligned.run().steps());
        return strengths.get(strengths.size() - 1);
    }

    private static FalseVariant<Aligned> stepping(String name, Step step) {
        return new FalseVariant.WrongClaim<>(
                name,
                aligned -> claim(aligned, aligned.path(), step, aligned.run().steps()));
    }

    private static FalseVariant<Aligned> built(String name, UnaryOperator<Aligned> mistake) {
        return new FalseVariant.WrongConstruction<>(name, mistake);
    }

    private interface Counted {
        boolean isFactor(int moved, int other);
    }

    /** A step with some of the factors of the gradient. */
    private static double[] moved(AlignedPath path, double[] strengths, Counted counted) {
        double product = Arrays.stream(strengths).reduce(1, (a, b) -> a * b);
        double pull = path.lossScale() * path.inputNorm() * (path.inputNorm() * product - path.targetNorm());
        double[] next = strengths.clone();
        for (int j = 0; j < next.length; j++) {
            double gradient = pull;
            for (int i = 0; i < next.length; i++) {
                gradient *= i != j && counted.isFactor(j, i) ? strengths[i] : 1;
            }
            next[j] -= path.learningRate() * (gradient + path.decay() * strengths[j]);
        }
        return next;
    }

    private static double[] alike(AlignedPath path, double[] strengths) {
        double[] next = path.step(strengths);
        double move = 0;
        for (int j = 0; j < next.length; j++) {
            move += (next[j] - strengths[j]) / next.length;
        }
        double mean = move;
        return Arrays.stream(strengths).map(s -> s + mean).toArray();
    }

    private static AlignedPath without(AlignedPath path, double targetNorm) {
        return new AlignedPath(path.inputNorm(), targetNorm, path.lossScale(), path.learningRate(), 0);
    }

    private static AlignedPath ofHalfSum(AlignedPath path) {
        return new AlignedPath(path.inputNorm(), path.targetNorm(), 1, path.learningRate(), path.decay());
    }

    private static Aligned activated(Aligned aligned) {
        TrainingProblem problem = aligned.run().problem();
        List<Stage> stages = problem.network().stages().stream()
                .map(stage -> new Stage(stage.map(), Activation.RELU, false))
                .toList();
        return aligned.with(aligned.run().with(problem.withNetwork(new Network(stages))));
    }

    /** Each layer reads the reverse of what the layer below writes. */
    private static Aligned turned(Aligned aligned) {
        TrainingProblem problem = aligned.run().problem();
        List<StageParameters> initial = new ArrayList<>(problem.initial().subList(0, 1));
        for (StageParameters stage :
                problem.initial().subList(1, problem.initial().size())) {
            Array weights = stage.weights();
            int columns = weights.size(1);
            double[] reversed = new double[weights.length()];
            for (int i = 0; i < reversed.length; i++) {
                reversed[i] = weights.values()[i / columns * columns + columns - 1 - i % columns];
            }
            initial.add(new StageParameters(Array.of(reversed, weights.shape()), null));
        }
        return aligned.with(aligned.run().with(problem.withInitial(initial)));
    }
}
