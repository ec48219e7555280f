package org.idem.theorem.deep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
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
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Rate;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.idem.theory.Extrapolation;
import org.idem.theory.flow.StrengthFlow;
import org.idem.theory.linear.AcrossReach;
import org.idem.theory.linear.AlignedBudget;
import org.idem.theory.linear.AlignedLayers;
import org.idem.theory.linear.AlignedPath;
import org.idem.training.run.Training;

/**
 * T4.flow: under gradient flow, aligned equal layers follow a law in closed form. The trial trains for the same time
 * with ever shorter steps; extrapolated from some of these runs, the weights must near the law like a power of the
 * length of a step.
 *
 * @param runs space of runs
 */
record DeepFlowTheorem(RunSpace runs) implements Theorem<DeepFlowTheorem.Flowing> {
    private static final int MOST_OUTPUTS = 8;
    private static final Axis.Real ACROSS = new Axis.Real("across");
    private static final Axis.Real LEARNT = new Axis.Real("learnt");
    private static final Axis.Real TIME = new Axis.Real("time");
    private static final Axis.Whole ORDER = new Axis.Whole("order");

    /** Divides the cost, so that deeper networks and higher orders are drawn often enough. */
    private static final double WORTH = 32;

    /**
     * A start from aligned equal layers.
     *
     * @param run with the longest steps
     * @param layers directions and what the layers do across them
     * @param learnt p at the start, output over target
     * @param order runs that are extrapolated together, the power of the steps' length that is claimed
     * @param error what rounding adds to the extrapolated weights at most, in the Frobenius norm
     */
    record Flowing(DeepRun run, AlignedLayers layers, double learnt, int order, double error) {
        private int depth() {
            return run.network().depth();
        }

        private double inputNorm() {
            return AlignedLayers.norm(run.problem().inputs().values());
        }

        private double targetNorm() {
            return AlignedLayers.norm(run.problem().targets().values());
        }

        private double lossScale() {
            return run.problem().loss().scale(run.problem().targets().length());
        }

        private double time() {
            return run.steps() * run.optimizer().learningRate();
        }

        /** Strength of a layer that fits the target. */
        private double fitting() {
            return Math.pow(targetNorm() / inputNorm(), 1.0 / depth());
        }

        /** μ. */
        private double rate() {
            // of an example or target of zeros nothing is known, and nothing asked
            return run.unfit() == null
                    ? lossScale() * inputNorm() * targetNorm() * Math.pow(fitting(), depth() - 2)
                    : 1;
        }

        /** Strength at the start in units of the fitting one. */
        private double start() {
            return Math.pow(learnt, 1.0 / depth());
        }

        private Flowing with(DeepRun other) {
            return new Flowing(other, layers, learnt, order, error);
        }
    }

    DeepFlowTheorem(ImagePool pool) {
        this(new RunSpace(pool));
    }

