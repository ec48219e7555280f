package org.idem.cli.theorem;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.idem.cli.terminal.ExitCode;
import org.idem.theorem.Claim;
import org.idem.theorem.Evidence;
import org.idem.theorem.FormalProof;
import org.idem.theorem.FormalProofs;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists theorems, or explains some. */
@Command(
        name = "theorems",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the theorems, or explains some: statement, hypotheses, proof, what is drawn at random, false variants.",
            "",
            "The list says whether a proof assistant has checked all that the theorem's page claims (machine-checked), a part"
                    + " of it, or nothing (no formal proof); the explanation says which part."
        },
        footer = {"", "Example:", "  idem theorems T2.rank-error"})
public final class TheoremsCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "THEOREM",
            description = "identifiers, for instance T1.steps; T3 means all that begin with it")
    private List<String> ids = List.of();

    @Mixin
    private TheoremOptions options = new TheoremOptions();

    @Override
    public Integer call() throws Exception {
        if (ids.isEmpty()) {
            List<Theorem<?>> all = options.theorems();
            String line = "%-" + VerdictLines.column(all) + "s %s%s%n";
            for (Theorem<?> theorem : all) {
                System.out.printf(
                        Locale.ROOT,
                        line,
                        theorem.id(),
                        theorem.statement().text(),
                        checked(FormalProofs.of(theorem.id())));
            }
            return ExitCode.DONE;
        }
        String before = "";
        for (Theorem<?> theorem : options.chosen(ids)) {
            System.out.print(before);
            explain(theorem);
            before = System.lineSeparator();
        }
        return ExitCode.DONE;
    }

    private static String checked(FormalProof formal) {
        if (!formal.exists()) {
            return " [no formal proof]";
        }
        return formal.notChecked().isEmpty() ? " [machine-checked]" : " [partly machine-checked]";
    }

    private void explain(Theorem<?> theorem) throws IOException {
        Statement statement = theorem.statement();
        System.out.println(theorem.id());
        System.out.println("  statement     " + statement.text());
        boolean own = options.own().contains(theorem);
        // formulas are TeX, which pages draw; in a terminal only its author reads it
        System.out.println("  formula       " + (own ? statement.formula() : "in the report of idem verify"));
        System.out.println("  hypotheses    " + statement.hypotheses());
        System.out.println("  source        " + statement.source());
        if (!own) {
            System.out.println("  proof         proofs/" + theorem.id() + ".md");
        }
        FormalProof formal = FormalProofs.of(theorem.id());
        System.out.println("  machine check " + formal.summary());
        formal.checked().forEach(checked -> System.out.println("    " + checked.line()));
        System.out.println("  drawn at random, by a seed: names and values in a line for idem replay");
        theorem.space()
                .forEach(dimension ->
                        System.out.println("    " + (own ? dimension.describe() : AxisNotes.explained(dimension))));
        System.out.println("  false variants, which must be refuted");
        theorem.allFalseVariants().forEach(variant -> System.out.println("    " + variant.name()));
        System.out.println("  a verdict of 'confirmed' means");
        System.out.println("    " + meaning(theorem));
        System.out.println(
                "  a verdict of 'refuted' shows a line for idem replay, or how improbable all trials together are");
    }

    /** What a confirmation means for the theorem's kind of claim, which is the same in every configuration. */
    private static <S> String meaning(Theorem<S> theorem) {
        S scenario = theorem.scenario(theorem.draw(1));
        Claim claim = theorem.claim(scenario);
        if (claim instanceof Claim.Law) {
            return "all trials together fit the claimed law; the verdict bounds how far the true one can be from it.";
        }
        if (claim instanceof Claim.Mean || isMeanOfWhatIsSeen(claim, theorem, scenario)) {
            return "averages over networks fit the claimed means; the verdict bounds by which percentage all of them could be"
                    + " off alike.";
        }
        if (claim instanceof Claim.Limit) {
            return String.format(
                    Locale.ROOT,
                    "nearly all trials saw discrepancies shrink at the claimed rates; at most %.0f %% of the configurations"
                            + " miss one. It speaks of the numbers tried and proves no limit.",
                    100 * Claim.Limit.CONFIRMED_BELOW);
        }
        if (claim instanceof Claim.UpperBound bound) {
            return bound.failure() > 0
                    ? "the bound was exceeded no more often than it says; the verdict bounds how often it can be."
                    : "no trial exceeded the bound; the verdict bounds the share of configurations that would.";
        }
        if (claim instanceof Claim.Given) {
            return "no trial left the error budget that is computed from its own weights, losses and gradients;"
                    + " the verdict bounds the share of configurations that would.";
        }
        return "no trial left the error budget that is computed for it beforehand; the verdict bounds the share of"
                + " configurations that would.";
    }

    /** Whether a claim that depends on what is seen is one about means; what is seen tells. */
    private static <S> boolean isMeanOfWhatIsSeen(Claim claim, Theorem<S> theorem, S scenario) {
        return claim instanceof Claim.Given && claim.against(theorem.observe(scenario)) instanceof Evidence.Averaged;
    }
}
