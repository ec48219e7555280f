package org.idem.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.check.Account;
import org.idem.check.CheckResult;
import org.idem.check.Checker;
import org.idem.check.Invariants;
import org.idem.image.ImageSource;
import org.idem.network.TrainingProblem;
import org.idem.report.CheckReport;
import org.idem.report.Provenance;
import org.idem.theory.ClosedForm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Holds a network that was trained elsewhere against T1 and T2. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Checks whether a network trained elsewhere obeys T1 (fcn) or T2 (cnn).",
            "",
            "Every trained parameter is held against the closed form, within an error budget for the precision of the"
                    + " training. If some lie outside, the likeliest cause is sought: other settings, other weights, padding,"
                    + " bias, targets, or single entries that were changed."
        },
        footer = {
            "",
            "Exit codes: 0 confirmed, 3 refuted, 4 undecided.",
            "Examples:",
            "  idem check fcn --train X.npy --weights W0.npy --trained WT.npy --loss mean --learning-rate 0.1 --steps 500",
            "  idem check fcn --train X.npy --weights W0.npy --trained WT.npy --any-optimiser"
        })
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private TrainingOptions options = new TrainingOptions();

    @Option(names = "--trained", required = true, description = "trained weights, in the shape of the initial ones")
    private String trained = "";

    @Option(names = "--trained-bias", description = "trained bias (k); goes with --bias")
    private @Nullable String trainedBias;

    @Option(
            names = "--any-optimiser",
            description = "the settings are not known: check only what holds for all of them without weight decay (the"
                    + " complement of the span of the data is unchanged, the data are interpolated); --steps is then the"
                    + " largest number of steps to allow for (default: " + Invariants.USUAL_STEPS + ")")
    private boolean anyOptimiser;

    @Option(names = "--report", paramLabel = "DIR", description = "folder for a report")
    private @Nullable Path report;

    @Option(names = "--json", paramLabel = "FILE", description = "file for the result, for programs")
    private @Nullable Path json;

    @Override
    public Integer call() throws Exception {
        Instant started = Instant.now();
        if (report != null) {
            FileArguments.checkFolder("--report", report);
        }
        FileArguments.checkOutput("--json", json, report);
        if ((options.bias == null) != (trainedBias == null)) {
            throw new BadInput("--bias and --trained-bias must be given together, got only "
                    + (options.bias == null ? "--trained-bias" : "--bias"));
        }
        Account account = account();
        Terminal.progress("checking");
        CheckResult result = anyOptimiser
                ? Invariants.check(
                        account, options.precision(), options.steps == null ? Invariants.USUAL_STEPS : options.steps)
                : Checker.check(account, options.precision());
        Terminal.clearProgress();
        print(result);
        CheckReport page = new CheckReport(result, command(), Provenance.since(FileArguments.home(), started));
        if (report != null) {
            page.write(report);
            System.out.println("report         " + report.resolve("index.html"));
        }
        if (json != null) {
            page.writeJson(json);
        }
        return exitCode(result);
    }

    private static int exitCode(CheckResult result) {
        return switch (result.verdict()) {
            case CONFIRMED -> ExitCode.DONE;
            case REFUTED -> ExitCode.REFUTED;
            case UNDECIDED -> ExitCode.UNDECIDED;
        };
    }

    private Account account() throws IOException {
        var horizon = options.horizon();
        // a pipe can be read only once
        Array stored = FileArguments.read("--trained", trained, ImageSource::read);
        if (options.chosenPrecision == null) {
            options.chosenPrecision = precisionOf(stored);
        }
        Array end = FileArguments.numbers("--trained", trained, stored, options.precision())
                .rounded(options.precision());
        Array endBias = trainedBias == null
                ? null
                : options.numbers("--trained-bias", trainedBias).rounded(options.precision());
        TrainingProblem problem = options.problem();
        try {
            return new Account(problem, end, endBias, options.optimizer(new ClosedForm(problem)), horizon);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--trained, --trained-bias must fit --weights, --bias: " + e.getMessage());
        }
    }

    /** float32 if every number is one: a double is by chance only once in 2²⁹. */
    private static Precision precisionOf(Array numbers) {
        for (double number : numbers.values()) {
            if (number != Precision.FLOAT32.round(number)) {
                return Precision.FLOAT64;
            }
        }
        return Precision.FLOAT32;
    }

    private static void print(CheckResult result) {
        line("verdict", Terminal.coloured(result.verdict().toString(), exitCode(result)) + ": " + result.reason());
        line(
                "precision",
                result.precision() + ", refutes a true account with probability "
                        + (result.failure() == 0
                                ? "0"
                                : "below " + result.failure() + " (roundings of a step taken as independent)"));
        line("settings", settings(result.account()));
        for (CheckResult.Part part : result.parts()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-26s deviation %-10.3g largest deviation / budget %.3g%n",
                    part.name(),
                    part.deviation(),
                    part.ratio());
        }
        if (result.verdict() == CheckResult.Verdict.REFUTED) {
            line("worst", result.place());
            long wrong = 0;
            for (double ratio : result.outputs()) {
                wrong += ratio > 1 ? 1 : 0;
            }
            line("outputs", wrong + " of " + result.outputs().length + " disagree");
            CheckResult.Cause cause = result.cause();
            line("likeliest", cause == null ? "no cause that was tried explains it" : describe(cause));
            result.alternatives().forEach(other -> line("or", describe(other)));
        }
    }

    private static String describe(CheckResult.Cause cause) {
        return cause.kind() + ": " + cause.words()
                + (Double.isNaN(cause.ratio())
                        ? ""
                        : cause.explains()
                                ? String.format(Locale.ROOT, "; leaves %.2g of the budget", cause.ratio())
                                : String.format(
                                        Locale.ROOT,
                                        "; by far the closest, but leaves %.3g times the budget",
                                        cause.ratio()));
    }

    private static String settings(Account account) {
        var optimizer = account.optimizer();
        return "learning rate " + optimizer.learningRate() + ", loss "
                + account.problem().loss() + ", momentum " + optimizer.momentum()
                + (optimizer.nesterov() ? " (Nesterov)" : "") + ", weight decay " + optimizer.weightDecay() + ", "
                + (account.horizon() instanceof org.idem.network.Horizon.Steps steps
                        ? steps.count() + " steps"
                        : "limit");
    }

    private static void line(String name, String value) {
        System.out.printf(Locale.ROOT, "%-14s %s%n", name, value);
    }

    /** What has to be typed to get the result again. */
    private String command() {
        StringBuilder command = new StringBuilder("idem check ")
                .append(options.kind.toString().toLowerCase(Locale.ROOT))
                .append(" --train ")
                .append(options.train)
                .append(" --weights ")
                .append(options.weights)
                .append(" --trained ")
                .append(trained);
        append(command, "--bias", options.bias);
        append(command, "--trained-bias", trainedBias);
        append(command, "--target", options.target);
        append(command, "--steps", options.steps);
        append(command, "--learning-rate", options.learningRate);
        append(command, "--loss", options.loss);
        if (options.momentum != 0) {
            append(command, "--momentum", options.momentum);
        }
        if (options.nesterov) {
            command.append(" --nesterov");
        }
        if (options.weightDecay != 0) {
            append(command, "--weight-decay", options.weightDecay);
        }
        if (options.kind == TrainingOptions.Kind.CNN) {
            append(command, "--padding", options.padding);
        }
        append(command, "--precision", options.chosenPrecision);
        if (anyOptimiser) {
            command.append(" --any-optimiser");
        }
        return command.toString();
    }

    private static void append(StringBuilder command, String option, @Nullable Object value) {
        if (value != null) {
            command.append(' ').append(option).append(' ').append(value);
        }
    }
}
