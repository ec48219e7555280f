package org.idem.check;

import static org.idem.check.Trained.changed;
import static org.idem.check.Trained.cnn;
import static org.idem.check.Trained.fcn;
import static org.idem.check.Trained.plain;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.check.CheckResult.Verdict;
import org.idem.network.TrainingProblem;
import org.junit.jupiter.api.Test;

/** Numbers that were rounded when they were saved, or trained in another precision than is told. */
class StoredFormatTest {
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
}
