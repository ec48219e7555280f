package org.idem.cli.theorem;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.idem.cli.argument.FileArguments;
import org.idem.cli.argument.ShellWords;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.ExitCode;
import org.idem.cli.terminal.Terminal;
import org.idem.execution.Share;
import org.idem.provenance.Provenance;
import org.idem.provenance.Versions;
import org.idem.report.PowerDocument;
import org.idem.report.PowerReport;
import org.idem.theorem.Theorem;
import org.idem.verification.Calibration;
import org.idem.verification.Effort;
import org.idem.verification.Power;
import org.idem.verification.PowerResult;
import org.idem.verification.Verifier;
import org.idem.verification.share.PowerShare;
import org.idem.verification.share.RunDescription;
import org.idem.verification.share.SharedPower;
import org.idem.wording.Count;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says how small a mistake would be noticed. */
@Command(
        name = "power",
        mixinStandardHelpOptions = true,
        description = {
            "Says how small a mistake in a theorem would be noticed.",
            "",
            "For each theorem, the command prints the smallest relative error of its prediction (of a bound, or of the scale of"
                    + " a law) that a run of N trials notices with a probability of 90 %% or more. For each of its false"
                    + " variants (the theorem with one mistake in it) it prints the number of trials after which the"
                    + " variant is refuted: the median and the largest over 21 orders of the same trials."
                    + " Where no single trial contradicts a claim, as for laws and means, a run judges after every 256"
                    + " trials."
        },
        footer = {
            "",
            "Exit codes: 0 all false variants are refuted, 3 too many false alarms, 4 some variants are not refuted by so few trials.",
            "Examples:",
            "  idem power --seed 1",
            "  idem power T2.law --seed 1 --trials 5000 --json power.json",
            "  idem power --seed 1 --false-alarms 1000 --report reports/power",
            "  idem power --seed 1 --shard 1/8 --json one.json"
        })
public final class PowerCommand implements Callable<Integer> {
    private static final double ALARM_LEVEL = 0.05;
    private static final int ALARM_TRIALS = 64;
    private static final String HEADING =
            "   median     last  trials after which a false variant is refuted: in half of the random orders tried, and in all;\n"
                    + "                     evidence of several trials together is judged after every 256 of them";

    @Parameters(
            arity = "0..*",
            paramLabel = "THEOREM",
            description = "identifiers; T1 alone also means T1.steps and the rest; default all")
    private List<String> ids = List.of();

    @Mixin
    private TheoremOptions options = new TheoremOptions();

