package org.idem.training.update;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.idem.Implementations;
import org.idem.array.Precision;
import org.idem.network.Adagrad;
import org.idem.network.Adam;
import org.idem.network.LinearMethod;
import org.idem.network.Optimizer;
import org.idem.network.RmsProp;
import org.idem.training.DrawnNetwork;
import org.idem.training.memory.Memory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every update rule promises besides its formula. */
class UpdateBatteryTest {
    /** More than one piece of the rules that work in pieces, and not a whole number of them. */
    private static final int COUNT = 2 * 4096 + 5;

    private static final int STEPS = 3;

    private static final List<Optimizer> RULES = List.of(
            LinearMethod.gradientDescent(0.25),
            new LinearMethod(0.25, 0, false, 0.5),
            new LinearMethod(0.25, 0.5, false, 0.5),
            new LinearMethod(0.25, 0.5, true, 0),
            Adam.of(0.25),
            new RmsProp(0.25, 0.75, 1e-8),
            new Adagrad(0.25, 1e-8));

    private record Case(Optimizer rule, Precision precision) {
        Update update(int count) {
            return Update.of(rule, count, precision);
        }

        boolean decays() {
            return rule instanceof LinearMethod method && method.weightDecay() > 0;
        }
    }

    static Stream<Case> cases() {
        return RULES.stream().flatMap(rule -> Stream.of(Precision.values()).map(p -> new Case(rule, p)));
    }

    private static double[] drawn(long seed, int length, Precision precision) {
        return DrawnNetwork.gaussian(new SplittableRandom(seed), length)
                .rounded(precision)
                .values();
    }

    private static double[] read(Memory memory, int length) {
        double[] values = new double[length];
        memory.read(values);
        return values;
    }

    /** Parameters, then all that the rule remembers, after steps on gradients of their own. */
    private static double[][] moved(Case given, double[] start, double[][] gradients) {
        Update update = given.update(start.length);
        Memory position = Memory.of(start, given.precision());
        for (int step = 0; step < gradients.length; step++) {
            update.apply(position, Memory.of(gradients[step], given.precision()), step);
        }
        return update.copies(position);
    }

    private static double[][] gradients(Precision precision, int length) {
        double[][] gradients = new double[STEPS][];
        Arrays.setAll(gradients, step -> drawn(step + 1, length, precision));
        return gradients;
    }

