package org.idem.theorem.onelayer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.array.SquaredErrors;
import org.idem.network.Cnn;
import org.idem.network.Initializer;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Padding;
import org.idem.theorem.Claim;
import org.idem.theorem.Engine;
import org.idem.theorem.Evidence;
import org.idem.theorem.Observation;
import org.idem.theory.BoundedOutputs;
import org.idem.theory.ClosedForm;
import org.idem.theory.design.Design;
import org.idem.theory.generalisation.ErrorMoments;
import org.idem.theory.generalisation.Unlearned;
import org.idem.training.run.Outcome;
import org.idem.training.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * One training run, and the inputs on which the trained network is evaluated.
 *
 * @param problem network, data, initial parameters and loss
 * @param design design matrix of the problem's network and inputs, in the precision; shared by all claims about one
 *     trial
 * @param optimizer method
 * @param steps number of steps really taken
 * @param limit whether the claim is that of infinitely many steps
 * @param precision arithmetic of the training
 * @param probes inputs, (m, d) or (m, C, H, W), on which the trained network is evaluated
 * @param initializer law of the initial weights
 * @param engine what trains
 * @param unfit reason the run cannot decide, or null
 */
public record Setting(
        LinearProblem problem,
        Design design,
        LinearMethod optimizer,
        int steps,
        boolean limit,
        Precision precision,
        Array probes,
        Initializer initializer,
        Engine engine,
        @Nullable Evidence unfit) {
    /**
     * Least share of an untrained network's random error that training must leave for a law to be tested. It then
     * exceeds rounding by so many orders of magnitude that no number of trials could notice the rounding. The share
     * does not depend on the weights, so the choice biases no law.
     */
    static final double VISIBLE = 0x1p-20;

    /** Arrays with more numbers than this are not shown. */
    private static final int MOST_SHOWN = 18;

    Setting with(LinearProblem other) {
        boolean sameDesign =
                other.inputs().equals(problem.inputs()) && other.map().equals(problem.map());
        Design own = sameDesign ? design : Design.of(other.map(), other.inputs().rounded(precision));
        return new Setting(other, own, optimizer, steps, limit, precision, probes, initializer, engine, unfit);
    }

    Setting with(LinearMethod other) {
        return new Setting(problem, design, other, steps, limit, precision, probes, initializer, engine, unfit);
    }

    Setting withSteps(int other) {
        return new Setting(problem, design, optimizer, other, limit, precision, probes, initializer, engine, unfit);
    }

    Setting withProbes(Array other) {
        return new Setting(problem, design, optimizer, steps, limit, precision, other, initializer, engine, unfit);
    }

    Setting because(@Nullable Evidence reason) {
        return new Setting(problem, design, optimizer, steps, limit, precision, probes, initializer, engine, reason);
    }

    /** Trains for real. A run that diverges inside the stable range gives outputs that are NaN. */
    Observation observe(boolean oneAtATime) {
        return observe(List.of(this), oneAtATime).get(0);
    }

    /** The same for several settings, whose networks are trained together. */
    static List<Observation> observe(List<Setting> settings, boolean oneAtATime) {
        Map<Engine, Iterator<Outcome>> outcomes = new EnumMap<>(Engine.class);
        for (Engine engine : Engine.values()) {
            List<Run> runs = settings.stream()
                    .filter(setting -> setting.unfit == null && setting.engine == engine)
                    .map(setting -> setting.run(oneAtATime))
                    .toList();
            outcomes.put(engine, engine.train(runs).iterator());
        }
        return settings.stream()
                .map(setting -> setting.unfit == null
                        ? setting.seen(Objects.requireNonNull(outcomes.get(setting.engine))
                                .next())
                        : new Observation.Nothing(setting.unfit))
                .toList();
    }

    /** Trains for real and gives the mean squared error on the probes. */
    Observation observeError() {
        return observeErrors(List.of(this)).get(0);
    }

    static List<Observation> observeErrors(List<Setting> settings) {
        Iterator<Setting> each = settings.iterator();
        return observe(settings, false).stream()
                .map(outputs -> each.next().error(outputs))
                .toList();
    }

    private Observation error(Observation outputs) {
        return outputs instanceof Observation.Seen seen
                ? new Observation.Seen(Array.of(new double[] {meanSquaredError(seen.values())}))
                : outputs;
    }

    private Run run(boolean oneAtATime) {
        return new Run(problem, optimizer, steps, oneAtATime, precision, probes);
    }

    private Observation seen(Outcome outcome) {
        if (outcome instanceof Outcome.Trained trained) {
            return new Observation.Seen(trained.outputs());
        }
        Array nowhere = Array.zeros(problem.map().outputShape(probes.shape()));
        Arrays.fill(nowhere.values(), Double.NaN);
        return new Observation.Seen(nowhere);
    }

    /** Data, initial parameters and method, where they are few enough to read. */
    List<String> describe() {
        List<String> lines = new ArrayList<>();
        describe(lines, "inputs", problem.inputs());
        describe(lines, "targets", problem.targets());
        describe(lines, "weights", problem.weights());
        if (problem.initialBias() != null) {
            describe(lines, "bias", problem.initialBias());
        }
        describe(lines, "probes", probes);
        lines.add("learning rate " + optimizer.learningRate());
        lines.add("steps         " + steps + (limit ? ", for the limit" : ""));
        lines.add("engine        " + engine);
        return lines;
    }

    private static void describe(List<String> lines, String name, Array array) {
        if (array.length() <= MOST_SHOWN) {
            lines.add(String.format(
                    Locale.ROOT, "%-13s %s %s", name, Arrays.toString(array.shape()), Arrays.toString(array.values())));
        }
    }

    /** Variance of one initial weight. */
    double weightVariance() {
        LinearMap network = problem.map();
        return initializer.variance(network.fanIn(), network.fanOut());
    }

    /** The network as a CNN, for theory about CNNs: an FCN becomes a CNN on one pixel whose channels are the inputs. */
    Cnn cnn() {
        LinearMap network = problem.map();
        return network instanceof Cnn cnn
                ? cnn
                : new Cnn(network.fanIn(), network.outputs(), 1, Padding.VALID, network.bias());
    }

    /** The probes as images for that network. */
    private Array images() {
        return problem.map() instanceof Cnn ? probes : probes.reshape(probes.size(0), probes.size(1), 1, 1);
    }

    /** Moments of the error on the probes for initial weights of a multiple of their variance. */
    ErrorMoments errorMoments(double factor) {
        return ErrorMoments.of(unlearned(), cnn(), images(), factor * weightVariance(), initializer.isGaussian());
    }

    /**
     * Whether the fourth power of the mean error on the probes is finite, so that products of its parts are, too.
     * Inside the stable range it always is; a false variant may claim a method outside of that range.
     */
    boolean hasFiniteErrors(double variance) {
        double mean = ErrorMoments.mean(unlearned(), cnn(), images(), variance);
        return Double.isFinite(mean * mean * mean * mean);
    }

    /** What training leaves open, whatever the initial weights. */
    Unlearned unlearned() {
        return unlearned(inTheLimit());
    }

    private Unlearned unlearned(Unlearned inTheLimit) {
        return limit ? inTheLimit : inTheLimit.after(problem.lossScale(), optimizer, steps);
    }

    private Unlearned inTheLimit() {
        return Unlearned.inTheLimit(design);
    }

    /**
     * This setting, or {@link #hidden} if so little error is left on the probes that rounding could be noticed in its
     * law.
     */
    Setting ifErrorIsVisible() {
        Unlearned inTheLimit = inTheLimit();
        Unlearned nothingLearned = inTheLimit.after(problem.lossScale(), optimizer, 0);
        double untrained = ErrorMoments.mean(nothingLearned, cnn(), images(), weightVariance());
        double trained = ErrorMoments.mean(unlearned(inTheLimit), cnn(), images(), weightVariance());
        return untrained > 0 && trained >= VISIBLE * VISIBLE * untrained ? this : hidden();
    }

    /** The setting as one that cannot decide because it leaves too little unlearned. */
    Setting hidden() {
        return because(new Evidence.Undecidable("too little is left unlearned for its law to be seen"));
    }

    /** Mean squared error of outputs on the probes, for the identity task, per pixel and channel. */
    double meanSquaredError(Array outputs) {
        return SquaredErrors.mean(outputs, LinearProblem.identityTargets(problem.map(), probes));
    }

    /** Outputs by the closed form. For a limit, the budget includes the distance that training has still to go. */
    Claim.Equality outputs() {
        ClosedForm form = new ClosedForm(problem.rounded(precision), design);
        Array inputs = probes.rounded(precision);
        BoundedOutputs outputs = limit
                ? form.inTheLimit(optimizer, steps, precision, inputs)
                : form.afterSteps(optimizer, steps, precision, inputs);
        return new Claim.Equality(outputs.values(), outputs.budget());
    }
}
