package org.idem.cli.theorem;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.idem.cli.argument.FileArguments;
import org.idem.cli.argument.ShellWords;
import org.idem.cli.argument.SparkMaster;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.ExitCode;
import org.idem.cli.terminal.Terminal;
import org.idem.execution.Crew;
import org.idem.execution.Share;
import org.idem.execution.cluster.Cluster;
import org.idem.image.Image;
import org.idem.image.ImagePool;
import org.idem.provenance.Provenance;
import org.idem.provenance.Versions;
import org.idem.report.Report;
import org.idem.theorem.Theorem;
import org.idem.theorem.exact.ExactCheck;
import org.idem.theorem.exhibit.Exhibits;
import org.idem.verification.Effort;
import org.idem.verification.ExactResults;
import org.idem.verification.Progress;
import org.idem.verification.TheoremResult;
import org.idem.verification.TrialSource;
import org.idem.verification.Verdict;
import org.idem.verification.Verifier;
import org.idem.verification.WorstCase;
import org.idem.verification.WorstCaseSearch;
import org.idem.verification.share.KeptTrials;
import org.idem.verification.share.RunDescription;
import org.idem.verification.share.ShareRun;
import org.idem.verification.share.SharedTrials;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies theorems over random configurations. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Verifies theorems against real training and writes a report.",
            "",
            "A configuration describes one experiment: network, data, initial weights, method and seed. A trial draws one at"
                    + " random, predicts the result by the theorem, trains by gradient steps, and compares. It decides"
                    + " nothing if training has not reached the limit that the theorem speaks of, if a hypothesis is not"
                    + " met, or if rounding could be as large as the effect.",
            "",
            "The error budget of a trial is the largest difference that rounding can cause, computed beforehand and proved."
                    + " A theorem is refuted if a trial exceeds its budget or a bound that always holds, or if all trials"
                    + " together are too improbable. A false variant is the theorem with one mistake in it: the same"
                    + " trials must refute it, or they would not have noticed that mistake."
        },
        footer = {
            "",
            "Exit codes: 0 all confirmed, 3 a theorem refuted, 4 a theorem undecided.",
            "Examples:",
            "  idem verify",
            "  idem verify T2 --trials 5000 --seed 1 --json results.json",
            "  idem verify --guarantee 0.001",
            "  idem verify T1.steps --images digits.gz --report my-report --trials 60",
            "  idem verify T1.steps --seed 1 --trials 60 --shard 1/2 --json one.json",
            "  idem verify --merge one.json two.json"
        })
public final class VerifyCommand implements Callable<Integer> {
    /** Searches for worst cases end after this time, but for a last round of tries. */
    private static final Duration SEARCHES = Duration.ofMinutes(3);

    /** Number of comparisons in rational arithmetic, which take some seconds. */
    private static final int EXACT_INSTANCES = 50 * ExactCheck.ROUND;

    /** Runs of fewer trials make no loss curves, image strips and kernel sweeps, which take longer than such a run. */
    private static final int LEAST_WITH_EXHIBITS = 100;

