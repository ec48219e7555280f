package org.idem.cli.study;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.idem.array.WholeFile;
import org.idem.cli.argument.FileArguments;
import org.idem.cli.argument.Nearest;
import org.idem.cli.argument.OutputFile;
import org.idem.cli.argument.ShellWords;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.ExitCode;
import org.idem.cli.terminal.Terminal;
import org.idem.laboratory.Laboratory;
import org.idem.laboratory.StudyResults;
import org.idem.laboratory.finding.Finding;
import org.idem.laboratory.finding.FindingResult;
import org.idem.laboratory.finding.FindingRun;
import org.idem.laboratory.finding.FindingVerdict;
import org.idem.laboratory.finding.Findings;
import org.idem.laboratory.finding.FindingsJson;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Study;
import org.idem.laboratory.result.RunResult;
import org.idem.laboratory.run.StudyRunner;
import org.idem.wording.Decimals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tests what is claimed of trained deep networks where no theorem reaches. */
@Command(
        name = "findings",
        mixinStandardHelpOptions = true,
        description = {
            "Tests findings: what is claimed of trained deep networks where no theorem reaches, each with a test that was"
                    + " declared beforehand.",
            "",
            "Networks are trained seed by seed until a finding is confirmed or refuted and its false variants are refuted,"
                    + " or its most seeds are there. With --store, results are kept, and seeds that are there count first."
        },
        footer = {
            "",
            "Exit codes: 0 all confirmed, 3 one is refuted, 4 one is undecided or has a false variant that is not refuted.",
            "Examples:",
            "  idem findings --list",
            "  idem findings F.cnn-depth-identity --seed 1",
            "  idem findings --store my-findings --json findings.json"
        })
public final class FindingsCommand implements Callable<Integer> {
    /** Seeds that are trained together: enough for the processors, and few in vain after the last that is needed. */
    private static final int BATCH = 2;

    @Parameters(arity = "0..*", paramLabel = "FINDING", description = "identifiers; default all")
    private List<String> ids = List.of();

