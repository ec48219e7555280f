package org.idem.cli;

import java.nio.file.NoSuchFileException;
import org.idem.array.DataFormatException;
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
            BoundsCommand.class,
            TheoremsCommand.class,
            PowerCommand.class,
            ReplayCommand.class,
            GenerateCompletion.class
        },
        footer = {
            "",
            "Exit codes: 0 confirmed or done, 1 internal failure, 2 bad usage or input, 3 refuted, 4 undecided.",
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
        System.exit(run(arguments));
    }

    /**
     * Runs a command.
     *
     * @param arguments command line
     * @return the exit code
     */
    static int run(String... arguments) {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((exception, given) -> failure(exception.getMessage()));
        line.setExecutionExceptionHandler((exception, command, parsed) -> {
            if (exception instanceof NoSuchFileException missing) {
                return failure(missing.getFile() + ": there is no such file");
            }
            if (exception instanceof BadInput || exception instanceof DataFormatException) {
                return failure(exception.getMessage());
            }
            if (exception instanceof java.nio.file.FileSystemException problem) {
                return failure(problem.getFile() + ": cannot be read or written");
            }
            exception.printStackTrace(System.err);
            return ExitCode.INTERNAL_FAILURE;
        });
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError full) {
            System.err.println("idem: the problem does not fit into memory, which is limited to "
                    + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MiB; IDEM_JAVA_OPTS=-Xmx8g, for instance, gives more");
            return ExitCode.INTERNAL_FAILURE;
        }
    }

    private static int failure(String message) {
        System.err.println(
                "idem: " + String.valueOf(message).lines().findFirst().orElse("bad input"));
        return ExitCode.BAD_INPUT;
    }
}
