package org.idem.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.check.CheckResult.Verdict;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Optimizer;
import org.idem.network.Padding;
import org.idem.network.TrainingProblem;
import org.idem.theory.ClosedForm;
import org.idem.training.Outcome;
import org.idem.training.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks that are really trained here stand for those trained elsewhere. */
class CheckerTest {
    private static final int STEPS = 60;

    private static Array uniform(SplittableRandom random, int... shape) {
        Array array = Array.zeros(shape);
        for (int at = 0; at < array.length(); at++) {
            array.values()[at] = 2 * random.nextDouble() - 1;
        }
        return array;
    }

    private static TrainingProblem problem(Network network, long seed, int... inputShape) {
        SplittableRandom random = new SplittableRandom(seed);
        Array inputs = uniform(random, inputShape);
        return new TrainingProblem(
                network,
                inputs,
                TrainingProblem.identityTargets(network, inputs),
                uniform(random, network.weightShape()),
                network.bias() ? uniform(random, network.outputs()) : null,
                Loss.MEAN);
    }

    private static TrainingProblem fcn(boolean bias) {
        return problem(new Fcn(9, 9, bias), 3, 4, 9);
    }

    private static TrainingProblem cnn(boolean bias) {
        return problem(new Cnn(2, 2, 3, Padding.SAME, bias), 5, 2, 2, 6, 5);
    }

    /** Half of 1 / largest curvature, so that no factor is 0. */
    private static Optimizer optimizer(TrainingProblem problem, double momentum, boolean nesterov, double decay) {
        double curvature = new ClosedForm(problem).largestCurvature();
        return new Optimizer((float) (0.5 / curvature), (float) momentum, nesterov, (float) (decay * curvature));
    }

    /** A true account. */
    private static Account trained(TrainingProblem problem, Optimizer optimizer, int steps, Precision precision) {
        TrainingProblem stored = problem.rounded(precision);
        Outcome.Trained end = (Outcome.Trained)
                new Trainer(stored, precision, false).train(optimizer, new Horizon.Steps(steps), stored.inputs());
        return new Account(stored, end.weights(), end.bias(), optimizer, new Horizon.Steps(steps));
    }

    private static Account plain(TrainingProblem problem, Precision precision) {
        return trained(problem, optimizer(problem, 0, false, 0), STEPS, precision);
    }

    private static void refuted(String kind, Account account) {
        CheckResult result = Checker.check(account, Precision.FLOAT64);
        assertEquals(Verdict.REFUTED, result.verdict(), result.toString());
        assertNotNull(result.cause(), result.toString());
        assertEquals(kind, result.cause().kind(), result.toString());
        assertTrue(result.cause().explains(), result.toString());
    }

    @ParameterizedTest
    @EnumSource
    void trueAccountsAreConfirmed(Precision precision) {
        for (TrainingProblem problem : List.of(fcn(false), fcn(true), cnn(false), cnn(true))) {
            for (Optimizer optimizer : List.of(
                    optimizer(problem, 0, false, 0),
                    optimizer(problem, 0.9, false, 0),
                    optimizer(problem, 0.9, true, 0),
                    optimizer(problem, 0.5, true, 1e-3))) {
                for (Loss loss : Loss.values()) {
                    Account shape = new Account(
                                    problem, problem.weights(), problem.initialBias(), optimizer, new Horizon.Steps(1))
                            .with(loss);
                    double scale = problem.lossScale() / shape.problem().lossScale();
                    Optimizer scaled = new Optimizer(
                            (float) (optimizer.learningRate() * scale),
                            optimizer.momentum(),
                            optimizer.nesterov(),
                            (float) (optimizer.weightDecay() / scale));
                    CheckResult result = Checker.check(trained(shape.problem(), scaled, STEPS, precision), precision);
                    assertEquals(Verdict.CONFIRMED, result.verdict(), result.toString());
                    // a budget that is never used says nothing
                    assertTrue(result.ratio() > 1e-4, result.toString());
                }
            }
        }
    }

