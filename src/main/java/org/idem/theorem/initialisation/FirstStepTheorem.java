package org.idem.theorem.initialisation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Network;
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
import org.idem.theory.initialisation.FirstStep;
import org.idem.training.TrainingEngine;
import org.idem.training.run.Training;

/** T5.first-step: the mean output of two linear layers after one step of gradient descent. */
record FirstStepTheorem() implements Theorem<FirstStepTheorem.Steps> {
    private static final Axis.Words<Boolean> BALANCED =
            Axis.Words.flag("parametrisation", "standard", "tangent-kernel");
    private static final Axis.Words<Boolean> OTHER = Axis.Words.flag("probe", "training", "near");

    private static final int DEPTH = 2;
    private static final int PAIRS = 10;
    /** Passes of two networks: forward, backward and forward again. */
    private static final double PASSES = 8;

    /**
     * Pairs of networks, which differ in the sign of the last layer.
     *
     * @param network two linear layers
     * @param firstVariance of the weights of the first layer
     * @param lastVariance of the weights of the last layer
     * @param example x, as a batch of one
     * @param target y
     * @param probe z
     * @param loss normalisation of the squared loss
     * @param rate of the one step
     * @param pairs how many
     * @param precision of training
     * @param engine what trains
     * @param seed of the weights
     */
    record Steps(
            Network network,
            double firstVariance,
            double lastVariance,
            Array example,
            Array target,
            Array probe,
            Loss loss,
            double rate,
            int pairs,
            Precision precision,
            TrainingEngine engine,
            long seed) {
        private FirstStep step() {
            return step(1);
        }

        /** With so many times the rate. */
        private FirstStep step(double factor) {
            double effective = factor * rate * loss.scale(target.length());
            return new FirstStep(
                    network.stages().get(0).map().outputs(),
                    target.length(),
                    firstVariance,
                    lastVariance,
                    effective,
                    effective,
                    NetworkSpace.squaredNorm(example),
                    NetworkSpace.product(example, probe),
                    NetworkSpace.squaredNorm(probe));
        }
    }

