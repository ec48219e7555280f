package org.idem.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.idem.image.DrawnImages;
import org.idem.image.ImagePool;
import org.idem.report.Provenance;
import org.idem.report.Report;
import org.idem.theorem.Theorem;
import org.idem.theorem.Theorems;
import org.idem.theorem.exhibit.Exhibits;
import org.idem.verification.Progress;
import org.idem.verification.TheoremResult;
import org.idem.verification.Verdict;
import org.idem.verification.Verifier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies theorems over random configurations. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Verifies theorems against real training and writes a report.")
final class VerifyCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "THEOREM",
            description = "identifiers; T1 alone also means T1.steps and the rest; default all")
    private List<String> ids = List.of();

    @Option(
            names = "--trials",
            defaultValue = "2500",
            description = "random configurations per theorem (default: 2500)")
    private int trials;

    @Option(names = "--seed", description = "makes the run repeatable; default a fresh one, printed")
    private @Nullable Long seed;

    @Option(
            names = "--confidence",
            defaultValue = "0.99",
            description = "joint confidence of all guarantees (default: 0.99)")
    private double confidence;

    @Option(names = "--report", description = "folder of the report (default: reports/latest beside the program)")
    private @Nullable Path report;

    @Option(names = "--json", description = "file for the results")
    private @Nullable Path json;

    @Override
    public Integer call() throws Exception {
        List<Theorem<?>> theorems = selected();
        long used = seed == null ? new SecureRandom().nextInt(Integer.MAX_VALUE) : seed;
        Instant started = Instant.now();
        Verifier verifier;
        try {
            verifier = new Verifier(trials, used, confidence);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--" + e.getMessage());
        }
        FileArguments.checkOutput("--json", json);
        List<TheoremResult> results = new ArrayList<>();
        for (Theorem<?> theorem : theorems) {
            TheoremResult result = verifier.verify(theorem, theorems.size(), Progress.SILENT);
            results.add(result);
            System.out.printf(
                    "%-14s %-12s %s; %d of %d false variants refuted%n",
                    theorem.id(),
                    result.verdict().word(),
                    result.verdict().guarantee(),
                    result.refutedVariants(),
                    result.variants().size());
            if (result.verdict() instanceof Verdict.Refuted counterexample) {
                System.out.println(
                        "               replay: idem replay '" + theorem.id() + " " + counterexample.smallest() + "'");
            }
        }
        Exhibits exhibits =
                Exhibits.of(ImagePool.DRAWN, DrawnImages.standardSet().subList(3, 5), used);
        Path home = Path.of(System.getProperty("idem.home", "."));
        Report page = new Report(
                verifier,
                ImagePool.DRAWN.source(),
                results,
                exhibits,
                new Provenance(home, started, Duration.between(started, Instant.now())));
        Path folder = report == null ? home.resolve("reports").resolve("latest") : report;
        page.write(folder);
        if (json != null) {
            page.writeJson(json);
        }
        System.out.println("report         " + folder.resolve("index.html"));
        System.out.println("again          idem verify --seed " + used + " --trials " + trials);
        return exitCode(results);
    }

    private static int exitCode(List<TheoremResult> results) {
        if (results.stream().anyMatch(result -> result.verdict() instanceof Verdict.Refuted)) {
            return ExitCode.REFUTED;
        }
        boolean blind =
                results.stream().flatMap(result -> result.variants().stream()).anyMatch(variant -> !variant.refuted());
        boolean undecided = results.stream().anyMatch(result -> result.verdict() instanceof Verdict.Undecided);
        return blind || undecided ? ExitCode.UNDECIDED : ExitCode.DONE;
    }

    private List<Theorem<?>> selected() {
        if (ids.isEmpty()) {
            return Theorems.list();
        }
        List<Theorem<?>> theorems = new ArrayList<>();
        for (String id : ids) {
            List<Theorem<?>> family = Theorems.list().stream()
                    .filter(theorem -> theorem.id().startsWith(id + "."))
                    .toList();
            theorems.add(TheoremsCommand.find(id));
            theorems.addAll(family);
        }
        return theorems.stream().distinct().toList();
    }
}
