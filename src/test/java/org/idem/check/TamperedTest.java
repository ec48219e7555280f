package org.idem.check;

import static org.idem.check.Trained.changed;
import static org.idem.check.Trained.cnn;
import static org.idem.check.Trained.fcn;
import static org.idem.check.Trained.plain;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.idem.array.Precision;
import org.idem.check.CheckResult.Verdict;
import org.idem.network.Fcn;
import org.idem.network.TrainingProblem;
import org.idem.theory.ClosedForm;
import org.junit.jupiter.api.Test;

/** Single entries that were changed are located. */
class TamperedTest {
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
}