    @Option(
            names = "--trials",
            paramLabel = "N",
            defaultValue = "" + Effort.USUAL_TRIALS,
            description = "trials per theorem of a run (default: " + Effort.USUAL_TRIALS + ")")
    private int trials;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "makes the run repeatable; default a fresh one, printed at the end")
    private @Nullable Long seed;

    @Option(
            names = "--false-alarms",
            paramLabel = "RUNS",
            description =
                    "also verify true theorems in so many runs with other seeds, and count the runs that refute one. A run"
                            + " has " + ALARM_TRIALS
                            + " trials of each theorem about a law, a mean or a probability (of"
                            + " other theorems if there is none), and may refute with probability " + ALARM_LEVEL)
    private @Nullable Integer runs;

    @Option(names = "--report", paramLabel = "DIR", description = "folder for power.html and its tables")
    private @Nullable Path report;

    @Mixin
    private ShareOptions sharing = new ShareOptions();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Instant started = Instant.now();
        SharedPower joined = joined();
        Share share = sharing.share(command, seed);
        List<Theorem<?>> all = options.meant();
        List<Theorem<?>> theorems = options.chosen(ids);
        Power power = power(all.size());
        if (runs != null && runs < 1) {
            throw new BadInput("--false-alarms must be at least 1, got " + runs);
        }
        if (share != null) {
            Shared.write(measured(power, theorems, share), sharing.jsonOfShare());
            return ExitCode.DONE;
        }
        String fault = joined == null ? null : joined.fault(theorems);
        if (fault != null) {
            throw new BadInput("--merge: " + fault);
        }
        if (report != null) {
            FileArguments.checkFolder("--report", report);
        }
        FileArguments.checkBesideReport("--json", sharing.json(), report);
        List<PowerResult> results = joined == null ? measured(power, theorems) : printed(joined.results(theorems));
        Calibration calibration = joined != null
                ? joined.alarms()
                : runs == null ? null : calibrated(theorems, power.seed(), runs, Share.ALL);
        if (calibration != null) {
            System.out.println(PowerReport.words(calibration));
        }
        write(power, results, calibration, Provenance.since(FileArguments.home(), started));
        if (calibration != null && !calibration.holds()) {
            return ExitCode.REFUTED;
        }
        long standing =
                results.stream().filter(result -> !result.refutesAllVariants()).count();
        if (standing > 0) {
            System.out.println("undecided      " + Count.of(standing, "theorem")
                    + Count.word(standing, " has", " have")
                    + " a false variant that so few trials do not always refute");
        }
        return standing == 0 ? ExitCode.DONE : ExitCode.UNDECIDED;
    }

    /**
     * What all shares found, null without --merge; this command goes on as if it had been given what they were given.
     */
    private @Nullable SharedPower joined() {
        SharedPower joined = sharing.power(command, ids);
        if (joined == null) {
            return null;
        }
        RunDescription run = joined.run();
        seed = run.seed();
        trials = run.trials();
        ids = run.ids();
        runs = joined.alarmRuns();
        options = options.with(run.images(), run.classpath());
        return joined;
    }

    /** Writes what is asked for and says how to repeat the run. */
    private void write(Power power, List<PowerResult> results, @Nullable Calibration calibration, Provenance provenance)
            throws IOException {
        if (report != null) {
            new PowerReport(power, results, calibration, provenance).write(report);
            System.out.println("report         " + report.resolve("power.html"));
        }
        if (sharing.json() != null) {
            new PowerDocument(power, results, calibration).write(sharing.json());
        }
        System.out.println("again          idem power " + (ids.isEmpty() ? "" : String.join(" ", ids) + " ") + "--seed "
                + power.seed() + " --trials " + trials
                + (runs == null ? "" : " --false-alarms " + runs) + options.again()
                + ShellWords.option("--report", report) + ShellWords.option("--json", sharing.json()));
    }

    /** As strict as a run that verifies every theorem, of which there are so many. */
    private Power power(int theorems) {
        long used = seed == null ? new SecureRandom().nextInt(Integer.MAX_VALUE) : seed;
        try {
            return new Power(trials, used, Verifier.FALSE_ALARM / theorems);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--" + e.getMessage());
        }
    }

    /** Measures the theorems of a share. */
    private PowerShare measured(Power power, List<Theorem<?>> theorems, Share share) {
        RunDescription run = new RunDescription(
                Versions.of("idem"),
                power.seed(),
                trials,
                1 - Verifier.FALSE_ALARM,
                ids,
                null,
                options.imagesWord(),
                options.classpathWord());
        PowerShare found = PowerShare.of(
                power,
                run,
                share,
                theorems,
                runs,
                (wanted, some) -> calibrated(theorems, power.seed(), wanted, some),
                (name, done, of) -> Terminal.progress(name, done, of, "trials"));
        Terminal.clearProgress();
        return found;
    }

    /** Measures theorem by theorem and prints what is found. */
    private static List<PowerResult> measured(Power power, List<Theorem<?>> theorems) {
        System.out.println(HEADING);
        List<PowerResult> results = new ArrayList<>();
        for (Theorem<?> theorem : theorems) {
            PowerResult result = power.of(theorem, (name, done, of) -> Terminal.progress(name, done, of, "trials"));
            Terminal.clearProgress();
            results.add(result);
            print(result);
        }
        return results;
    }

    private static List<PowerResult> printed(List<PowerResult> results) {
        System.out.println(HEADING);
        results.forEach(PowerCommand::print);
        return results;
    }

    /** Counts false alarms in a share of so many runs. */
    private static Calibration calibrated(List<Theorem<?>> theorems, long seed, int runs, Share share) {
        Calibration calibration = Calibration.of(
                theorems,
                seed,
                ALARM_TRIALS,
                ALARM_LEVEL,
                runs,
                share,
                (name, done, of) -> Terminal.progress(name, done, of, "runs"));
        Terminal.clearProgress();
        return calibration;
    }

    private static void print(PowerResult result) {
        String noticed = result.smallestNoticed().isPresent()
                ? String.format(
                        Locale.ROOT,
                        "a relative error of %.0e is noticed",
                        result.smallestNoticed().getAsDouble())
                : "no relative error up to 1 is noticed";
        System.out.printf(Locale.ROOT, "%-14s %s%n", result.theorem().id(), noticed);
        for (PowerResult.Variant variant : result.variants()) {
            System.out.printf(
                    Locale.ROOT, "  %7s  %7s  %s%n", count(variant.median()), count(variant.last()), variant.name());
        }
    }

    private static String count(int trials) {
        return trials == 0 ? "never" : Integer.toString(trials);
    }
}
