package org.idem.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.training.layer.LayerTrainer;
import org.idem.training.run.Outcome;
import org.idem.training.run.Run;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every engine that trains one linear map promises besides its numbers. */
class EngineBatteryTest {
    private static final int STEPS = 4;

    private static final LinearMethod METHOD = new LinearMethod(0x1p-8, 0.5, true, 0.25);

    /** An engine that is made for a problem once and trains as often as it is given probes. */
    private enum Engine {
        LAYER((problem, precision) -> {
            LayerTrainer trainer = new LayerTrainer(problem, precision, false);
            return probes -> trainer.train(METHOD, new Horizon.Steps(STEPS), probes);
        }),
        LAYER_ONE_AT_A_TIME((problem, precision) -> {
            LayerTrainer trainer = new LayerTrainer(problem, precision, true);
            return probes -> trainer.train(METHOD, new Horizon.Steps(STEPS), probes);
        }),
        SMALL((problem, precision) ->
                probes -> SmallNetworks.train(new Run(problem, METHOD, STEPS, false, precision, probes))),
        SMALL_ONE_AT_A_TIME((problem, precision) ->
                probes -> SmallNetworks.train(new Run(problem, METHOD, STEPS, true, precision, probes))),
        FRONT((problem, precision) -> {
            Trainer trainer = new Trainer(problem, METHOD, precision);
            return probes -> trainer.train(new Horizon.Steps(STEPS), probes);
        }),
        STAGES((problem, precision) -> {
            Trainer trainer = new Trainer(problem, METHOD, precision).withPlainSums();
            return probes -> trainer.train(new Horizon.Steps(STEPS), probes);
        });

        final BiFunction<LinearProblem, Precision, Function<Array, Outcome>> maker;

        Engine(BiFunction<LinearProblem, Precision, Function<Array, Outcome>> maker) {
            this.maker = maker;
        }
    }

    private record Case(Engine engine, LinearProblem problem, Array probes, Precision precision) {
        Function<Array, Outcome> fresh() {
            return engine.maker.apply(problem, precision);
        }

        @Override
        public String toString() {
            return engine + ", " + precision + ", " + problem.map();
        }
    }

    /** Dense and convolutional problems, with bias and without, in both precisions. */
    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Engine engine : Engine.values()) {
            SplittableRandom random = new SplittableRandom(14);
            for (int i = 0; i < 8; i++) {
                Run drawn = SmallNetworksTest.run(random);
                cases.add(new Case(engine, drawn.problem(), drawn.probes(), drawn.precision()));
            }
        }
        return cases.stream();
    }

    private static Outcome.Trained trained(Outcome outcome) {
        return assertInstanceOf(Outcome.Trained.class, outcome);
    }

    private static List<double[]> numbers(LinearProblem problem, Array probes) {
        List<Array> arrays = new ArrayList<>(List.of(problem.inputs(), problem.targets(), problem.weights(), probes));
        if (problem.initialBias() != null) {
            arrays.add(problem.initialBias());
        }
        return arrays.stream().map(array -> array.values().clone()).toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void leavesItsProblemAlone(Case given) {
        List<double[]> before = numbers(given.problem(), given.probes());
        trained(given.fresh().apply(given.probes()));
        List<double[]> after = numbers(given.problem(), given.probes());
        for (int i = 0; i < before.size(); i++) {
            assertArrayEquals(before.get(i), after.get(i));
        }
    }

    /** Each training begins at the start, whatever was trained before and whatever became of its result. */
    @ParameterizedTest
    @MethodSource("cases")
    void trainsAgainFromTheStart(Case given) {
        Function<Array, Outcome> engine = given.fresh();
        Outcome.Trained first = trained(engine.apply(given.probes()));
        double[] outputs = first.outputs().values().clone();
        double[] weights = first.weights().values().clone();
        Arrays.fill(first.outputs().values(), Double.NaN);
        Arrays.fill(first.weights().values(), Double.NaN);
        engine.apply(given.problem().inputs());
        for (Function<Array, Outcome> trainer : List.of(engine, given.fresh())) {
            Outcome.Trained again = trained(trainer.apply(given.probes()));
            assertArrayEquals(outputs, again.outputs().values());
            assertArrayEquals(weights, again.weights().values());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void probesMayBeTheTrainingInputs(Case given) {
        Array inputs = given.problem().inputs();
        assertEquals(
                given.fresh().apply(Array.of(inputs.values().clone(), inputs.shape())),
                given.fresh().apply(inputs));
    }

    /** Without probes training is the same, and there are no outputs. */
    @ParameterizedTest
    @MethodSource("cases")
    void needsNoProbes(Case given) {
        int[] none = given.probes().shape();
        none[0] = 0;
        Outcome.Trained silent = trained(given.fresh().apply(Array.zeros(none)));
        assertArrayEquals(
                given.problem().map().outputShape(none), silent.outputs().shape());
        assertEquals(trained(given.fresh().apply(given.probes())).parameters(), silent.parameters());
    }
}