    @Test
    void everyRuleIsHere() {
        Set<Class<?>> tried = new HashSet<>();
        TreeSet<String> implementations = new TreeSet<>();
        for (Optimizer rule : RULES) {
            tried.add(rule.getClass());
            for (Precision precision : Precision.values()) {
                implementations.add(Update.of(rule, 1, precision).getClass().getSimpleName());
            }
        }
        assertEquals(Set.of(Optimizer.class.getPermittedSubclasses()), tried);
        assertEquals(Implementations.of(Update.class), implementations);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nothingToMove(Case given) {
        Update update = given.update(0);
        Memory beside = Memory.of(new double[] {1, 2}, given.precision());
        update.apply(beside, Memory.of(new double[] {3, 4}, given.precision()), 0);
        assertArrayEquals(new double[] {1, 2}, read(beside, 2));
    }

    /** A rule that moves so many parameters touches none behind them. */
    @ParameterizedTest
    @MethodSource("cases")
    void leavesWhatLiesBehind(Case given) {
        double[] start = drawn(0, COUNT, given.precision());
        Update update = given.update(COUNT - 3);
        Memory position = Memory.of(start, given.precision());
        Memory gradient = Memory.of(drawn(1, COUNT, given.precision()), given.precision());
        double[] behind = Arrays.copyOfRange(read(gradient, COUNT), COUNT - 3, COUNT);
        update.apply(position, gradient, 0);
        double[] after = read(position, COUNT);
        assertArrayEquals(Arrays.copyOfRange(start, COUNT - 3, COUNT), Arrays.copyOfRange(after, COUNT - 3, COUNT));
        assertArrayEquals(behind, Arrays.copyOfRange(read(gradient, COUNT), COUNT - 3, COUNT));
        for (int i = 0; i < COUNT - 3; i++) {
            assertNotEquals(start[i], after[i], "parameter " + i);
        }
    }

    /** A parameter's path depends on its own gradients alone: parts that are moved apart keep every bit. */
    @ParameterizedTest
    @MethodSource("cases")
    void parametersMoveAlone(Case given) {
        double[] start = drawn(0, COUNT, given.precision());
        double[][] gradients = gradients(given.precision(), COUNT);
        double[][] whole = moved(given, start, gradients);
        int cut = 1003;
        for (int[] part : new int[][] {{0, cut}, {cut, COUNT}}) {
            double[][] alone = moved(
                    given,
                    Arrays.copyOfRange(start, part[0], part[1]),
                    Stream.of(gradients)
                            .map(all -> Arrays.copyOfRange(all, part[0], part[1]))
                            .toArray(double[][]::new));
            for (int i = 0; i < whole.length; i++) {
                assertArrayEquals(Arrays.copyOfRange(whole[i], part[0], part[1]), alone[i]);
            }
        }
    }

    /** A step may be taken part by part. */
    @ParameterizedTest
    @MethodSource("cases")
    void partsMakeAWhole(Case given) {
        double[] start = drawn(0, COUNT, given.precision());
        double[][] gradients = gradients(given.precision(), COUNT);
        Update update = given.update(COUNT);
        Memory position = Memory.of(start, given.precision());
        int cut = 1003;
        for (int step = 0; step < STEPS; step++) {
            Memory gradient = Memory.of(gradients[step], given.precision());
            update.apply(position.from(cut), gradient.from(cut), cut, COUNT - cut, step);
            update.apply(position, gradient, 0, cut, step);
        }
        double[][] whole = moved(given, start, gradients);
        double[][] parts = update.copies(position);
        for (int i = 0; i < whole.length; i++) {
            assertArrayEquals(whole[i], parts[i]);
        }
    }

    /** An outer product that is never stored moves parameters by the same bits as one that is. */
    @ParameterizedTest
    @MethodSource("cases")
    void outerProductsMoveLikeTheirMatrix(Case given) {
        int rows = 7;
        int columns = 300;
        int before = 5;
        int count = before + rows * columns;
        double[] down = drawn(21, rows, given.precision());
        down[2] = 0;
        down[3] = -0.0;
        double[] across = drawn(22, columns, given.precision());
        across[4] = 0;
        double[] start = drawn(0, count, given.precision());
        Update outer = given.update(count);
        Update stored = given.update(count);
        Memory moved = Memory.of(start, given.precision());
        Memory expected = Memory.of(start, given.precision());
        Memory rowFactors = Memory.of(down, given.precision());
        Memory columnFactors = Memory.of(across, given.precision());
        Memory scratch = Memory.allocate(rows * columns, given.precision());
        for (int step = 0; step < STEPS; step++) {
            outer.applyOuter(moved.from(before), rowFactors, rows, columnFactors, columns, scratch, before, step);
            Memory matrix = Memory.allocate(rows * columns, given.precision());
            matrix.addOuter(rows, columns, 1, rowFactors, columnFactors);
            stored.apply(expected.from(before), matrix, before, rows * columns, step);
        }
        double[][] whole = stored.copies(expected);
        double[][] parts = outer.copies(moved);
        for (int i = 0; i < whole.length; i++) {
            assertArrayEquals(whole[i], parts[i]);
        }
    }

    /** A rule whose state is too large for Java's own memory moves by the same bits. */
    @Test
    void largeStateIsNative() {
        assertEquals(0, Update.heapBytes(Adam.of(0.25), HeldUpdate.MOST + 1, Precision.FLOAT32));
        assertEquals(0, Update.heapBytes(Adam.of(0.25), 7, Precision.FLOAT64));
        assertEquals(0, Update.heapBytes(LinearMethod.gradientDescent(0.25), 7, Precision.FLOAT32));
        assertEquals(56, Update.heapBytes(Adam.of(0.25), 7, Precision.FLOAT32));
        for (Optimizer rule : RULES) {
            if (Update.heapBytes(rule, COUNT, Precision.FLOAT32) > 0) {
                double[] start = drawn(0, COUNT, Precision.FLOAT32);
                Update held = new HeldUpdate(rule, COUNT);
                Update other = new AdaptiveUpdate(rule, COUNT, Precision.FLOAT32);
                Memory one = Memory.of(start, Precision.FLOAT32);
                Memory two = Memory.of(start, Precision.FLOAT32);
                double[][] gradients = gradients(Precision.FLOAT32, COUNT);
                for (int step = 0; step < STEPS; step++) {
                    held.apply(one, Memory.of(gradients[step], Precision.FLOAT32), step);
                    other.apply(two, Memory.of(gradients[step], Precision.FLOAT32), step);
                }
                double[][] expected = other.copies(two);
                double[][] moved = held.copies(one);
                for (int i = 0; i < expected.length; i++) {
                    assertArrayEquals(expected[i], moved[i]);
                }
            }
        }
    }

    /** Without gradient, and without decay, nothing moves. */
    @ParameterizedTest
    @MethodSource("cases")
    void standsStillWithoutGradient(Case given) {
        double[] start = drawn(0, 5, given.precision());
        double[] after = moved(given, start, new double[STEPS][5])[0];
        for (int i = 0; i < start.length; i++) {
            assertEquals(given.decays(), start[i] != after[i], "parameter " + i);
        }
    }

    /** Opposite parameters with opposite gradients stay opposite. */
    @ParameterizedTest
    @MethodSource("cases")
    void signsGoThrough(Case given) {
        double[][] gradients = gradients(given.precision(), 7);
        double[] start = drawn(0, 7, given.precision());
        double[] expected = moved(given, start, gradients)[0];
        double[] opposite = moved(
                given,
                negative(start),
                Stream.of(gradients).map(UpdateBatteryTest::negative).toArray(double[][]::new))[0];
        assertArrayEquals(negative(expected), opposite);
    }

    private static double[] negative(double[] values) {
        return Arrays.stream(values).map(value -> -value).toArray();
    }

    /** What a rule remembers is all that it needs to go on, and copies of it stay as they are. */
    @ParameterizedTest
    @MethodSource("cases")
    void goesOnFromWhatItRemembers(Case given) {
        double[] start = drawn(0, 9, given.precision());
        double[][] gradients = gradients(given.precision(), 9);
        double[][] whole = moved(given, start, gradients);
        Update first = given.update(9);
        Memory position = Memory.of(start, given.precision());
        first.apply(position, Memory.of(gradients[0], given.precision()), 0);
        double[][] reached = first.copies(position);
        double[][] kept = Stream.of(reached).map(double[]::clone).toArray(double[][]::new);
        first.apply(position, Memory.of(gradients[1], given.precision()), 1);
        for (int i = 0; i < kept.length; i++) {
            assertArrayEquals(kept[i], reached[i], "a copy changed");
        }
        Update second = given.update(9);
        Memory resumed = Memory.of(reached[0], given.precision());
        for (int i = 1; i < reached.length; i++) {
            second.state().get(i - 1).write(reached[i]);
        }
        for (int step = 1; step < STEPS; step++) {
            second.apply(resumed, Memory.of(gradients[step], given.precision()), step);
        }
        double[][] later = second.copies(resumed);
        for (int i = 0; i < whole.length; i++) {
            assertArrayEquals(whole[i], later[i]);
        }
    }
}