    @Parameters(
            arity = "0..*",
            paramLabel = "THEOREM",
            description = "identifiers; T1 alone also means T1.steps and the rest; default all")
    private List<String> ids = List.of();

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "trials per theorem, each in a random configuration (default: " + Effort.USUAL_TRIALS + ")")
    private @Nullable Integer trials;

    @Option(
            names = "--guarantee",
            paramLabel = "E",
            description = "run as many trials as it takes to say 'violated on less than E of the configurations', for"
                    + " instance 0.001; not with --trials")
    private @Nullable Double guarantee;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "makes the run repeatable; default a fresh one, printed at the end")
    private @Nullable Long seed;

    @Option(
            names = "--confidence",
            paramLabel = "P",
            defaultValue = "0.99",
            description = "probability with which the guarantees of all theorems hold together (default: 0.99)")
    private double confidence;

    @Mixin
    private TheoremOptions options = new TheoremOptions();

    @Option(
            names = "--engine",
            paramLabel = "fast|nd4j",
            description =
                    "who trains: fast, the engines of this program, or nd4j, a witness that consists of ND4J's own"
                            + " operations and gradients and takes a thousand times as long (default: both; the witness"
                            + " trains a few of the trials)")
    private @Nullable Trainers engine;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "folder of the report (default: reports/latest beside the program; a run with arguments other"
                    + " than --json gets a folder in it that is named after them and never replaces the full report)")
    private @Nullable Path report;

    @Option(
            names = "--worst",
            description = "also search, for up to three minutes in all, for the configurations that come closest to"
                    + " violating each theorem; what a search finds is replayed exactly, how far it comes depends on"
                    + " the machine's speed")
    private boolean worst;

    @Mixin
    private ShareOptions sharing = new ShareOptions();

    @Option(
            names = "--spark",
            paramLabel = "MASTER",
            description = "runs the trials on a cluster of Apache Spark, spark://HOST:PORT, or on N threads of Spark"
                    + " here, local[N]")
    private @Nullable String spark;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Path folder = ReportFolder.of(report, ids, command);
        SharedTrials joined = joined();
        Share share = sharing.share(command, seed);
        if (spark != null) {
            ClusterTrials.check(command);
        }
        List<Theorem<?>> chosen = options.chosen(ids);
        VerdictLines lines = new VerdictLines(chosen, options.again());
        List<Theorem<?>> theorems = new ArrayList<>();
        chosen.forEach(theorem -> theorems.add(Trainers.train(theorem, engine)));
        Instant started = Instant.now();
        Verifier asked = verifier();
        if (share != null) {
            Shared.run(new ShareRun(described(asked), share), theorems, sharing.jsonOfShare());
            return ExitCode.DONE;
        }
        String fault = joined == null ? null : joined.fault(theorems);
        if (fault != null) {
            throw new BadInput("--merge: " + fault);
        }
        FileArguments.checkFolder("--report", folder);
        FileArguments.checkBesideReport("--json", sharing.json(), folder);
        boolean own = options.own().containsAll(chosen);
        ImagePool pool = options.pool();
        List<Image> pictures = options.pictures();
        Cluster.Opening cluster = spark == null ? null : SparkMaster.of(spark);
        KeptTrials kept = joined == null ? KeptRun.of(described(asked), options, seed != null, folder) : null;
        Verifier verifier = kept == null ? asked : asked.withSeed(kept.run().seed());
        boolean shows = !own && (trials == null || trials >= LEAST_WITH_EXHIBITS);
        Set<String> families =
                chosen.stream().map(theorem -> theorem.id().split("\\.")[0]).collect(Collectors.toSet());
        Supplier<Exhibits> exhibits =
                Crew.aside(() -> shows ? Exhibits.of(pool, pictures, verifier.seed(), families) : Exhibits.NONE);
        Supplier<ExactResults> rational =
                ids.isEmpty() && !own ? Crew.aside(() -> ExactResults.of(verifier.seed(), EXACT_INSTANCES)) : null;
        List<TheoremResult> results = kept == null
                ? verified(verifier, theorems, Objects.requireNonNull(joined), VerifyCommand::show, lines)
                : ran(verifier, theorems, kept, cluster, lines);
        List<WorstCase> closest = new ArrayList<>();
        if (worst) {
            results = new ArrayList<>(results);
            search(verifier.seed(), results, closest, lines);
        }
        ExactResults exact = rational == null ? null : printed(rational, lines);
        Terminal.progress("exhibits of the report");
        Exhibits shown = exhibits.get();
        Terminal.clearProgress();
        Provenance provenance = Provenance.since(FileArguments.home(), started);
        String same = (worst ? " --worst" : "") + (engine == null ? "" : " --engine " + engine) + options.again();
        write(new Report(verifier, pool.source(), ids, same, results, closest, exact, shown, provenance), folder);
        if (kept != null) {
            kept.end();
        }
        return exitCode(results, exact, trials == null || trials >= Effort.USUAL_TRIALS);
    }

    private RunDescription described(Verifier verifier) {
        int each = (int) verifier.effort().wanted(1 - confidence);
        return new RunDescription(
                Versions.of("idem"),
                verifier.seed(),
                each,
                confidence,
                ids,
                engine == null ? null : engine.toString(),
                options.imagesWord(),
                options.classpathWord());
    }

    /**
     * The trials of all shares, null without --merge; this command goes on as if it had been given what they were
     * given.
     */
    private @Nullable SharedTrials joined() {
        SharedTrials joined = sharing.trials(command, ids);
        if (joined == null) {
            return null;
        }
        RunDescription run = joined.run();
        seed = run.seed();
        trials = run.trials();
        confidence = run.confidence();
        ids = run.ids();
        engine = Trainers.of(run.engine());
        options = options.with(run.images(), run.classpath());
        return joined;
    }

    private Verifier verifier() {
        long used = seed == null ? new SecureRandom().nextInt(Integer.MAX_VALUE) : seed;
        try {
            return new Verifier(effort(), used, confidence, Verifier.FALSE_ALARM);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--" + e.getMessage());
        }
    }

    /**
     * Verifies and prints: each theorem when its trials end, and again where all tests of the run change its verdict.
     */
    private static List<TheoremResult> verified(
            Verifier verifier, List<Theorem<?>> theorems, TrialSource source, Progress progress, VerdictLines lines) {
        List<TheoremResult> provisional = verifier.verify(theorems, source, progress, result -> {
            Terminal.clearProgress();
            lines.print(result);
        });
        List<TheoremResult> results = verifier.concluded(provisional);
        results.stream().filter(result -> !provisional.contains(result)).forEach(result -> {
            System.out.println("all tests of the run together decide otherwise:");
            lines.print(result);
        });
        return results;
    }

    /** Runs the trials that are not kept, here or on a cluster, and keeps them. */
    private static List<TheoremResult> ran(
            Verifier verifier,
            List<Theorem<?>> theorems,
            KeptTrials kept,
            Cluster.@Nullable Opening cluster,
            VerdictLines lines)
            throws IOException {
        List<TheoremResult> results = new ArrayList<>();
        KeptRun.during(kept, () -> {
            TrialSource source = cluster == null ? kept : ClusterTrials.run(kept, theorems, cluster);
            results.addAll(verified(verifier, theorems, source, kept.followed(VerifyCommand::show), lines));
        });
        return results;
    }

    private static void show(String id, long done, long all) {
        Terminal.progress(id, done, all, "trials");
    }

    private ExactResults printed(Supplier<ExactResults> rational, VerdictLines lines) {
        Terminal.progress("rational arithmetic");
        ExactResults exact = rational.get();
        Terminal.clearProgress();
        lines.print(exact);
        return exact;
    }

    /** Writes the report and says where it lies and how to repeat the run. */
    private void write(Report page, Path folder) throws IOException {
        page.write(folder);
        if (sharing.json() != null) {
            page.writeJson(sharing.json());
        }
        System.out.println("report         " + folder.resolve("index.html"));
        System.out.println("again          " + page.again() + ShellWords.option("--report", report)
                + ShellWords.option("--json", sharing.json()));
    }

    /** 3 if anything is refuted, else 4 if anything is undecided; exact arithmetic counts as one more theorem. */
    private static int exitCode(List<TheoremResult> results, @Nullable ExactResults exact, boolean usual) {
        int ofTrials = exitCode(results);
        if (exact == null || ofTrials == ExitCode.REFUTED) {
            return ofTrials;
        }
        if (!exact.instances().holds()) {
            return ExitCode.REFUTED;
        }
        return usual && !exact.unrefuted().isEmpty() ? ExitCode.UNDECIDED : ofTrials;
    }

    /**
     * Searches for the worst case of every theorem; a contradiction found there replaces the theorem's result. Each
     * search may take its share of the time that is left, so that what cheap theorems do not need goes to dear ones.
     */
    private void search(long searched, List<TheoremResult> results, List<WorstCase> closest, VerdictLines lines) {
        long end = System.nanoTime() + SEARCHES.toNanos();
        for (int i = 0; i < results.size(); i++) {
            TheoremResult result = results.get(i);
            long share = Math.max(0, end - System.nanoTime()) / (results.size() - i);
            WorstCaseSearch search = new WorstCaseSearch(searched, Duration.ofNanos(share));
            Optional<WorstCase> found =
                    search.of(result, (id, done, all) -> Terminal.progress(id + ": worst case", done, all, "tries"));
            Terminal.clearProgress();
            if (found.isEmpty()) {
                continue;
            }
            closest.add(found.get());
            lines.print(found.get());
            TheoremResult concluded = search.concluded(result, found.get());
            if (!concluded.equals(result)) {
                results.set(i, concluded);
                lines.print(concluded);
            }
        }
    }

    private Effort effort() {
        if (guarantee == null) {
            return new Effort.Trials(trials == null ? Effort.USUAL_TRIALS : trials);
        }
        if (trials != null) {
            throw new BadInput("--guarantee chooses the number of trials itself, got --trials " + trials + " as well");
        }
        return new Effort.Guarantee(guarantee);
    }

    /** 3 if the theorem is refuted, 4 if it is undecided. */
    static int exitCode(TheoremResult result) {
        if (result.verdict().isRefutation()) {
            return ExitCode.REFUTED;
        }
        return result.verdict() instanceof Verdict.Undecided ? ExitCode.UNDECIDED : ExitCode.DONE;
    }

    /** 3 if a theorem is refuted, else 4 if one is undecided. */
    static int exitCode(List<TheoremResult> results) {
        return ExitCode.of(results.stream().map(VerifyCommand::exitCode).toList());
    }
}
