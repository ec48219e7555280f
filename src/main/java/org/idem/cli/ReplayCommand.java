package org.idem.cli;

import java.util.concurrent.Callable;
import org.idem.theorem.Configuration;
import org.idem.theorem.Evidence;
import org.idem.theorem.Theorem;
import org.idem.theorem.Trial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs one trial again. */
@Command(name = "replay", mixinStandardHelpOptions = true, description = "Runs one trial again from its line.")
final class ReplayCommand implements Callable<Integer> {
    @Parameters(paramLabel = "LINE", description = "'ID name=value … seed=S' as a report prints it, in quotes")
    private String line = "";

    @Override
    public Integer call() {
        String[] parts = line.strip().split("\\s+", 2);
        Theorem<?> theorem = TheoremsCommand.find(parts[0]);
        Configuration configuration;
        try {
            configuration = Configuration.parse(theorem.space(), parts.length > 1 ? parts[1] : "");
        } catch (IllegalArgumentException e) {
            throw new BadInput("LINE: " + e.getMessage());
        }
        Evidence evidence = Trial.run(theorem, configuration).evidence();
        System.out.println(theorem.id() + " " + configuration);
        if (evidence instanceof Evidence.Measured compared) {
            System.out.println("measured      " + compared.measured());
            System.out.println("limit         " + compared.limit());
            System.out.println("ratio         " + compared.ratio());
            return compared.holds() ? ExitCode.DONE : ExitCode.REFUTED;
        }
        System.out.println(evidence);
        return ExitCode.UNDECIDED;
    }
}
