package org.idem.theorem.deep;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.idem.array.Array;
import org.idem.image.ImagePool;
import org.idem.network.Activation;
import org.idem.network.LinearMethod;
import org.idem.network.Network;
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
import org.idem.theory.deep.UnitBalance;
import org.idem.theory.deep.UnitBalanceBudget;

/**
 * T4.units: gradient descent moves the balance of every hidden unit at second order only, and by a known amount.
 *
 * @param runs space of runs
 */
record UnitsTheorem(RunSpace runs) implements Theorem<DeepRun> {
    private static final int MOST_EXAMPLES = 4;

    UnitsTheorem(ImagePool pool) {
        this(new RunSpace(pool));
    }

    @Override
    public String id() {
        return "T4.units";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "Gradient descent changes the balance of every hidden unit or channel, the squares of what it reads less the squares of what reads it, by the squares of their gradients only. Gradient flow conserves it; over a fixed time finite steps change it in proportion to the learning rate.",
                "\\sum_{s<t}\\eta^2\\bigl(\\|G_l[i,:]\\|^2 + g_{b,i}^2 - \\|G_{l+1}[:,i]\\|^2\\bigr) = B_{l,i}(t) - B_{l,i}(0), \\qquad B_{l,i} = \\|W_l[i,:]\\|^2 + b_i^2 - \\|W_{l+1}[:,i]\\|^2",
                "linear, ReLU or leaky ReLU; fully connected or convolutional, no shortcuts; any data and batch; g_b is the gradient with respect to the bias b_i of unit i of layer l; plain gradient descent with one learning rate for all layers",
                "goes beyond Zhang et al., ICLR 2020; conservation under gradient flow is known (Du, Hu and Lee, NeurIPS 2018)");
    }

    @Override
    public List<Dimension> space() {
        return List.of(
                Axes.CONVOLUTION.all(),
                Axes.DEPTH.logarithmic(2, 20),
                RunSpace.WIDE,
                Axes.ACTIVATION.among(Activation.LINEAR, Activation.RELU, Activation.LEAKY_RELU),
                RunSpace.BIAS,
                RunSpace.HEIGHT,
                RunSpace.WIDTH,
                RunSpace.CHANNELS,
                Axes.KERNEL.odd(1, 7),
                RunSpace.PADDING,
                runs.image(),
                Axes.EXAMPLES.logarithmic(1, MOST_EXAMPLES),
                RunSpace.BATCH,
                Axes.STEPS.logarithmic(1, 1000),
                RunSpace.RATE,
                RunSpace.LOSS,
                RunSpace.INITIALIZER,
                RunSpace.PRECISION,
                Axes.ENGINES_OF_DEPTH);
    }

    @Override
    public double cost(Configuration c) {
        return RunCost.ofStages(c).operations();
    }

    @Override
    public DeepRun scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        int channels = c.get(Axes.CHANNELS);
        boolean convolution = c.get(Axes.CONVOLUTION);
        int lost = convolution ? c.get(Axes.DEPTH) * (c.get(Axes.KERNEL) - 1) : 0;
        int[] sides = RunSpace.sides(c, lost);
        Array images = runs.images(c, c.get(Axes.EXAMPLES), channels, sides[0], sides[1], random);
        int unrolled = channels * sides[0] * sides[1];
        int[] widths = RunSpace.widths(c, convolution ? channels : unrolled, 1 + random.nextInt(3), random);
        Network network = RunSpace.network(c, RunSpace.maps(c, widths, convolution));
        Array inputs = convolution ? images : images.reshape(images.size(0), unrolled);
        return RunSpace.run(c, RunSpace.problem(c, network, inputs, random));
    }

    @Override
    public List<String> describe(DeepRun run) {
        return run.describe();
    }

    @Override
    public Observation observe(DeepRun run) {
        return run.observed(true);
    }

    private static double rate(DeepRun run) {
        return run.optimizer().learningRate();
    }

    @Override
    public Claim claim(DeepRun run) {
        return weighted(run, rate(run) * rate(run), -rate(run) * rate(run));
    }

    private static Claim weighted(DeepRun run, double below, double above) {
        return given(run, gradients -> UnitBalance.sum(gradients, below, above));
    }

    private static Claim given(DeepRun run, Function<List<List<StageParameters>>, Array> prediction) {
        return new Claim.Given<>(
                Recording.class,
                met -> {
                    Array budget = UnitBalanceBudget.of(
                            run.problem(), rate(run), run.batch(), met.parameters(), met.losses(), run.precision());
                    return new Claim.Equality(prediction.apply(met.gradients()), budget);
                },
                met -> UnitBalance.change(
                        met.parameters().get(0), met.parameters().get(run.steps())));
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(1e-13);
    }

    @Override
    public List<FalseVariant<DeepRun>> falseVariants() {
        return List.of(
                wrong("conserved exactly", run -> weighted(run, 0, 0)),
                wrong("sum of the squares for their difference", run -> weighted(run, square(run), square(run))),
                wrong("what a unit reads and what reads it exchanged", run -> weighted(run, -square(run), square(run))),
                wrong("learning rate not squared", run -> weighted(run, rate(run), -rate(run))),
                wrong("what a unit reads alone", run -> weighted(run, square(run), 0)),
                wrong("factor of the loss forgotten", UnitsTheorem::ofHalfSum),
                wrong("the squares of one step, so drift of second order over a fixed time", run -> ofSteps(run, 0, 1)),
                wrong("last step forgotten", run -> ofSteps(run, 0, Math.max(1, run.steps() - 1))),
                wrong("biases left out", UnitsTheorem::withoutBiases),
                wrong("the balances of all units of a layer are one", UnitsTheorem::averaged),
                built("momentum", run -> run.with(new LinearMethod(rate(run), 0.5, false, 0))),
                built("weight decay", run -> run.with(new LinearMethod(rate(run), 0, false, 0.5))),
                built("tanh between the layers", run -> activated(run, Activation.TANH)),
                built("erf between the layers", run -> activated(run, Activation.ERF)),
                built("softplus between the layers", run -> activated(run, Activation.SOFTPLUS)));
    }

    private static double square(DeepRun run) {
        return rate(run) * rate(run);
    }

    private static FalseVariant<DeepRun> wrong(String name, Function<DeepRun, Claim> claim) {
        return new FalseVariant.WrongClaim<>(name, claim);
    }

    private static FalseVariant<DeepRun> built(String name, UnaryOperator<DeepRun> mistake) {
        return new FalseVariant.WrongConstruction<>(name, mistake);
    }

    private static Claim ofHalfSum(DeepRun run) {
        TrainingProblem problem = run.problem();
        double scale = problem.loss().scale((long) problem.targets().length() / problem.examples() * run.batch());
        double square = square(run) / scale / scale;
        return weighted(run, square, -square);
    }

    private static Claim ofSteps(DeepRun run, int from, int to) {
        return given(run, gradients -> UnitBalance.sum(gradients.subList(from, to), square(run), -square(run)));
    }

    private static Claim withoutBiases(DeepRun run) {
        return given(
                run,
                gradients -> UnitBalance.sum(
                        gradients.stream().map(Recording::weightsOnly).toList(), square(run), -square(run)));
    }

    private static Claim averaged(DeepRun run) {
        return given(run, gradients -> {
            Array sums = UnitBalance.sum(gradients, square(run), -square(run));
            int from = 0;
            for (Stage stage : run.network().stages().subList(0, run.network().depth() - 1)) {
                int units = stage.map().outputs();
                double mean = 0;
                for (int i = from; i < from + units; i++) {
                    mean += sums.values()[i] / units;
                }
                Arrays.fill(sums.values(), from, from + units, mean);
                from += units;
            }
            return sums;
        });
    }

    private static DeepRun activated(DeepRun run, Activation activation) {
        TrainingProblem problem = run.problem();
        List<Stage> stages = problem.network().stages().stream()
                .map(stage -> new Stage(stage.map(), activation, false))
                .toList();
        return run.with(problem.withNetwork(new Network(stages)));
    }
}
