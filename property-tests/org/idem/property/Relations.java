package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.array.Array;
import org.idem.network.LinearProblem;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalRun;
import org.idem.theory.BoundedOutputs;
import org.idem.theory.exact.ExactClosedForm;
import org.idem.training.exact.ExactTrainer;
import org.idem.training.run.Outcome;

/**
 * Demands that two scenes have related outputs: without rounding equal, in floating point no further apart than both
 * budgets allow.
 *
 * <p>A budget bounds the distance of prediction and training from exact arithmetic. So where exact outputs are related,
 * two predictions, or two trainings, are at most the sum of their budgets away from it.
 */
final class Relations {
    private static final List<Function<Scene, Outcome.Trained>> ENGINES =
            List.of(Scene::trained, Scene::trainedInCompany);

    private Relations() {}

    /** Equal outputs. */
    static void assertSame(Scene one, Scene other) {
        assertRelated(one, OutputMap.same(one.predicted().values().length()), other);
    }

    /** Outputs of the other follow from those of one, in fractions, in theory and in every engine. */
    static void assertRelated(Scene one, OutputMap map, Scene other) {
        assertExactlyRelated(one, map, other);
        assertWithinBudgets(one, map, other);
    }

    private static void assertExactlyRelated(Scene one, OutputMap map, Scene other) {
        RationalArray from = one.exactOutputs();
        RationalArray to = other.exactOutputs();
        assertEquals(map.from().length, to.length());
        for (int i = 0; i < to.length(); i++) {
            BigFraction expected = new BigFraction(map.factor())
                    .multiply(from.at(map.from()[i]))
                    .add(new BigFraction(map.shifts()[i]));
            assertEquals(expected, to.at(i), "output " + i + " in fractions of " + one + " and " + other);
        }
    }

    static void assertWithinBudgets(Scene one, OutputMap map, Scene other) {
        BoundedOutputs first = one.predicted();
        BoundedOutputs second = other.predicted();
        String where = " of " + one + " and " + other;
        assertClose(first.values(), first.budget(), map, second.values(), second.budget(), "prediction" + where);
        for (Function<Scene, Outcome.Trained> engine : ENGINES) {
            assertClose(
                    engine.apply(one).outputs(),
                    first.budget(),
                    map,
                    engine.apply(other).outputs(),
                    second.budget(),
                    "training" + where);
        }
    }

    static void assertClose(Array one, Array ofOne, OutputMap map, Array other, Array ofOther, String where) {
        assertEquals(map.from().length, other.length(), where);
        for (int i = 0; i < other.length(); i++) {
            assertTrue(Double.isFinite(ofOther.values()[i]) && Double.isFinite(ofOne.values()[map.from()[i]]), where);
            BigDecimal difference =
                    new BigDecimal(other.values()[i]).subtract(map.of(one, i)).abs();
            BigDecimal allowed = map.ofBudget(ofOne, i).add(new BigDecimal(ofOther.values()[i]));
            int at = i;
            assertTrue(
                    difference.compareTo(allowed) <= 0,
                    () -> "output " + at + " is off by " + difference.doubleValue() + ", allowed "
                            + allowed.doubleValue() + ", " + where);
        }
    }

    /** Every engine keeps the relation to the last bit. */
    static void assertSameBits(Scene one, OutputMap map, Scene other) {
        for (Function<Scene, Outcome.Trained> engine : ENGINES) {
            Array from = engine.apply(one).outputs();
            Array to = engine.apply(other).outputs();
            for (int i = 0; i < to.length(); i++) {
                assertEquals(
                        map.of(from, i).doubleValue(), to.values()[i], "output " + i + " of " + one + " and " + other);
            }
        }
    }

    /**
     * Training that stops after some steps and goes on from the parameters reached is one training, if the method
     * remembers nothing else. The engines keep every bit; so both predictions speak of one trained network.
     */
    static void assertStepsCompose(Scene whole, int first) {
        Scene begin = whole.withSteps(first);
        for (Function<Scene, Outcome.Trained> engine : ENGINES) {
            Scene rest = goingOn(whole, first, engine.apply(begin));
            Array trained = engine.apply(whole).outputs();
            assertEquals(trained, engine.apply(rest).outputs(), () -> first + " steps first: " + whole);
            BoundedOutputs together = whole.predicted();
            BoundedOutputs later = rest.predicted();
            assertClose(
                    together.values(),
                    together.budget(),
                    OutputMap.same(trained.length()),
                    later.values(),
                    later.budget(),
                    first + " steps first: " + whole);
        }
        RationalRun all = whole.exactly();
        RationalRun rest = goingOn(whole, first, null).exactly();
        rest = rest.with(rest.problem().startingFrom(ExactClosedForm.predict(begin.exactly())));
        assertEquals(ExactClosedForm.predict(all), ExactClosedForm.predict(rest), () -> "theory of " + whole);
        assertEquals(ExactTrainer.train(all), ExactTrainer.train(rest), () -> "training of " + whole);
    }

    /** The rest of a training; where a step takes one example, the cycle goes on where it stopped. */
    private static Scene goingOn(Scene whole, int first, Outcome.Trained reached) {
        LinearProblem problem = whole.problem();
        if (reached != null) {
            problem = problem.withInitial(reached.weights(), reached.bias());
        }
        if (whole.oneAtATime()) {
            int examples = problem.examples();
            problem = Examples.ordered(problem, i -> (i + first) % examples);
        }
        return whole.with(problem).withSteps(whole.steps() - first);
    }
}
