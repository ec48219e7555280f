package org.idem.cli.theorem;

import java.util.Locale;
import org.idem.cli.terminal.ExitCode;
import org.idem.cli.terminal.Terminal;
import org.idem.verification.ExactResults;
import org.idem.verification.TheoremResult;
import org.idem.verification.Verdict;

/** Prints verdicts, and of false variants those that stand. */
final class VerdictLines {
    private VerdictLines() {}

    static void print(ExactResults exact) {
        int code = exact.instances().holds() ? ExitCode.DONE : ExitCode.REFUTED;
        print(
                "exact",
                exact.word(),
                code,
                exact.guarantee(),
                exact.refutedVariants(),
                exact.variants().size());
        exact.unrefuted().forEach(VerdictLines::standing);
    }

    /** A refutation comes with the command that replays it. */
    static void print(TheoremResult result, int code, String again) {
        Verdict verdict = result.verdict();
        String id = result.theorem().id();
        print(
                id,
                verdict.word(),
                code,
                verdict.guarantee(),
                result.refutedVariants(),
                result.variants().size());
        if (verdict instanceof Verdict.Refuted counterexample) {
            System.out.println(
                    "               replay: idem replay '" + id + " " + counterexample.smallest() + "'" + again);
        }
        for (TheoremResult.VariantResult variant : result.variants()) {
            if (!variant.refuted()) {
                standing(variant.name());
            }
        }
    }

    private static void print(String id, String word, int code, String guarantee, long refuted, int variants) {
        System.out.printf(
                Locale.ROOT,
                "%-14s %s %s; %d of %d false variants refuted%n",
                id,
                Terminal.coloured(String.format(Locale.ROOT, "%-12s", word), code),
                guarantee,
                refuted,
                variants);
    }

    private static void standing(String variant) {
        System.out.println("               not refuted: " + variant);
    }
}
