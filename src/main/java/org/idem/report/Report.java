package org.idem.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.idem.array.WholeFile;
import org.idem.theorem.Evidence;
import org.idem.verification.TheoremResult;
import org.idem.verification.Verdict;
import org.idem.verification.Verifier;

/**
 * The results of one run as a page, a table and a document for programs.
 *
 * @param run how the trials were drawn
 * @param results one per theorem
 */
public record Report(Verifier run, List<TheoremResult> results) {
    /** Copies the list. */
    public Report {
        results = List.copyOf(results);
    }

    /**
     * Writes index.html and trials.csv; each appears whole or not at all.
     *
     * @param folder made if it is missing
     * @throws IOException if it cannot be written
     */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        WholeFile.write(folder.resolve("trials.csv"), csv());
        WholeFile.write(folder.resolve("index.html"), html());
    }

    /**
     * Writes the results for programs; the same seed gives the same bytes.
     *
     * @param file target
     * @throws IOException if it cannot be written
     */
    public void writeJson(Path file) throws IOException {
        String theorems = results.stream()
                .map(result -> "    {\"id\": " + quoted(result.theorem().id())
                        + ", \"verdict\": " + quoted(result.verdict().word())
                        + ", \"guarantee\": " + quoted(result.verdict().guarantee())
                        + ", \"compared\": " + result.tally().decided()
                        + ", \"medianRatio\": " + (Double.isNaN(result.medianRatio()) ? "null" : result.medianRatio())
                        + ", \"variants\": ["
                        + result.variants().stream()
                                .map(variant -> "{\"name\": " + quoted(variant.name()) + ", \"refutedAfter\": "
                                        + variant.refutedAfter() + ", \"counterexample\": "
                                        + (variant.counterexample() == null
                                                ? "null"
                                                : quoted(variant.counterexample()
                                                        .configuration()
                                                        .toString()))
                                        + "}")
                                .collect(Collectors.joining(", "))
                        + "]}")
                .collect(Collectors.joining(",\n"));
        WholeFile.write(
                file,
                "{\n  \"schema\": 1,\n  \"seed\": " + run.seed() + ",\n  \"trials\": " + run.trials()
                        + ",\n  \"confidence\": " + run.confidence() + ",\n  \"theorems\": [\n" + theorems
                        + "\n  ]\n}\n");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private String csv() {
        StringBuilder table = new StringBuilder("theorem,discrepancy,budget,ratio,configuration\n");
        for (TheoremResult result : results) {
            for (TheoremResult.Entry trial : result.entries()) {
                table.append(result.theorem().id()).append(',');
                if (trial.evidence() instanceof Evidence.Measured seen) {
                    table.append(seen.measured())
                            .append(',')
                            .append(seen.limit())
                            .append(',')
                            .append(seen.ratio());
                } else {
                    table.append(",,");
                }
                table.append(',').append(trial.configuration()).append('\n');
            }
        }
        return table.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private String html() {
        long confirmed = results.stream()
                .filter(result -> result.verdict() instanceof Verdict.Confirmed)
                .count();
        StringBuilder page = new StringBuilder(STYLE);
        page.append("<h1>Theory against training</h1><p class=\"quiet\">")
                .append(results.size())
                .append(" theorems · ")
                .append(run.trials())
                .append(" random configurations each · seed ")
                .append(run.seed())
                .append("</p><div class=\"cards\">");
        card(page, confirmed + " of " + results.size(), "theorems confirmed");
        card(
                page,
                String.valueOf(results.stream()
                        .mapToLong(result -> result.tally().decided())
                        .sum()),
                "networks trained and compared");
        card(
                page,
                results.stream()
                                .flatMap(result -> result.variants().stream())
                                .filter(variant -> variant.refutedAfter() > 0)
                                .count()
                        + " of "
                        + results.stream()
                                .mapToInt(result -> result.variants().size())
                                .sum(),
                "false variants refuted");
        page.append(
                        "</div><h2>Discrepancy against budget</h2><p>Each mark is one trained network. Below the dashed line "
                                + "training lies within the error budget of the closed form; a mark above it would refute.</p><figure>")
                .append(ScatterPlot.of(results))
                .append("</figure><h2>Verdicts</h2>");
        for (TheoremResult result : results) {
            page.append("<section><h3>")
                    .append(result.theorem().id())
                    .append(" · ")
                    .append(result.verdict().word())
                    .append("</h3><blockquote>")
                    .append(escaped(result.theorem().statement().text()))
                    .append("</blockquote><p>")
                    .append(escaped(result.verdict().guarantee()))
                    .append(". Compared ")
                    .append(result.tally().decided())
                    .append(" trials; median observed/budget ")
                    .append(String.format(Locale.ROOT, "%.2g", result.medianRatio()))
                    .append(
                            ".</p><details><summary>False variants</summary><table><tr><th>variant</th><th>refuted after</th><th>smallest counterexample</th></tr>");
            for (TheoremResult.VariantResult variant : result.variants()) {
                page.append("<tr><td>")
                        .append(escaped(variant.name()))
                        .append("</td><td>")
                        .append(variant.refutedAfter())
                        .append("</td><td><code>")
                        .append(escaped(String.valueOf(variant.counterexample())))
                        .append("</code></td></tr>");
            }
            page.append("</table></details></section>");
        }
        return page.append("<h2>Provenance</h2><p>JDK ")
                .append(escaped(System.getProperty("java.version")))
                .append(" · ")
                .append(escaped(System.getProperty("os.name")))
                .append(' ')
                .append(escaped(System.getProperty("os.arch")))
                .append("</p><p><code>idem verify --seed ")
                .append(run.seed())
                .append(" --trials ")
                .append(run.trials())
                .append("</code></p><p>All trials: <a href=\"trials.csv\">trials.csv</a></p></main></body></html>\n")
                .toString();
    }

    private static void card(StringBuilder page, String figure, String label) {
        page.append("<div class=\"card\"><b>")
                .append(figure)
                .append("</b>")
                .append(label)
                .append("</div>");
    }

    private static final String STYLE = """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Idem: theory against training</title>
            <meta name="viewport" content="width=device-width,initial-scale=1"><style>
            :root{color-scheme:light dark;--ink:#1b2733;--quiet:#5c6773;--line:#d8dee6;--soft:#f6f8fa;--blue:#0072b2;--page:#fff}
            @media(prefers-color-scheme:dark){:root{--ink:#e4e9ee;--quiet:#9aa7b4;--line:#38424d;--soft:#1d242c;--blue:#56b4e9;--page:#12171c}}
            body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
            main{max-width:1080px;margin:auto;padding:1.5rem}.quiet,figcaption{color:var(--quiet)}
            .cards{display:flex;flex-wrap:wrap;gap:1rem}.card{border:1px solid var(--line);border-radius:8px;background:var(--soft);padding:1rem;flex:1 1 9rem}
            .card b{display:block;font-size:1.5rem}figure{margin:1rem 0;border:1px solid var(--line);border-radius:8px;padding:.75rem}
            blockquote{margin:0;padding:.75rem 1rem;background:var(--soft);border-left:3px solid var(--blue)}
            svg{width:100%;height:auto}svg text{fill:var(--quiet);font-size:13px}code{overflow-wrap:anywhere}details{overflow-x:auto}
            td,th{text-align:left;padding:.25rem .75rem .25rem 0;vertical-align:top}section{break-inside:avoid}
            </style></head><body><main>
            """;
}