    @Override
    public String id() {
        return "T5.first-step";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "One step of gradient descent on one example moves two linear layers, on average over their weights, along the target by an amount known exactly at every width: what infinitely wide layers learn, less a term of second order that grows with the number of outputs over the width.",
                "\\operatorname{E} f_1(z) = y\\,q\\,\\Bigl(2\\eta - \\eta^2\\,\\frac{(k+1)\\,\\kappa}{n}\\Bigr), \\qquad q = \\frac{\\sigma_w^4\\langle x, z\\rangle}{d}, \\quad \\kappa = \\frac{\\sigma_w^4\\lVert x\\rVert^2}{d}",
                "two linear fully connected layers without biases, n hidden units, k outputs; one example x ≠ 0 with target y, loss ½‖f(x) − y‖²; independent normal weights; formula in tangent-kernel parametrisation, the page has it for any variances and rates",
                "goes beyond Zhang et al., ICLR 2020");
    }

    @Override
    public List<Dimension> space() {
        return List.of(
                NetworkSpace.ANY_INPUTS,
                NetworkSpace.ANY_UNITS,
                NetworkSpace.ANY_OUTPUTS,
                BALANCED.all(),
                OTHER.all(),
                NetworkSpace.ANY_GAIN,
                Axes.RATE.between(0.125, 1),
                Axes.LOSS.all(),
                Axes.PRECISION.all(),
                Axes.ENGINES_OF_DEPTH);
    }

    /** Narrow layers are drawn more often: there the term of second order is large. */
    @Override
    public double cost(Configuration c) {
        double narrow = (1 + c.get(Axes.UNITS) / 16.0) * (1 + c.get(NetworkSpace.OUTPUTS) / 16.0);
        return NetworkSpace.cost(c, DEPTH, PAIRS, PASSES) * narrow;
    }

    @Override
    public Steps scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        int inputs = c.get(NetworkSpace.INPUTS);
        int units = c.get(Axes.UNITS);
        int outputs = c.get(NetworkSpace.OUTPUTS);
        double square = c.get(NetworkSpace.GAIN) * c.get(NetworkSpace.GAIN);
        boolean balanced = c.get(BALANCED);
        double common = square / Math.sqrt((double) inputs * units);
        double first = balanced ? common : square / inputs;
        double last = balanced ? common : square / units;
        Array example = NetworkSpace.vector(random, inputs);
        Array near = sum(example, NetworkSpace.vector(random, inputs));
        Array probe = c.get(OTHER) && NetworkSpace.squaredNorm(near) > 0 ? near : example;
        Array target = NetworkSpace.vector(random, outputs);
        // rate 1 is where both terms of the mean are of one size
        double unit = NetworkSpace.squaredNorm(example)
                * (units * (first + last) / 4 + (outputs + 1) * first * last / (first + last));
        double rate = (float) (c.get(Axes.RATE) / unit / c.get(Axes.LOSS).scale(outputs));
        return new Steps(
                Network.fcn(Activation.LINEAR, false, inputs, units, outputs),
                first,
                last,
                example,
                target,
                probe,
                c.get(Axes.LOSS),
                rate,
                NetworkSpace.networks(c, PAIRS),
                c.get(Axes.PRECISION),
                NetworkSpace.engine(c),
                random.nextLong());
    }

    private static Array sum(Array one, Array other) {
        Array sum = Array.zeros(one.shape());
        for (int i = 0; i < sum.length(); i++) {
            sum.values()[i] = one.values()[i] + other.values()[i];
        }
        return sum;
    }

    @Override
    public List<String> describe(Steps steps) {
        return List.of(
                "network       " + steps.network(),
                "variances     " + steps.firstVariance() + " and " + steps.lastVariance(),
                "learning rate " + steps.rate() + " of " + steps.loss(),
                "pairs         " + steps.pairs());
    }

    @Override
    public Observation observe(Steps steps) {
        SplittableRandom random = new SplittableRandom(steps.seed());
        Initialization unit = Initialization.of(Initializer.GAUSSIAN);
        Array numbers = Array.zeros(steps.pairs());
        for (int pair = 0; pair < steps.pairs(); pair++) {
            List<StageParameters> drawn = unit.draw(steps.network(), random);
            double first = factor(steps, 0, steps.firstVariance());
            double last = factor(steps, 1, steps.lastVariance());
            double sum = 0;
            for (int sign = -1; sign <= 1; sign += 2) {
                List<StageParameters> weights = new ArrayList<>();
                weights.add(times(first, drawn.get(0)));
                weights.add(times(sign * last, drawn.get(1)));
                sum += NetworkSpace.product(steps.target(), after(steps, weights));
            }
            numbers.values()[pair] = sum / 2 / NetworkSpace.squaredNorm(steps.target());
        }
        return new Observation.Seen(numbers);
    }

    /** Of weights whose variance is 1/fan-in. */
    private static double factor(Steps steps, int stage, double variance) {
        return Math.sqrt(variance * steps.network().stages().get(stage).map().fanIn());
    }

    private static StageParameters times(double factor, StageParameters stage) {
        Array scaled = Array.zeros(stage.weights().shape());
        for (int i = 0; i < scaled.length(); i++) {
            scaled.values()[i] = factor * stage.weights().values()[i];
        }
        return new StageParameters(scaled, null);
    }

    private static Array after(Steps steps, List<StageParameters> weights) {
        TrainingProblem problem =
                new TrainingProblem(steps.network(), steps.example(), steps.target(), weights, steps.loss());
        LinearMethod descent = LinearMethod.gradientDescent(steps.rate());
        try (Training training = steps.engine().start(problem, descent, steps.precision(), 1)) {
            training.step();
            return training.outputs(steps.probe());
        }
    }

    @Override
    public Claim claim(Steps steps) {
        return claim(steps, steps.step().mean());
    }

    private static Claim claim(Steps steps, double mean) {
        return Claim.Mean.ofVariance(mean, steps.step().pairVariance());
    }

    @Override
    public List<FalseVariant<Steps>> falseVariants() {
        return List.of(
                wrong("k for k + 1", steps -> steps.step().mean(steps.target().length())),
                wrong(
                        "2k for k + 1",
                        steps -> steps.step().mean(2.0 * steps.target().length())),
                wrong("no term of second order", steps -> steps.step().mean(0)),
                wrong("term of second order without 1/n", steps -> {
                    FirstStep step = steps.step();
                    return step.mean(step.units() * (step.outputs() + 1.0));
                }),
                wrong("η for 2η: the last layer alone moves", steps -> withRates(steps.step(), 0, 1)),
                wrong("η for 2η: the first layer alone moves", steps -> withRates(steps.step(), 1, 0)),
                wrong(
                        "twice the rate: the loss read as a sum of squares",
                        steps -> steps.step(2).mean()),
                wrong("‖z‖² for ⟨x, z⟩", steps -> {
                    FirstStep step = steps.step();
                    return with(step, step.probe(), step.firstRate(), step.lastRate());
                }));
    }

    private static double withRates(FirstStep step, double first, double last) {
        return with(step, step.overlap(), first * step.firstRate(), last * step.lastRate());
    }

    private static double with(FirstStep step, double overlap, double firstRate, double lastRate) {
        return new FirstStep(
                        step.units(),
                        step.outputs(),
                        step.firstVariance(),
                        step.lastVariance(),
                        firstRate,
                        lastRate,
                        step.example(),
                        overlap,
                        step.probe())
                .mean();
    }

    private static FalseVariant<Steps> wrong(String name, ToDoubleFunction<Steps> mean) {
        return new FalseVariant.WrongClaim<>(name, steps -> claim(steps, mean.applyAsDouble(steps)));
    }
}
