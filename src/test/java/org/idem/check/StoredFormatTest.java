package org.idem.check;

import static org.idem.check.Trained.STEPS;
import static org.idem.check.Trained.changed;
import static org.idem.check.Trained.cnn;
import static org.idem.check.Trained.fcn;
import static org.idem.check.Trained.plain;
import static org.idem.check.Trained.refuted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.check.CheckResult.Verdict;
import org.idem.check.format.DecimalGrid;
import org.idem.check.format.StoredFormat;
import org.idem.network.Horizon;
import org.idem.network.LinearProblem;
import org.idem.theory.ClosedForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers that were rounded when they were saved, or trained in another precision than is told. */
class StoredFormatTest {
    private static double half(double value, int bits) {
        double unit = Math.scalb(1.0, Math.getExponent(value) + 1 - bits);
        return Math.rint(value / unit) * unit;
    }

    @Test
    void weightsSavedInANarrowerFormatAreNoEvidence() {
        for (LinearProblem problem : List.of(fcn(false), cnn(false))) {
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
                // budget and rounding have taken one bound at most, the grid takes another
                StoredFormat format = StoredFormat.narrower(precision, changed(account.trained(), save));
                double bound = Comparison.of(account, new ClosedForm(account.problem()), precision)
                                .budget()
                                .get(0, 1)
                        + format.error(account.trained().values()[1]);
                Account other = account.between(initial, changed(changed(account.trained(), save), values -> {
                    values[1] = half(values[1] + 4 * bound, bits);
                    return values;
                }));
                assertNotEquals(
                        Verdict.CONFIRMED, Checker.check(other, precision).verdict());
            }
        }
    }

    private static Array decimal(Array array, UnaryOperator<BigDecimal> rounding) {
        return changed(
                array,
                values -> Arrays.stream(values)
                        .map(value -> rounding.apply(new BigDecimal(value)).doubleValue())
                        .toArray());
    }

    private static Account saved(Account account, boolean start, UnaryOperator<BigDecimal> rounding) {
        Array initial = account.problem().weights();
        return account.between(start ? decimal(initial, rounding) : initial, decimal(account.trained(), rounding));
    }

    static Stream<UnaryOperator<BigDecimal>> decimals() {
        return Stream.of(
                number -> number.setScale(6, RoundingMode.HALF_EVEN),
                number -> number.setScale(3, RoundingMode.HALF_EVEN),
                number -> number.round(new MathContext(6)),
                number -> number.round(new MathContext(4)));
    }

    @ParameterizedTest
    @MethodSource("decimals")
    void weightsSavedInDecimalsAreNoEvidence(UnaryOperator<BigDecimal> rounding) {
        for (LinearProblem problem : List.of(fcn(false), cnn(false))) {
            for (Precision precision : Precision.values()) {
                for (boolean start : new boolean[] {false, true}) {
                    Account account =
                            saved(plain(problem, precision), start, rounding).rounded(precision);
                    CheckResult result = Checker.check(account, precision);
                    assertEquals(Verdict.CONFIRMED, result.verdict(), result.toString());
                    // the budget of float32 alone may do
                    assertTrue(
                            precision == Precision.FLOAT32
                                    || result.notes().get(0).contains("grid of"),
                            result.toString());
                }
            }
        }
    }

    /** Rounding to decimals excuses no more than it does: half of the last place, beside the budget. */
    @ParameterizedTest
    @MethodSource("decimals")
    void whatDecimalsCannotExplainIsRefuted(UnaryOperator<BigDecimal> rounding) {
        Account account = saved(plain(fcn(false), Precision.FLOAT64), false, rounding);
        StoredFormat format = StoredFormat.narrower(Precision.FLOAT64, account.trained());
        assertNotNull(format);
        // one place is twice the largest rounding error, the budget of float64 is far below
        double places = 4 * format.error(account.trained().values()[1]);
        Array end = decimal(
                changed(account.trained(), values -> {
                    values[1] += places;
                    return values;
                }),
                rounding);
        CheckResult result = Checker.check(account.between(account.problem().weights(), end), Precision.FLOAT64);
        assertEquals(Verdict.REFUTED, result.verdict(), result.toString());
    }

    @Test
    void numbersThatWereNotRoundedLieOnNoDecimalGrid() {
        for (Precision precision : Precision.values()) {
            Array drawn = plain(fcn(false), precision).trained();
            assertNull(DecimalGrid.of(precision, drawn));
        }
        assertEquals(
                "3 decimals",
                Objects.requireNonNull(
                                DecimalGrid.of(Precision.FLOAT64, Array.of(new double[] {0.125, -1.5, 0.007}, 3)))
                        .name());
    }

    /** Trained in float32, told as float64. */
    @Test
    void anotherPrecisionIsACause() {
        for (LinearProblem problem : List.of(fcn(true), cnn(false))) {
            Account account = plain(problem, Precision.FLOAT32);
            refuted("precision", account);
            refuted("precision and steps", account.with(new Horizon.Steps(STEPS / 2)));
            // what was trained in float64 and saved in float32 is told rightly
            Account wide = plain(problem, Precision.FLOAT64);
            Array end = wide.trained().rounded(Precision.FLOAT32);
            Account narrow = new Account(
                    wide.problem(),
                    end,
                    wide.trainedBias() == null ? null : wide.trainedBias().rounded(Precision.FLOAT32),
                    wide.optimizer(),
                    wide.horizon());
            assertEquals(
                    Verdict.CONFIRMED, Checker.check(narrow, Precision.FLOAT64).verdict());
        }
    }
}
