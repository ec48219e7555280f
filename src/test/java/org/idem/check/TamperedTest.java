package org.idem.check;

import static org.idem.check.Trained.cnn;
import static org.idem.check.Trained.fcn;
import static org.idem.check.Trained.moved;
import static org.idem.check.Trained.plain;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.idem.array.Precision;
import org.idem.check.CheckResult.Verdict;
import org.idem.network.Fcn;
import org.idem.network.LinearProblem;
import org.idem.theory.ClosedForm;
import org.junit.jupiter.api.Test;

/** Single entries that were changed are located. */
class TamperedTest {
    @Test
    void tamperedEntriesAreLocated() {
        for (Precision precision : Precision.values()) {
            for (LinearProblem problem : List.of(fcn(true), cnn(false))) {
                CheckResult result = Checker.check(beyond(plain(problem, precision), precision), precision);
                assertEquals(Verdict.REFUTED, result.verdict(), result.toString());
                assertEquals("tampered", result.cause().kind(), result.toString());
                assertEquals(problem.map() instanceof Fcn ? "weight[0, 4]" : "weight[0, 0, 1, 1]", result.place());
            }
        }
    }

    /** One weight is moved from where it is to half as much again as its budget allows. */
    private static Account beyond(Account account, Precision precision) {
        Comparison comparison = Comparison.of(account, new ClosedForm(account.problem()), precision);
        double size = 1.5 * comparison.budget().get(0, 4);
        return moved(account, 4, Math.copySign(size, comparison.deviation().get(0, 4)), precision);
    }

    /** Nesterov's budget is the wider one; a momentum of almost nothing must not excuse what it does not explain. */
    @Test
    void aWiderBudgetIsNoExplanation() {
        CheckResult result =
                Checker.check(beyond(plain(cnn(false), Precision.FLOAT32), Precision.FLOAT32), Precision.FLOAT32);
        assertEquals("tampered", result.cause().kind(), result.toString());
    }
}
