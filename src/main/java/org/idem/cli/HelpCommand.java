package org.idem.cli;

import java.util.concurrent.Callable;
import org.idem.cli.argument.Nearest;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code idem help verify} says what {@code idem verify --help} does. */
@Command(
        name = "help",
        mixinStandardHelpOptions = true,
        description = "Explains a command, or names all of them.",
        footer = {"", "Example:", "  idem help verify"})
final class HelpCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "the command; default: the program itself")
    private @Nullable String name;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        CommandLine program = command.root().commandLine();
        CommandLine explained =
                name == null ? program : program.getSubcommands().get(name);
        if (explained == null) {
            throw new BadInput("COMMAND must be one of "
                    + String.join(", ", program.getSubcommands().keySet()) + ", got '" + name + "'"
                    + Nearest.hint(
                            String.valueOf(name), program.getSubcommands().keySet()));
        }
        explained.usage(System.out);
        return ExitCode.DONE;
    }
}
