package org.idem.theorem.deep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.network.Network;
import org.idem.network.Optimizer;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.space.Configuration;
import org.idem.theorem.Engine;
import org.idem.theorem.Evidence;
import org.idem.theorem.Observation;
import org.idem.training.Trainer;
import org.idem.training.TrainingEngine;
import org.idem.training.run.Training;
import org.idem.training.witness.Witness;
import org.jspecify.annotations.Nullable;

/**
 * One training run of a deep network.
 *
 * @param problem data, network and initial parameters, in the run's precision
 * @param rule how gradients move parameters
 * @param steps number of steps
 * @param batch examples in each step, a divisor of their number
 * @param precision arithmetic
 * @param engine what trains
 * @param unfit reason the run cannot decide, or null
 */
record DeepRun(
        TrainingProblem problem,
        Optimizer rule,
        int steps,
        int batch,
        Precision precision,
        TrainingEngine engine,
        @Nullable Evidence unfit) {
    /** The engine for large networks, restricted to plain sums of products, for which rounding budgets are proved. */
    static final TrainingEngine FAST =
            (problem, optimizer, precision, batch) -> new Trainer(problem, optimizer, precision)
                    .inBatchesOf(batch)
                    .withPlainSums()
                    .start();

    /** What trains the runs of a configuration. */
    static TrainingEngine engine(Configuration c) {
        return Engine.of(c) == Engine.ND4J ? Witness::new : FAST;
    }

    /** Arrays with more numbers than this are not shown. */
    private static final int MOST_SHOWN = 18;

    /** Data and initial parameters are of order one; a run has diverged if numbers grow beyond this. */
    private static final double LARGEST = 0x1p24;

    DeepRun with(TrainingProblem other) {
        return new DeepRun(other, rule, steps, batch, precision, engine, unfit);
    }

    DeepRun with(Optimizer other) {
        return new DeepRun(problem, other, steps, batch, precision, engine, unfit);
    }

    DeepRun withSteps(int other) {
        return new DeepRun(problem, rule, other, batch, precision, engine, unfit);
    }

    /** This run if a hypothesis holds, otherwise the same run with the reason it cannot decide. */
    DeepRun provided(boolean hypothesis, String reason) {
        return hypothesis || unfit != null
                ? this
                : new DeepRun(problem, rule, steps, batch, precision, engine, new Evidence.HypothesesNotMet(reason));
    }

    Network network() {
        return problem.network();
    }

    /** The linear method of runs whose configurations name no other rule. */
    LinearMethod optimizer() {
        return (LinearMethod) rule;
    }

    DeepRun by(TrainingEngine other) {
        return new DeepRun(problem, rule, steps, batch, precision, other, unfit);
    }

    Training start() {
        return engine.start(problem, rule, precision, batch);
    }

    /** The recording of the run, unless it diverged. */
    Observation observed(boolean withGradients) {
        if (unfit != null) {
            return new Observation.Nothing(unfit);
        }
        Recording met = Recording.of(this, withGradients);
        return finite(met, met.numbers());
    }

    /** The weights of all layers after the run, one after another, unless it diverged. */
    Observation trainedWeights() {
        if (unfit != null) {
            return new Observation.Nothing(unfit);
        }
        try (Training training = start()) {
            training.train(steps);
            List<StageParameters> parameters = training.parameters();
            Array seen =
                    joined(parameters.stream().map(StageParameters::weights).toList());
            return finite(new Observation.Seen(seen), numbers(parameters));
        }
    }

    /** All numbers of some arrays, one after another. */
    static Array joined(List<Array> arrays) {
        double[] all = arrays.stream()
                .flatMapToDouble(array -> Arrays.stream(array.values()))
                .toArray();
        return Array.of(all, all.length);
    }

    /** The observation, unless one of its numbers says that training diverged. */
    static Observation finite(Observation seen, DoubleStream numbers) {
        return numbers.allMatch(number -> Math.abs(number) <= LARGEST)
                ? seen
                : new Observation.Nothing(new Evidence.HypothesesNotMet("training diverged"));
    }

    /** All numbers of weights and biases. */
    static DoubleStream numbers(List<StageParameters> parameters) {
        return parameters.stream()
                .flatMapToDouble(stage -> DoubleStream.concat(
                        Arrays.stream(stage.weights().values()),
                        stage.bias() == null
                                ? DoubleStream.empty()
                                : Arrays.stream(stage.bias().values())));
    }

    /** Method and data, where they are few enough to read. */
    List<String> describe() {
        List<String> lines = new ArrayList<>();
        lines.add("network       " + network());
        lines.add("rule          " + rule + ", " + steps + " steps of " + batch + " examples");
        describe(lines, "inputs", problem.inputs());
        describe(lines, "targets", problem.targets());
        for (StageParameters stage : problem.initial()) {
            describe(lines, "weights", stage.weights());
        }
        return lines;
    }

    private static void describe(List<String> lines, String name, Array array) {
        if (array.length() <= MOST_SHOWN) {
            lines.add(String.format(
                    Locale.ROOT, "%-13s %s %s", name, Arrays.toString(array.shape()), Arrays.toString(array.values())));
        }
    }
}