    @Option(names = "--list", description = "prints the statements and trains nothing")
    private boolean list;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "the first seed, which makes the run repeatable; default a fresh one, printed at the end")
    private @Nullable Long seed;

    @Option(
            names = "--seeds",
            paramLabel = "MAX",
            description = "most seeds of each finding (default: its own number, see --list)")
    private @Nullable Integer most;

    @Option(names = "--store", paramLabel = "DIR", description = "folder that keeps results (default: none are kept)")
    private @Nullable Path store;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            converter = OutputFile.class,
            description = "file for the results as JSON")
    private @Nullable Path json;

    @Override
    public Integer call() throws Exception {
        List<Finding> findings = chosen();
        if (list) {
            findings.forEach(FindingsCommand::explain);
            return ExitCode.DONE;
        }
        if (most != null && most < 1) {
            throw new BadInput("--seeds must be at least 1, got " + most);
        }
        if (seed != null && seed > Long.MAX_VALUE - Integer.MAX_VALUE) {
            throw new BadInput("--seed must be at most " + (Long.MAX_VALUE - Integer.MAX_VALUE)
                    + ", so that seeds can follow it, got " + seed);
        }
        if (store != null) {
            FileArguments.checkFolder("--store", store);
            if (json != null) {
                FileArguments.checkOutsideStores("--json", json, store);
            }
        }
        FileArguments.checkOutput("--json", json, store);
        long first = seed == null ? new SecureRandom().nextInt(Integer.MAX_VALUE) : seed;
        List<FindingResult> results = store == null ? fresh(findings, first) : stored(store, findings, first);
        if (json != null) {
            WholeFile.write(json, FindingsJson.write(results, first));
        }
        System.out.println("again          idem findings " + (ids.isEmpty() ? "" : String.join(" ", ids) + " ")
                + "--seed " + first + ShellWords.option("--seeds", most)
                + ShellWords.option("--store", store) + ShellWords.option("--json", json));
        return exitCode(results);
    }

    /** Tests findings on networks that are trained now and kept nowhere. */
    private List<FindingResult> fresh(List<Finding> findings, long first) throws IOException {
        Map<String, RunResult> known = new ConcurrentHashMap<>();
        return test(
                findings,
                first,
                known,
                (finding, runs) -> StudyRunner.train(
                        runs.stream()
                                .filter(run -> !known.containsKey(run.key()))
                                .toList(),
                        (run, trained) -> known.put(run.key(), trained.result()),
                        (done, all, share) -> {}));
    }

    /** Tests findings on the networks of a store, and keeps there what else has to be trained. */
    private List<FindingResult> stored(Path place, List<Finding> findings, long first) throws IOException {
        try (Laboratory laboratory = Laboratory.open(place)) {
            laboratory.remarks().forEach(remark -> System.err.println("idem: " + remark));
            Map<String, RunResult> known = new ConcurrentHashMap<>();
            for (StudyResults.Row row : laboratory.results("findings").rows()) {
                known.put(row.result().key(), row.result());
            }
            return test(findings, first, known, (finding, runs) -> {
                Study study = finding.study(runs.get(0).seed(), BATCH);
                Interruption.during(place, () -> laboratory.train(study, runs, (done, all, share) -> {}));
                for (Run run : runs) {
                    laboratory.result(run).ifPresent(result -> known.put(run.key(), result));
                }
            });
        }
    }

    /** Trains what is not known yet. */
    @FunctionalInterface
    private interface Training {
        void train(Finding finding, List<Run> runs) throws IOException;
    }

    private List<FindingResult> test(
            List<Finding> findings, long first, Map<String, RunResult> known, Training training) throws IOException {
        List<FindingResult> results = new ArrayList<>();
        for (Finding finding : findings) {
            int limit = most == null ? finding.mostSeeds() : Math.min(most, finding.mostSeeds());
            FindingResult result = FindingRun.until(
                    finding,
                    Findings.level(),
                    seeds(finding, first, limit, known.values()),
                    BATCH,
                    runs -> {
                        training.train(finding, runs);
                        return key -> Optional.ofNullable(known.get(key));
                    },
                    so -> Terminal.progress(finding.id(), so.seeds().size(), limit, "seeds at most"));
            Terminal.clearProgress();
            print(result);
            results.add(result);
        }
        return results;
    }

    /** Seeds that a store holds come first, unless the user names the first one. */
    private List<Long> seeds(Finding finding, long first, int limit, Collection<RunResult> known) throws IOException {
        Set<Long> seeds = new LinkedHashSet<>();
        if (seed == null) {
            seeds.addAll(finding.seeds(known));
        }
        LongStream.range(first, first + limit).forEach(seeds::add);
        return seeds.stream().limit(limit).toList();
    }

    private List<Finding> chosen() {
        Map<String, Finding> known = new LinkedHashMap<>();
        Findings.all().forEach(finding -> known.put(finding.id(), finding));
        if (ids.isEmpty()) {
            return Findings.all();
        }
        List<Finding> chosen = new ArrayList<>();
        for (String id :
                ids.stream().flatMap(word -> Stream.of(word.split(",", -1))).toList()) {
            Finding finding = known.get(id);
            if (finding == null) {
                throw new BadInput("FINDING must be a known identifier, got '" + id + "'"
                        + Nearest.hint(id, known.keySet()) + "; known: " + String.join(", ", known.keySet()));
            }
            chosen.add(finding);
        }
        return chosen.stream().distinct().toList();
    }

    private static void explain(Finding finding) {
        System.out.println(finding.id());
        System.out.println("  statement     " + finding.statement());
        System.out.println("  source        " + finding.source());
        System.out.println("  networks      idem study " + finding.arguments());
        System.out.println("  test          from more than " + Decimals.brief(100 * finding.share())
                + " % of all seeds: " + finding.event().text());
        System.out.printf(
                Locale.ROOT,
                "                level %.2g for each answer, looked at after every seed, at most %d seeds%n",
                Findings.level(),
                finding.mostSeeds());
        finding.variants().forEach(variant -> System.out.println("  false variant " + variant.text()));
    }

    private static void print(FindingResult result) {
        Finding finding = result.finding();
        FindingVerdict verdict = result.verdict();
        System.out.printf(
                Locale.ROOT,
                "%-22s %s %s; %d of %d false variants refuted%n",
                finding.id(),
                Terminal.coloured(String.format(Locale.ROOT, "%-10s", verdict.word()), exitCode(result)),
                verdict.guarantee(),
                result.refutedVariants(),
                result.variants().size());
        System.out.println("    event: " + finding.event().text());
        for (int i = 0; i < finding.quantities().size(); i++) {
            System.out.printf(
                    Locale.ROOT,
                    "    %-58s %7.4f in the mean%n",
                    finding.quantities().get(i).name(),
                    result.mean(i));
        }
        result.variants().stream()
                .filter(variant -> !variant.refuted())
                .forEach(variant -> System.out.println("    not refuted: " + variant.text()));
        if (!result.failed().isEmpty()) {
            System.out.println("    seeds with runs that failed, which do not count: " + result.failed());
        }
    }

    private static int exitCode(FindingResult result) {
        if (result.verdict() instanceof FindingVerdict.Refuted) {
            return ExitCode.REFUTED;
        }
        boolean confirmed = result.verdict() instanceof FindingVerdict.Confirmed;
        return confirmed && result.refutedVariants() == result.variants().size() ? ExitCode.DONE : ExitCode.UNDECIDED;
    }

    /** 3 if a finding is refuted, else 4 if one is undecided or a false variant stands. */
    static int exitCode(List<FindingResult> results) {
        return ExitCode.of(results.stream().map(FindingsCommand::exitCode).toList());
    }
}
