package org.idem.theory.deep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.theory.deep.EqualUnits.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EqualUnitsTest {
    /** Of a value or a slope relative to numbers of size 1: four units in the last place. */
    private static final double ROUNDING = 4 * 0x1p-52;

    private static EqualUnits network(Activation activation) {
        return new EqualUnits(activation, 3, 1.5, 0.5, 0x1p-4);
    }

    /** Slopes and the bounds on further derivatives against differences of values. */
    @ParameterizedTest
    @EnumSource(names = {"TANH", "ERF", "SIGMOID", "SOFTPLUS"})
    void derivativesAreThoseOfTheValues(Activation activation) {
        EqualUnits network = network(activation);
        double most = 0;
        double mostOfThird = 0;
        double h = 0x1p-12;
        for (double z = -4; z <= 4; z += 1.0 / 64) {
            // the third derivative is at most the twist; values below 5 have a few roundings
            assertEquals(
                    (network.value(z + h) - network.value(z - h)) / (2 * h),
                    network.slope(z),
                    network.twist() * h * h / 6 + 5 * ROUNDING / h);
            double second = (network.slope(z + h) - network.slope(z - h)) / (2 * h);
            double third = (network.slope(z + h) - 2 * network.slope(z) + network.slope(z - h)) / (h * h);
            most = Math.max(most, Math.abs(second));
            mostOfThird = Math.max(mostOfThird, Math.abs(third));
        }
        assertTrue(most <= network.bend() && most > 0.98 * network.bend(), "second " + most);
        assertTrue(
                mostOfThird <= network.twist() + 4 * ROUNDING / (h * h) && mostOfThird > 0.98 * network.twist(),
                "third " + mostOfThird);
    }

    @Test
    void kinksAndLinesAreRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> network(Activation.RELU).slope(1));
        assertThrows(
                IllegalArgumentException.class, () -> network(Activation.LINEAR).bend());
        assertThrows(
                IllegalArgumentException.class,
                () -> network(Activation.LEAKY_RELU).twist());
    }

    /** The recursion against descent on the loss as a function of the weights, by differences. */
    @ParameterizedTest
    @EnumSource(names = {"TANH", "ERF", "SIGMOID", "SOFTPLUS"})
    void theRecursionIsDescentOnTheLoss(Activation activation) {
        EqualUnits network = network(activation);
        double[] example = {0.9, 1.2};
        double[] across = {-1.2, 0.9};
        State start = network.near(0.75, 0.5, 0.25);
        List<Array> weights = network.weights(start, example, across);
        double[] reading = weights.get(0).values();
        double[] writing = weights.get(1).values();
        double h = 0x1p-16;
        double rate = network.learningRate();
        double[] readingAfter = reading.clone();
        double[] writingAfter = writing.clone();
        for (int i = 0; i < 6; i++) {
            readingAfter[i] -= rate * slope(network, reading, writing, reading, i, h, example);
            writingAfter[i] -= rate * slope(network, reading, writing, writing, i, h, example);
        }
        double error = ofSlope(network, writing, loss(network, reading, writing, example), h);
        List<Array> after = network.weights(network.step(start), example, across);
        for (int i = 0; i < 6; i++) {
            assertEquals(readingAfter[i], after.get(0).values()[i], rate * error);
            assertEquals(writingAfter[i], after.get(1).values()[i], rate * error);
        }
    }

    /**
     * Of a central difference of the loss: h²/6 of the third derivative by a weight, 3a′a″ + (a − x)a‴ for each of two
     * answers a of an example with numbers up to 1.2 and slopes up to 1.2, and rounding of the loss.
     */
    private static double ofSlope(EqualUnits network, double[] writing, double loss, double h) {
        double most = Arrays.stream(writing).map(Math::abs).max().orElseThrow();
        double missed = Math.sqrt(2 * loss / network.lossScale());
        double cubed = 1.2 * 1.2 * 1.2;
        double third = 3 * most * most * 1.2 * network.bend() + missed * most * network.twist();
        return 2 * network.lossScale() * cubed * third * h * h / 6 + 8 * ROUNDING * loss / h;
    }

    private static double slope(
            EqualUnits network, double[] reading, double[] writing, double[] moved, int i, double h, double[] x) {
        double before = moved[i];
        moved[i] = before + h;
        double more = loss(network, reading, writing, x);
        moved[i] = before - h;
        double less = loss(network, reading, writing, x);
        moved[i] = before;
        return (more - less) / (2 * h);
    }

    private static double loss(EqualUnits network, double[] reading, double[] writing, double[] x) {
        double loss = 0;
        for (int output = 0; output < 2; output++) {
            double answer = 0;
            for (int unit = 0; unit < 3; unit++) {
                double sum = reading[2 * unit] * x[0] + reading[2 * unit + 1] * x[1];
                answer += writing[3 * output + unit] * network.value(sum);
            }
            loss += network.lossScale() / 2 * (answer - x[output]) * (answer - x[output]);
        }
        return loss;
    }

    @Test
    void longerRunsAndCoarserNumbersNeedLargerBudgets() {
        EqualUnits network = network(Activation.TANH);
        State start = network.near(0.75, 0.5, 0.25);
        List<State> path = network.path(start, 50);
        EqualUnitsBudget twice = new EqualUnitsBudget(network, 2, Precision.FLOAT64);
        EqualUnitsBudget single = new EqualUnitsBudget(network, 2, Precision.FLOAT32);
        double off = twice.after(path);
        assertTrue(off > twice.after(path.subList(0, 10)) && off < 1e-11, "budget " + off);
        assertTrue(single.after(path) > 0x1p20 * off);
        State end = path.get(50);
        assertTrue(twice.ofAnswer(end, off, 1.5, 0.5, 1e-3) > twice.ofAnswer(end, off, 1.5, 0.5, 0));
        assertTrue(twice.ofReaction(end, 1e-12, 1, 0x1p-10) > twice.ofReaction(end, 1e-12, 1, 0x1p-12));
        // what hangs on a nearly vertical cliff is not bounded
        assertTrue(!(twice.after(new EqualUnits(Activation.TANH, 3, 1.5, 0.5, 1e9).path(start, 50)) < 1));
    }
}
