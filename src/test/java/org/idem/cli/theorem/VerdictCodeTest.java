package org.idem.cli.theorem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.idem.cli.Run;
import org.idem.space.Configuration;
import org.idem.theorem.Evidence;
import org.idem.theorem.Theorem;
import org.idem.theorem.Theorems;
import org.idem.verification.Tally;
import org.idem.verification.TheoremResult;
import org.idem.verification.Verdict;
import org.junit.jupiter.api.Test;

/** What verdicts and evidence print, and the exit codes that they become. */
class VerdictCodeTest {
    private static TheoremResult result(Verdict verdict) {
        Theorem<?> theorem = Theorems.list().get(0);
        return new TheoremResult(
                theorem,
                verdict,
                List.of(),
                List.of(new TheoremResult.VariantResult("one step too many", 0, null)),
                null);
    }

    private static final Verdict CONFIRMED = new Verdict.Confirmed(0.01, 0.99, new Tally(9, 0, 0, 0));
    private static final Verdict UNDECIDED = new Verdict.Silent(new Tally(0, 9, 0, 0));
    private static final Verdict IMPROBABLE = new Verdict.Improbable(1e-9, 1e-4, new Tally(9, 0, 0, 0));

    private static Verdict refuted() {
        return refuted(1);
    }

    private static Verdict refuted(double limit) {
        Configuration configuration = Configuration.draw(Theorems.list().get(0).space(), 1);
        return new Verdict.Refuted(configuration, new Evidence.Compared(2, limit));
    }

    @Test
    void theGravestVerdictDecides() {
        assertEquals(0, VerifyCommand.exitCode(List.of()));
        assertEquals(0, VerifyCommand.exitCode(List.of(result(CONFIRMED))));
        assertEquals(4, VerifyCommand.exitCode(List.of(result(UNDECIDED), result(CONFIRMED))));
        for (Verdict against : List.of(refuted(), IMPROBABLE)) {
            assertEquals(3, VerifyCommand.exitCode(List.of(result(CONFIRMED), result(against))));
            assertEquals(3, VerifyCommand.exitCode(List.of(result(UNDECIDED), result(against), result(CONFIRMED))));
            assertEquals(3, VerifyCommand.exitCode(List.of(result(against), result(UNDECIDED))));
        }
    }

    private static List<String> lines(Verdict verdict) {
        Run run = Run.of(() -> {
            new VerdictLines(List.of(), "").print(result(verdict));
            return 0;
        });
        return run.output().lines().toList();
    }

    @Test
    void aRefutationWithoutABudgetSaysThatRoundingNeedsOne() {
        List<String> lines = lines(refuted(0));
        assertEquals(4, lines.size());
        assertEquals(
                "the budget there is 0: any rounding refutes; two computations that round need a bound on the errors of"
                        + " both as their budget",
                lines.get(2).strip());
    }

    @Test
    void aRefutationPrintsHowToSeeIt() {
        List<String> lines = lines(refuted());
        assertTrue(
                lines.get(0).startsWith("T0             refuted      2.00 measured against a limit of 1.00"),
                lines.get(0));
        assertTrue(lines.get(1).contains("replay: idem replay 'T0 "), lines.get(1));
        assertTrue(lines.get(2).contains("not refuted: one step too many"), lines.get(2));
        assertEquals(3, lines.size());
    }

    @Test
    void replayAnswersByItsEvidence() {
        assertEquals(0, answer(new Evidence.Compared(1, 1)).code());
        Run refuted = answer(new Evidence.Compared(3, 2));
        assertEquals(3, refuted.code());
        assertEquals("measured      3\nlimit         2\nratio         1.5\n", refuted.output());
        assertEquals(3, answer(new Evidence.Compared(Double.NaN, 2)).code());
        assertEquals(4, answer(new Evidence.NotConverged("still moving")).code());
    }

    private static Run answer(Evidence evidence) {
        return Run.of(() -> TrialReplay.answer(evidence));
    }
}
