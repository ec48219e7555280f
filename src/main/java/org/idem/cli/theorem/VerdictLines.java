package org.idem.cli.theorem;

import java.util.List;
import java.util.Locale;
import org.idem.cli.terminal.ExitCode;
import org.idem.cli.terminal.Terminal;
import org.idem.theorem.Evidence;
import org.idem.theorem.Theorem;
import org.idem.verification.ExactResults;
import org.idem.verification.TheoremResult;
import org.idem.verification.Verdict;
import org.idem.verification.WorstCase;

/** Prints verdicts, and of false variants those that stand. */
final class VerdictLines {
    private static final int LEAST = 14;

    private final int column;
    private final String again;

    /**
     * Lines about some theorems, whose identifiers get one column.
     *
     * @param again options that a command has to repeat to replay one of their trials, after a space
     */
    VerdictLines(List<Theorem<?>> theorems, String again) {
        column = column(theorems);
        this.again = again;
    }

    /** Width of a column that holds the identifiers of theorems, at least that of other words in this place. */
    static int column(List<Theorem<?>> theorems) {
        return theorems.stream().mapToInt(theorem -> theorem.id().length()).reduce(LEAST, Math::max);
    }

    void print(ExactResults exact) {
        int code = exact.instances().holds() ? ExitCode.DONE : ExitCode.REFUTED;
        print(
                "exact",
                exact.word(),
                code,
                exact.guarantee(),
                exact.refutedVariants(),
                exact.variants().size());
        exact.unrefuted().forEach(this::standing);
    }

    /** A refutation comes with the command that replays it. */
    void print(TheoremResult result) {
        Verdict verdict = result.verdict();
        String id = result.theorem().id();
        print(
                id,
                verdict.word(),
                VerifyCommand.exitCode(result),
                verdict.guarantee(),
                result.refutedVariants(),
                result.variants().size());
        if (verdict instanceof Verdict.Refuted counterexample) {
            below("replay: idem replay '" + id + " " + counterexample.smallest() + "'" + again);
            if (counterexample.evidence() instanceof Evidence.Compared compared && compared.limit() == 0) {
                below("the budget there is 0: any rounding refutes; two computations that round need a bound on the"
                        + " errors of both as their budget");
            }
        }
        for (TheoremResult.VariantResult variant : result.variants()) {
            if (!variant.refuted()) {
                standing(variant.name());
            }
        }
    }

    /** A search for the worst case comes with the command that replays what it found. */
    void print(WorstCase worst) {
        System.out.printf(
                Locale.ROOT,
                "%-" + column + "s worst case   measured/limit %.3g%s (trials: %.3g)%s%n",
                worst.theorem().id(),
                worst.ratio(),
                worst.mean() ? " in the mean over networks" : "",
                worst.among(),
                worst.stopped() ? ", ended by time after " + worst.tried() + " tries" : "");
        below("replay: idem replay '" + worst.theorem().id() + " " + worst.configuration() + "'" + again);
    }

    private void print(String id, String word, int code, String guarantee, long refuted, int variants) {
        System.out.printf(
                Locale.ROOT,
                "%-" + column + "s %s %s; %d of %d false variants refuted%n",
                id,
                Terminal.coloured(String.format(Locale.ROOT, "%-12s", word), code),
                guarantee,
                refuted,
                variants);
    }

    private void standing(String variant) {
        below("not refuted: " + variant);
    }

    private void below(String line) {
        System.out.println(" ".repeat(column + 1) + line);
    }
}