    static Stream<TrainingProblem> problems() {
        return Stream.of(fcn(true), cnn(true));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void wrongSettingsAreNamed(TrainingProblem problem) {
        Account plain = plain(problem, Precision.FLOAT64);
        Optimizer method = plain.optimizer();
        refuted("loss", plain.with(Loss.HALF_SUM));
        refuted("loss", plain.with(Loss.SUM));
        refuted("steps", plain.with(new Horizon.Steps(STEPS + 1)));
        refuted("steps", plain.with(new Horizon.Steps(STEPS - 23)));
        refuted("learning-rate", plain.with(method.withLearningRate(method.learningRate() / 1.37)));
        refuted("learning-rate", plain.with(method.withLearningRate(10 * method.learningRate())));
        refuted("momentum", plain.with(new Optimizer(method.learningRate(), 0.9, false, 0)));
        refuted("weight-decay", plain.with(new Optimizer(method.learningRate(), 0, false, 1e-3)));
        Account heavy = trained(problem, optimizer(problem, 0.5, false, 0), STEPS, Precision.FLOAT64);
        refuted("nesterov", heavy.with(new Optimizer(heavy.optimizer().learningRate(), 0.5, true, 0)));
        refuted("momentum", heavy.with(new Optimizer(heavy.optimizer().learningRate(), 0, false, 0)));
        refuted("momentum", heavy.with(new Optimizer(heavy.optimizer().learningRate(), 0.61, false, 0)));
        Account decayed = trained(problem, optimizer(problem, 0, false, 2.3e-3), STEPS, Precision.FLOAT64);
        refuted(
                "weight-decay",
                decayed.with(Optimizer.gradientDescent(decayed.optimizer().learningRate())));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void twoWrongSettingsAreNamedTogether(TrainingProblem problem) {
        Account heavy = trained(problem, optimizer(problem, 0.5, false, 0), STEPS, Precision.FLOAT64);
        double rate = heavy.optimizer().learningRate();
        Optimizer plainMethod = Optimizer.gradientDescent(rate);
        refuted("steps and momentum", heavy.with(plainMethod).with(new Horizon.Steps(STEPS + 1)));
        refuted("loss and momentum", heavy.with(plainMethod).with(Loss.HALF_SUM));
        refuted("momentum and weight-decay", heavy.with(new Optimizer(rate, 0.9, false, 1e-3)));
        refuted("steps and momentum", heavy.with(plainMethod).with(new Horizon.Limit()));
        Account nesterov = trained(problem, optimizer(problem, 0.5, true, 0), STEPS, Precision.FLOAT64);
        refuted("steps and nesterov", nesterov.with(heavy.optimizer()).with(new Horizon.Steps(STEPS - 7)));
    }

    @Test
    void aWrongArrayOrPaddingIsNamedBesideAWrongSetting() {
        Account cnn = plain(cnn(false), Precision.FLOAT64);
        TrainingProblem given = cnn.problem();
        Account padded = cnn.with(new TrainingProblem(
                new Cnn(2, 2, 3, Padding.CIRCULAR, false),
                given.inputs(),
                given.targets(),
                given.weights(),
                null,
                given.loss()));
        refuted("padding and steps", padded.with(new Horizon.Steps(STEPS + 2)));
        Account fcn = plain(fcn(false), Precision.FLOAT64);
        Account exchanged = fcn.between(fcn.trained(), fcn.problem().weights());
        double rate = fcn.optimizer().learningRate();
        refuted("exchanged and learning-rate", exchanged.with(Optimizer.gradientDescent((float) (0.3 * rate))));
    }

    /** Rate 5 diverges; that training went on to its limit would explain nothing. */
    @Test
    void aCauseThatCannotBeIsNotOffered() {
        TrainingProblem problem = fcn(true);
        double curvature = new ClosedForm(problem).largestCurvature();
        Account account = trained(problem, Optimizer.gradientDescent(0.5 / curvature), 50, Precision.FLOAT64);
        Account told = account.with(Optimizer.gradientDescent(5 / curvature)).with(new Horizon.Steps(20));
        CheckResult result = Checker.check(told, Precision.FLOAT64);
        assertEquals("steps and learning-rate", result.cause().kind(), result.toString());
        assertTrue(result.cause().words().contains("there were 50 steps"), result.toString());
        assertTrue(result.causes().stream().allMatch(CheckResult.Cause::explains), result.toString());
    }

    private static double half(double value, int bits) {
        double unit = Math.scalb(1.0, Math.getExponent(value) + 1 - bits);
        return Math.rint(value / unit) * unit;
    }

    @Test
    void weightsSavedInANarrowerFormatAreNoEvidence() {
        for (TrainingProblem problem : List.of(fcn(false), cnn(false))) {
            for (int bits : new int[] {8, 11, 24}) {
                Precision precision = bits == 24 ? Precision.FLOAT64 : Precision.FLOAT32;
                Account account = plain(problem, precision);
                UnaryOperator<double[]> save = values -> {
                    for (int at = 0; at < values.length; at++) {
                        values[at] = half(values[at], bits);
                    }
                    return values;
                };
                Array initial = account.problem().weights();
                for (Array start : List.of(initial, changed(initial, save))) {
                    CheckResult result =
                            Checker.check(account.between(start, changed(account.trained(), save)), precision);
                    assertEquals(Verdict.CONFIRMED, result.verdict(), result.toString());
                    assertTrue(result.notes().get(0).contains("grid of"), result.toString());
                }
                // a start that was saved, and an end that was not: where the data span everything, training forgets it
                CheckResult result =
                        Checker.check(account.between(changed(initial, save), account.trained()), precision);
                assertNotEquals(Verdict.REFUTED, result.verdict(), result.toString());
                // seven times the grid is no rounding
                Account other = account.between(initial, changed(changed(account.trained(), save), values -> {
                    values[1] = half(values[1] * (1 + Math.scalb(14.0, -bits)), bits);
                    return values;
                }));
                assertNotEquals(
                        Verdict.CONFIRMED, Checker.check(other, precision).verdict());
            }
        }
    }

    private static Array changed(Array array, UnaryOperator<double[]> change) {
        return Array.of(change.apply(array.values().clone()), array.shape());
    }

    private static Array transposed(Array square) {
        int side = square.size(0);
        return changed(square, values -> {
            double[] other = new double[values.length];
            for (int at = 0; at < values.length; at++) {
                other[at % side * side + at / side] = values[at];
            }
            return other;
        });
    }

    @Test
    void wrongArraysAreNamed() {
        Account fcn = plain(fcn(false), Precision.FLOAT64);
        Array initial = fcn.problem().weights();
        refuted("transposed", fcn.between(initial, transposed(fcn.trained())));
        refuted("transposed", fcn.between(transposed(initial), fcn.trained()));
        refuted("exchanged", fcn.between(fcn.trained(), initial));
        Account cnn = plain(cnn(false), Precision.FLOAT64);
        UnaryOperator<double[]> flip = values -> {
            double[] other = new double[values.length];
            for (int at = 0; at < values.length; at++) {
                other[at / 9 * 9 + 8 - at % 9] = values[at];
            }
            return other;
        };
        refuted("flipped", cnn.between(cnn.problem().weights(), changed(cnn.trained(), flip)));
        refuted("flipped", cnn.between(changed(cnn.problem().weights(), flip), changed(cnn.trained(), flip)));
    }

    @Test
    void wrongPaddingBiasAndTargetsAreNamed() {
        Account cnn = plain(cnn(false), Precision.FLOAT64);
        TrainingProblem given = cnn.problem();
        refuted(
                "padding",
                cnn.with(new TrainingProblem(
                        new Cnn(2, 2, 3, Padding.CIRCULAR, false),
                        given.inputs(),
                        given.targets(),
                        given.weights(),
                        null,
                        given.loss())));
        Account biased = plain(fcn(true), Precision.FLOAT64);
        TrainingProblem whole = biased.problem();
        Account silent = new Account(
                new TrainingProblem(
                        new Fcn(9, 9, false), whole.inputs(), whole.targets(), whole.weights(), null, whole.loss()),
                biased.trained(),
                null,
                biased.optimizer(),
                biased.horizon());
        refuted("bias", silent);
        Account without = plain(fcn(false), Precision.FLOAT64);
        TrainingProblem bare = without.problem();
        Account claimed = new Account(
                new TrainingProblem(
                        new Fcn(9, 9, true),
                        bare.inputs(),
                        bare.targets(),
                        bare.weights(),
                        Array.zeros(9),
                        bare.loss()),
                without.trained(),
                Array.zeros(9),
                without.optimizer(),
                without.horizon());
        refuted("bias", claimed);
        Account other = plain(
                without.withTargets(uniform(new SplittableRandom(4), 4, 9)).problem(), Precision.FLOAT64);
        Account wrong = other.withTargets(changed(other.problem().targets(), values -> {
            values[2 * 9 + 4] += 0.01;
            return values;
        }));
        refuted("targets", wrong);
        assertTrue(Checker.check(wrong, Precision.FLOAT64).cause().words().contains("example 2"));
    }

    @Test
    void tamperedEntriesAreLocated() {
        for (Precision precision : Precision.values()) {
            double size = precision == Precision.FLOAT32 ? 1e-3 : 1e-6;
            for (TrainingProblem problem : List.of(fcn(true), cnn(false))) {
                Account account = plain(problem, precision);
                Account tampered = account.between(
                        account.problem().weights(),
                        changed(account.trained(), values -> {
                                    values[4] *= 1 + size;
                                    return values;
                                })
                                .rounded(precision));
                CheckResult result = Checker.check(tampered, precision);
                assertEquals(Verdict.REFUTED, result.verdict(), result.toString());
                assertEquals("tampered", result.cause().kind(), result.toString());
                assertEquals(problem.network() instanceof Fcn ? "weight[0, 4]" : "weight[0, 0, 1, 1]", result.place());
            }
        }
    }

    /** Nesterov's budget is the wider one; a momentum of almost nothing must not excuse what it does not explain. */
    @Test
    void aWiderBudgetIsNoExplanation() {
        Account account = plain(cnn(false), Precision.FLOAT32);
        Comparison comparison = Comparison.of(account, new ClosedForm(account.problem()), Precision.FLOAT32);
        double size = 1.5 * comparison.budget().get(0, 4);
        Account tampered = account.between(
                account.problem().weights(),
                changed(account.trained(), values -> {
                            values[4] +=
                                    Math.copySign(size, comparison.deviation().get(0, 4));
                            return values;
                        })
                        .rounded(Precision.FLOAT32));
        CheckResult result = Checker.check(tampered, Precision.FLOAT32);
        assertEquals("tampered", result.cause().kind(), result.toString());
    }

    @Test
    void limitsAreCheckedAndEarlyStopsNoticed() {
        TrainingProblem problem = fcn(false);
        Account long_ = trained(problem, optimizer(problem, 0, false, 0), 20_000, Precision.FLOAT64);
        CheckResult result = Checker.check(long_.with(new Horizon.Limit()), Precision.FLOAT64);
        assertEquals(Verdict.CONFIRMED, result.verdict(), result.toString());
        refuted("steps", plain(problem, Precision.FLOAT64).with(new Horizon.Limit()));
    }

    @Test
    void whatCannotBeDecidedIsNot() {
        TrainingProblem problem = fcn(false);
        Account untrained = new Account(
                problem.rounded(Precision.FLOAT32),
                problem.rounded(Precision.FLOAT32).weights(),
                null,
                Optimizer.gradientDescent(1e-12f),
                new Horizon.Steps(10));
        assertEquals(
                Verdict.UNDECIDED, Checker.check(untrained, Precision.FLOAT32).verdict());
        // ten thousand unknown steps later
        Account still = untrained.with(new Horizon.Steps(0));
        assertEquals(Verdict.CONFIRMED, Checker.check(still, Precision.FLOAT32).verdict());
    }

    /** One mode, and a change along it that differs from output to output: a fitted bias would explain any such. */
    @Test
    void aBiasThatWouldExplainAnythingIsNotOffered() {
        TrainingProblem problem = problem(new Fcn(4, 4, false), 11, 1, 4);
        Array moved = Array.of(problem.weights().values().clone(), 4, 4);
        double[] change = {1, -2, 0.5, 3};
        for (int at = 0; at < moved.length(); at++) {
            moved.values()[at] += change[at / 4] * problem.inputs().values()[at % 4];
        }
        Account account = new Account(problem, moved, null, optimizer(problem, 0, false, 0), new Horizon.Steps(STEPS));
        CheckResult result = Checker.check(account, Precision.FLOAT64);
        assertEquals(Verdict.REFUTED, result.verdict(), result.toString());
        assertTrue(result.cause() == null || !result.cause().kind().contains("bias"), result.toString());
    }

    /** The biases before and after training are exchanged, so that the bias moved. */
    @Test
    void aBiasThatMovedWasTrained() {
        Account told = plain(fcn(true), Precision.FLOAT64);
        TrainingProblem p = told.problem();
        Account exchanged = new Account(
                new TrainingProblem(p.network(), p.inputs(), p.targets(), p.weights(), told.trainedBias(), p.loss()),
                told.trained(),
                p.initialBias(),
                told.optimizer(),
                told.horizon());
        CheckResult result = Checker.check(exchanged, Precision.FLOAT64);
        assertEquals(Verdict.REFUTED, result.verdict(), result.toString());
        assertTrue(!String.valueOf(result.cause()).contains("the bias was not trained"), result.toString());
    }

    @Test
    void nonsenseHasNoCause() {
        Account account = plain(fcn(false), Precision.FLOAT64);
        Array noise = uniform(new SplittableRandom(8), 9, 9);
        CheckResult result = Checker.check(account.between(account.problem().weights(), noise), Precision.FLOAT64);
        assertEquals(Verdict.REFUTED, result.verdict());
        assertNull(result.cause(), result.toString());
        assertTrue(result.notes().get(0).startsWith("tried, alone and in pairs: targets, bias,"), result.toString());
    }

    @Test
    void shapesHaveToFit() {
        Account account = plain(fcn(false), Precision.FLOAT64);
        Array wrong = Array.zeros(9, 8);
        assertThrows(
                IllegalArgumentException.class,
                () -> account.between(account.problem().weights(), wrong));
    }
}