    @Override
    public String id() {
        return "T4.flow";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "From aligned layers of equal strength, gradient flow teaches a deep linear network its example by a law of one number: the share p of the target that is learnt grows logistically with two layers, and by a law of its own at every depth. Gradient descent nears it with ever shorter steps, and extrapolation of k runs like the power k of their length.",
                "\\dot p = L\\mu\\, p^{2-2/L}(1-p), \\qquad p = \\frac{p_0 e^{2\\mu t}}{1-p_0+p_0 e^{2\\mu t}} \\ (L=2), \\qquad -\\frac{2}{\\sqrt p}+\\ln\\frac{1+\\sqrt p}{1-\\sqrt p} = 4\\mu t + \\text{const} \\ (L=4)",
                "fully connected, no activations or biases; one example x̂ of size ρ, target y of size τ, both not 0; loss c‖f(x̂) − y‖²/2; W_j(0) = s u_ju_{j−1}ᵀ + R_j with equal s > 0, u_0 = x̂/ρ, u_L = y/τ, R_ju_{j−1} = 0, u_jᵀR_j = 0; μ = cρτ(τ/ρ)^{1−2/L}; identity task: μ = c‖x̂‖², p = s^L; a statement about these steps, not a proof of the limit",
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
                LEARNT.between(0.25, 1.5),
                TIME.between(0.25, 2),
                ORDER.from(1, 3),
                Axes.STEPS.logarithmic(8, 32),
                RunSpace.LOSS,
                RunSpace.PRECISION,
                Axes.ENGINES_OF_DEPTH);
    }

    /** Extrapolation shows nothing in float32, where rounding is larger than what it leaves. */
    @Override
    public double cost(Configuration c) {
        int order = c.get(ORDER);
        if (c.get(Axes.PRECISION) == Precision.FLOAT32 && order > 1) {
            return Double.POSITIVE_INFINITY;
        }
        double inputs = (double) c.get(Axes.HEIGHT) * c.get(Axes.WIDTH);
        double units = c.get(Axes.UNITS);
        int depth = c.get(Axes.DEPTH);
        double weights = depth == 1 ? MOST_OUTPUTS * inputs : units * (inputs + MOST_OUTPUTS + (depth - 2) * units);
        double steps = c.get(Axes.STEPS) * (Math.scalb(1.0, order + 2) - 1);
        return new RunCost(weights, weights, depth, steps, Engine.of(c)).training() * RunCost.ofPatience(c) / WORTH;
    }

    @Override
    public Flowing scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        Precision precision = c.get(Axes.PRECISION);
        Array input = runs.vectors(c, 1, random).rounded(precision);
        int[] widths = RunSpace.widths(c, input.size(1), 1 + random.nextInt(MOST_OUTPUTS), random);
        int depth = widths.length - 1;
        Array target = RunSpace.uniform(random, 1, widths[depth]);
        boolean something = AlignedLayers.norm(input.values()) > 0 && AlignedLayers.norm(target.values()) > 0;
        List<double[]> directions = new ArrayList<>();
        List<Array> across = new ArrayList<>();
        for (int layer = 0; layer <= depth; layer++) {
            directions.add(RunSpace.gaussian(random, widths[layer], 1));
        }
        if (something) {
            directions.set(0, input.values());
            directions.set(depth, target.values());
        }
        double fitting = something
                ? Math.pow(AlignedLayers.norm(target.values()) / AlignedLayers.norm(input.values()), 1.0 / depth)
                : 1;
        for (int layer = 1; layer <= depth; layer++) {
            int numbers = widths[layer] * widths[layer - 1];
            double[] matrix = RunSpace.gaussian(random, numbers, fitting * c.get(ACROSS) / Math.sqrt(numbers));
            across.add(Array.of(matrix, widths[layer], widths[layer - 1]));
        }
        AlignedLayers layers = AlignedLayers.of(directions, across);
        double learnt = c.get(LEARNT);
        double[] strengths = new double[depth];
        Arrays.fill(strengths, fitting * Math.pow(learnt, 1.0 / depth));
        List<StageParameters> start = RunSpace.stages(layers.weights(strengths, 1));
        Network network = RunSpace.linear(RunSpace.maps(c, widths, false));
        TrainingProblem problem =
                new TrainingProblem(network, input, target, start, c.get(Axes.LOSS)).rounded(precision);
        DeepRun still = new DeepRun(
                problem, LinearMethod.gradientDescent(1), c.get(Axes.STEPS), 1, precision, DeepRun.engine(c), null);
        DeepRun posed = still.provided(something, "example or target is 0");
        Flowing flowing = new Flowing(posed, layers, learnt, c.get(ORDER), 0);
        double step =
                (float) (c.get(TIME) / (depth * flowing.rate() * c.get(Axes.STEPS) * Math.max(1, learnt * learnt)));
        Flowing moved = flowing.with(posed.with(LinearMethod.gradientDescent(step)));
        return something ? new Flowing(moved.run(), layers, learnt, moved.order(), error(moved)) : moved;
    }

    @Override
    public List<String> describe(Flowing flowing) {
        return flowing.run().describe();
    }

    /** The run in the same time with so many times the steps, halved and halved again. */
    private static DeepRun finer(DeepRun run, int halvings) {
        LinearMethod method = run.optimizer();
        LinearMethod shorter = new LinearMethod(
                Math.scalb(method.learningRate(), -halvings),
                method.momentum(),
                method.nesterov(),
                method.weightDecay());
        return run.with(shorter).withSteps(run.steps() << halvings);
    }

    @Override
    public Observation observe(Flowing flowing) {
        if (flowing.run().unfit() != null) {
            return new Observation.Nothing(flowing.run().unfit());
        }
        List<double[]> ends = new ArrayList<>();
        for (int halvings = 0; halvings < flowing.order() + 2; halvings++) {
            DeepRun run = finer(flowing.run(), halvings);
            try (Training training = run.start()) {
                training.train(run.steps());
                ends.add(joined(training.parameters().stream()
                        .map(StageParameters::weights)
                        .toList()));
            }
        }
        int numbers = ends.get(0).length;
        Array seen = Array.zeros(2, numbers);
        double[] weights = Extrapolation.weights(flowing.order());
        for (int row = 0; row < 2; row++) {
            for (int run = 0; run < weights.length; run++) {
                double[] end = ends.get(2 * row + run);
                for (int i = 0; i < numbers; i++) {
                    seen.values()[row * numbers + i] += weights[run] * end[i];
                }
            }
        }
        return DeepRun.finite(new Observation.Seen(seen), Arrays.stream(seen.values()));
    }

    private static double[] joined(List<Array> weights) {
        return weights.stream()
                .flatMapToDouble(weight -> Arrays.stream(weight.values()))
                .toArray();
    }

    @Override
    public Claim claim(Flowing flowing) {
        return claim(flowing, flowed(flowing, 1, flowing.rate()), 1, flowing.order());
    }

    /** Where the strength is after a multiple of the time, at some rate. */
    private static double flowed(Flowing flowing, double times, double rate) {
        return new StrengthFlow(flowing.depth(), rate).after(flowing.start(), times * flowing.time());
    }

    private static Claim claim(Flowing flowing, double strength, double kept, int order) {
        double[] strengths = new double[flowing.depth()];
        Arrays.fill(strengths, strength * flowing.fitting());
        double[] predicted = joined(flowing.layers().weights(strengths, kept));
        double error = flowing.error() + StrengthFlow.RELATIVE_ERROR * AlignedLayers.norm(strengths);
        return new Claim.Limit(List.of(Rate.atLeast(order)), row -> {
            double[] off = row.values().clone();
            for (int i = 0; i < off.length; i++) {
                off[i] -= predicted[i];
            }
            return List.of(new Claim.Discrepancy(AlignedLayers.norm(off), error));
        });
    }

    /** What rounding adds to the extrapolated weights at most, in the Frobenius norm. */
    private static double error(Flowing flowing) {
        double[] across = flowing.layers().acrossNorms();
        double[] start = new double[flowing.depth()];
        Arrays.fill(start, flowing.start() * flowing.fitting());
        double most = 0;
        for (int halvings = 0; halvings < flowing.order() + 2; halvings++) {
            DeepRun run = finer(flowing.run(), halvings);
            AlignedPath path = new AlignedPath(
                    flowing.inputNorm(),
                    flowing.targetNorm(),
                    flowing.lossScale(),
                    LinearMethod.gradientDescent(run.optimizer().learningRate()));
            double bound = new AlignedBudget(
                            path,
                            AcrossReach.of(across),
                            across,
                            flowing.layers().widest(),
                            run.precision())
                    .after(path.points(start, run.steps()));
            most = Math.max(most, Double.isNaN(bound) ? Double.POSITIVE_INFINITY : bound);
        }
        double weights = Arrays.stream(Extrapolation.weights(flowing.order()))
                .map(Math::abs)
                .sum();
        return weights * most;
    }

    @Override
    public List<FalseVariant<Flowing>> falseVariants() {
        return List.of(
                ofStrength("the depth does not hasten", f -> flowed(f, 1.0 / f.depth(), f.rate())),
                ofStrength("twice the time", f -> flowed(f, 2, f.rate())),
                ofStrength("factor of the loss forgotten", f -> flowed(f, 1, f.rate() / f.lossScale())),
                ofStrength(
                        "target as large as the example",
                        f -> flowed(f, 1, f.lossScale() * f.inputNorm() * f.inputNorm())),
                ofStrength("logistic at every depth", f -> ofShare(f, logistic(f))),
                ofStrength(
                        "exponential, as with one layer",
                        f -> ofShare(f, 1 - (1 - f.learnt()) * Math.exp(-f.depth() * f.rate() * f.time()))),
                ofStrength("a layer more", f -> {
                    double next = new StrengthFlow(f.depth() + 1, f.rate())
                            .after(Math.pow(f.learnt(), 1.0 / (f.depth() + 1)), f.time());
                    return ofShare(f, Math.pow(next, f.depth() + 1));
                }),
                ofStrength("the end is reached", f -> 1.0),
                new FalseVariant.WrongClaim<>(
                        "what layers do across is forgotten", f -> claim(f, flowed(f, 1, f.rate()), 0, f.order())),
                new FalseVariant.WrongClaim<>(
                        "one order more", f -> claim(f, flowed(f, 1, f.rate()), 1, f.order() + 1)),
                new FalseVariant.WrongConstruction<>(
                        "momentum of one half",
                        f -> f.with(f.run()
                                .with(new LinearMethod(f.run().optimizer().learningRate(), 0.5, false, 0)))),
                new FalseVariant.WrongConstruction<>(
                        "with weight decay",
                        f -> f.with(f.run()
                                .with(new LinearMethod(
                                        f.run().optimizer().learningRate(), 0, false, 0.125 / f.time())))));
    }

    private static double logistic(Flowing flowing) {
        double learnt = flowing.learnt();
        return learnt / (learnt + (1 - learnt) * Math.exp(-2 * flowing.rate() * flowing.time()));
    }

    /** The strength at which so much is learnt. */
    private static double ofShare(Flowing flowing, double share) {
        return Math.pow(share, 1.0 / flowing.depth());
    }

    private static FalseVariant<Flowing> ofStrength(String name, ToDoubleFunction<Flowing> strength) {
        return new FalseVariant.WrongClaim<>(
                name, flowing -> claim(flowing, strength.applyAsDouble(flowing), 1, flowing.order()));
    }
}
