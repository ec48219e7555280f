package org.idem.theorem.deep;

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
import org.idem.theory.deep.Imbalance;

/**
 * T3.imbalance: gradient descent moves the imbalance of neighbouring layers of a deep linear network at second order
 * only, and by a known amount.
 *
 * @param runs space of runs
 */
record ImbalanceTheorem(RunSpace runs) implements Theorem<DeepRun> {
    private static final int MOST_EXAMPLES = 3;

    ImbalanceTheorem(ImagePool pool) {
        this(new RunSpace(pool));
    }

    @Override
    public String id() {
        return "T3.imbalance";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "Gradient descent on all layers of a deep linear network changes the imbalance of neighbouring layers only by the squares of their gradients, so that gradient flow conserves it; a bias counts as one more input of its layer.",
                "\\sum_{s<t}\\eta^2\\bigl(G_{l+1}^\\top G_{l+1} - G_l G_l^\\top\\bigr) = B_l(t) - B_l(0), \\qquad B_l = W_{l+1}^\\top W_{l+1} - W_l W_l^\\top",
                "fully connected, no activations; plain gradient descent on all examples, with one learning rate for all layers",
                "goes beyond Zhang et al., ICLR 2020; conservation under gradient flow is known (Arora, Cohen and Hazan, ICML 2018)");
    }

    @Override
    public List<Dimension> space() {
        return List.of(
                Axes.DEPTH.logarithmic(2, 10),
                RunSpace.UNITS,
                RunSpace.BIAS,
                RunSpace.HEIGHT,
                RunSpace.WIDTH,
                runs.image(),
                Axes.EXAMPLES.logarithmic(1, MOST_EXAMPLES),
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
    public DeepRun scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        Array inputs = runs.vectors(c, c.get(Axes.EXAMPLES), random);
        Network network = RunSpace.linear(RunSpace.fcn(c, inputs.size(1), 1 + random.nextInt(MOST_EXAMPLES)));
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

    @Override
    public Claim claim(DeepRun run) {
        return given(
                run, gradients -> Imbalance.predicted(gradients, run.optimizer().learningRate()));
    }

    private static Claim given(DeepRun run, Function<List<List<StageParameters>>, Array> prediction) {
        return new Claim.Given<>(
                Recording.class,
                met -> {
                    Array budget = Imbalance.budget(
                            run.problem(), met.parameters(), run.optimizer().learningRate(), run.precision());
                    return new Claim.Equality(prediction.apply(met.gradients()), budget);
                },
                met -> Imbalance.change(
                        met.parameters().get(0), met.parameters().get(run.steps())));
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(1e-13);
    }

    @Override
    public List<FalseVariant<DeepRun>> falseVariants() {
        return List.of(
                weighted("sum of the squares for their difference", rate -> rate * rate, rate -> rate * rate),
                weighted("learning rate not squared", rate -> rate, rate -> -rate),
                weighted("neighbouring layers exchanged", rate -> -rate * rate, rate -> rate * rate),
                weighted("conserved by finite steps, too", rate -> 0.0, rate -> 0.0),
                weighted("layer above alone", rate -> rate * rate, rate -> 0.0),
                new FalseVariant.WrongClaim<>("factor of the loss forgotten", ImbalanceTheorem::ofHalfSum),
                new FalseVariant.WrongClaim<>("last step forgotten", ImbalanceTheorem::withoutLastStep),
                new FalseVariant.WrongClaim<>("biases left out", ImbalanceTheorem::withoutBiases),
                new FalseVariant.WrongClaim<>(
                        "learning rate off by one part in 10⁵",
                        run -> given(
                                run,
                                gradients -> Imbalance.predicted(
                                        gradients, run.optimizer().learningRate() * (1 + 0x1p-17)))),
                built(
                        "momentum",
                        run -> run.with(new LinearMethod(run.optimizer().learningRate(), 0.5, false, 0))),
                built(
                        "weight decay",
                        run -> run.with(new LinearMethod(run.optimizer().learningRate(), 0, false, 0.5))),
                built("ReLU between the layers", run -> activated(run, Activation.RELU)),
                built("tanh between the layers", run -> activated(run, Activation.TANH)));
    }

    private static FalseVariant<DeepRun> weighted(
            String name, UnaryOperator<Double> above, UnaryOperator<Double> below) {
        return new FalseVariant.WrongClaim<>(name, run -> {
            double rate = run.optimizer().learningRate();
            return given(run, gradients -> Imbalance.sum(gradients, above.apply(rate), below.apply(rate)));
        });
    }

    private static FalseVariant<DeepRun> built(String name, UnaryOperator<DeepRun> mistake) {
        return new FalseVariant.WrongConstruction<>(name, mistake);
    }

    private static Claim ofHalfSum(DeepRun run) {
        TrainingProblem problem = run.problem();
        double scale = problem.loss().scale(problem.targets().length());
        double square = Math.pow(run.optimizer().learningRate() / scale, 2);
        return given(run, gradients -> Imbalance.sum(gradients, square, -square));
    }

    private static Claim withoutLastStep(DeepRun run) {
        double square = Math.pow(run.optimizer().learningRate(), 2);
        return given(
                run,
                gradients -> gradients.size() == 1
                        ? Imbalance.sum(gradients, 0, 0)
                        : Imbalance.sum(gradients.subList(0, gradients.size() - 1), square, -square));
    }

    private static Claim withoutBiases(DeepRun run) {
        return given(
                run,
                gradients -> Imbalance.predicted(
                        gradients.stream().map(Recording::weightsOnly).toList(),
                        run.optimizer().learningRate()));
    }

    private static DeepRun activated(DeepRun run, Activation activation) {
        TrainingProblem problem = run.problem();
        List<Stage> stages = problem.network().stages().stream()
                .map(stage -> new Stage(stage.map(), activation, false))
                .toList();
        return run.with(problem.withNetwork(new Network(stages)));
    }
}
