package org.idem.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.idem.array.DataFormatException;
import org.idem.cli.argument.Numbers;
import org.idem.cli.network.BoundsCommand;
import org.idem.cli.network.CheckCommand;
import org.idem.cli.network.PredictCommand;
import org.idem.cli.network.TrainCommand;
import org.idem.cli.study.FindingsCommand;
import org.idem.cli.study.ImagesCommand;
import org.idem.cli.study.StudyCommand;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.ExitCode;
import org.idem.cli.terminal.MissingPart;
import org.idem.cli.terminal.StandardOutput;
import org.idem.cli.terminal.Terminal;
import org.idem.cli.theorem.CompareCommand;
import org.idem.cli.theorem.NewTheoremCommand;
import org.idem.cli.theorem.PowerCommand;
import org.idem.cli.theorem.TheoremsCommand;
import org.idem.cli.theorem.VerifyCommand;
import org.idem.execution.Shutdown;
import org.idem.execution.cluster.ClusterException;
import org.idem.store.StoreException;
import org.idem.theorem.TrialFailure;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the program. */
@Command(
        name = "idem",
        mixinStandardHelpOptions = true,
        version = "idem 0.1.0-SNAPSHOT",
        description = "Checks theorems about gradient-trained networks against real training.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            VerifyCommand.class,
            PredictCommand.class,
            TrainCommand.class,
            CheckCommand.class,
            BoundsCommand.class,
            TheoremsCommand.class,
            PowerCommand.class,
            ReplayCommand.class,
            CompareCommand.class,
            NewTheoremCommand.class,
            StudyCommand.class,
            FindingsCommand.class,
            ImagesCommand.class,
            HelpCommand.class,
            GenerateCompletion.class
        },
        footer = {
            "",
            "Exit codes: 0 confirmed or done, 1 internal failure, 2 bad usage or input, 3 refuted, 4 undecided;",
            "130 after Ctrl-C, 141 if the reader of the output ended first, as in 'idem theorems | head'.",
            "Examples:",
            "  idem verify --seed 1",
            "  idem predict fcn --train digits.gz#0 --weights W0.npy --test digits.gz --out F.npy --steps 500"
        })
public final class Main {
    private Main() {}

    /**
     * Runs a command and exits with its code.
     *
     * @param arguments command line
     */
    public static void main(String[] arguments) {
        // some libraries use the default locale; this one changes neither digits nor letters
        Locale.setDefault(Locale.ROOT);
        StandardOutput.install();
        System.exit(run(arguments));
    }

    /**
     * Runs a command.
     *
     * @param arguments command line
     * @return the exit code
     */
    public static int run(String... arguments) {
        return run(line(), arguments);
    }

    static int run(CommandLine line, String... arguments) {
        int code;
        Terminal.begin();
        try {
            code = line.execute(arguments);
        } catch (OutOfMemoryError full) {
            code = report(full);
        }
        Terminal.clearProgress();
        // print streams throw nothing when writing fails, but remember it: files are written all the same
        if (System.out.checkError()) {
            if (StandardOutput.readerLeft()) {
                return ExitCode.READER_LEFT;
            }
            say("standard output could not be written" + StandardOutput.reason());
            return ExitCode.INTERNAL_FAILURE;
        }
        return code;
    }

    /**
     * All commands, set up to answer bad usage with one line.
     *
     * @return a fresh command line
     */
    public static CommandLine line() {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExpandAtFiles(false);
        Numbers.register(line);
        line.setParameterExceptionHandler((exception, given) -> {
            say(Usage.problem(exception));
            return ExitCode.BAD_INPUT;
        });
        line.setExecutionExceptionHandler((exception, command, parsed) -> report(exception));
        return line;
    }

    /** Prints what went wrong in one line; after a failure of the program itself, its stack trace as well. */
    static int report(Throwable thrown) {
        Shutdown.await();
        // what another thread threw comes wrapped
        Throwable inside = thrown instanceof CompletionException ? thrown.getCause() : null;
        Throwable problem = inside == null ? thrown : inside;
        if (problem instanceof MissingPart && "ask".equals(System.getProperty("idem.parts"))) {
            return ExitCode.PART_MISSING;
        }
        if (problem instanceof BadInput
                || problem instanceof MissingPart
                || problem instanceof DataFormatException
                || problem instanceof StoreException
                || problem instanceof ClusterException) {
            say(problem.getMessage());
            return ExitCode.BAD_INPUT;
        }
        if (problem instanceof FileSystemException file) {
            String reason = file instanceof AccessDeniedException ? "access is denied" : file.getReason();
            say(file.getFile() + ": cannot be read or written" + (reason == null ? "" : ", " + reason));
            return ExitCode.BAD_INPUT;
        }
        if (problem instanceof IOException) {
            say("reading or writing failed: " + problem.getMessage());
        } else if (problem instanceof OutOfMemoryError) {
            say("the problem does not fit into memory, which is limited to "
                    + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MiB; IDEM_JAVA_OPTS=-Xmx8g, for instance, gives more");
        } else {
            // a pool of threads may wrap what a trial threw
            Throwable cause = problem;
            while (cause != null && !(cause instanceof TrialFailure)) {
                cause = cause.getCause();
            }
            if (cause != null) {
                say(cause.getMessage());
            }
            problem.printStackTrace(System.err);
        }
        return ExitCode.INTERNAL_FAILURE;
    }

    private static void say(@Nullable String message) {
        Terminal.clearProgress();
        System.err.println("idem: " + firstLine(message));
    }

    static String firstLine(@Nullable String message) {
        return String.valueOf(message).lines().findFirst().orElse("bad input");
    }
}
