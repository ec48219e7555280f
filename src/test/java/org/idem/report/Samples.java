package org.idem.report;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.idem.provenance.Provenance;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Evidence;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorems;
import org.idem.theorem.exhibit.DeepExhibits;
import org.idem.theorem.exhibit.Exhibits;
import org.idem.verification.ExactResults;
import org.idem.verification.Progress;
import org.idem.verification.TheoremResult;
import org.idem.verification.Verdict;
import org.idem.verification.Verifier;

/** Reports to look at: an ordinary one, an empty one, and one in which everything goes wrong. */
final class Samples {
    /** Text that would break a page, a script and a table if it were not escaped. */
    static final String HOSTILE = "</script><script>alert('x')</script> <b onclick=\"x\">\"a\", b & c</b> $unsafe{1}";

    private static final Verifier RUN = new Verifier(20, 1, 0.9);
    private static final List<Dimension> SPACE = List.of(
            new Dimension.Whole("side", 1, 40),
            new Dimension.Real("rate", 0, 1),
            new Dimension.Choice("word", List.of("one", "two")));

    /** Of few instances, compared once: no page says anything else of more. */
    static final ExactResults EXACT = ExactResults.of(1, 23);

    private Samples() {}

    static Report ordinary() {
        List<TheoremResult> results = Theorems.list().stream()
                .filter(theorem -> List.of("T1", "T2.rank-error").contains(theorem.id()))
                .map(theorem -> RUN.verify(theorem, 2, Progress.SILENT))
                .toList();
        return report("builtin", results, Exhibits.NONE);
    }

    static Report empty() {
        return report("builtin", List.of(), Exhibits.NONE);
    }

    static Report hostile() {
        List<Evidence> evidence = List.of(
                new Evidence.Compared(Double.NaN, 1),
                new Evidence.Compared(Double.POSITIVE_INFINITY, 0),
                new Evidence.Compared(1, Double.POSITIVE_INFINITY),
                new Evidence.Compared(0, 0),
                new Evidence.Bounded(Double.MIN_VALUE, 1, Double.MAX_VALUE, 0.5),
                new Evidence.Placed(Double.NaN),
                new Evidence.NotConverged(HOSTILE),
                new Evidence.HypothesesNotMet(HOSTILE),
                new Evidence.Undecidable(HOSTILE));
        List<TheoremResult.Entry> entries = new ArrayList<>();
        for (Evidence one : evidence) {
            entries.add(new TheoremResult.Entry(Configuration.draw(SPACE, entries.size()), one));
        }
        TheoremResult.Entry first = entries.get(0);
        TheoremResult result = new TheoremResult(
                new Unrun(
                        "X<1>.\"&'", new Statement(HOSTILE, "a < b \\text{" + HOSTILE + "}", HOSTILE, HOSTILE), SPACE),
                new Verdict.Refuted(first.configuration(), (Evidence.Measured) first.evidence()),
                entries,
                List.of(
                        new TheoremResult.VariantResult(HOSTILE, 1, first),
                        new TheoremResult.VariantResult("never refuted", 0, null)),
                null);
        return report(
                HOSTILE,
                List.of(result),
                new Exhibits(List.of(), List.of(), null, DeepExhibits.NONE, List.of(HOSTILE)));
    }

    static Report report(String images, List<TheoremResult> results, Exhibits exhibits) {
        return new Report(
                RUN,
                images,
                List.of(),
                images.equals("builtin") ? "" : " --images '" + images + "'",
                results,
                List.of(),
                EXACT,
                exhibits,
                new Provenance(Path.of("nowhere"), Instant.EPOCH, Duration.ZERO));
    }
}
