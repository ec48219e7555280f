package org.idem.cli.theorem;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.ExitCode;
import org.idem.space.Configuration;
import org.idem.theorem.Claim;
import org.idem.theorem.Evidence;
import org.idem.theorem.Observation;
import org.idem.theorem.Theorem;
import org.idem.theorem.Trial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs one trial again. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Runs one trial again from the line that a verdict or a report prints.",
        footer = {
            "",
            "Example:",
            "  idem replay 'T1 height=1 width=2 image=noise rate=0.5 loss=half-sum initializer=gaussian precision=float64 seed=7'"
        })
public final class ReplayCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 18;

    @Parameters(arity = "1..*", paramLabel = "LINE", description = "'ID name=value … seed=S', in quotes or not")
    private List<String> words = List.of();

    @Mixin
    private TheoremOptions options = new TheoremOptions();

    @Override
    public Integer call() throws Exception {
        String[] parts = String.join(" ", words).strip().split("\\s+", 2);
        if (parts[0].isEmpty()) {
            throw new BadInput(
                    "LINE must begin with the identifier of a theorem, as the lines that verdicts and reports"
                            + " print, got '" + String.join(" ", words) + "'");
        }
        Theorem<?> theorem = options.find(parts[0]);
        Configuration configuration;
        try {
            configuration = Configuration.parse(theorem.space(), parts.length > 1 ? parts[1] : "");
        } catch (IllegalArgumentException e) {
            throw new BadInput(
                    "LINE: " + e.getMessage() + "; idem theorems " + theorem.id() + " says what the line holds");
        }
        if (Double.isInfinite(theorem.cost(configuration))) {
            throw new BadInput("LINE: the values of a line must go together, as a kernel that fits its image, got "
                    + configuration);
        }
        System.out.println(theorem.id() + " " + configuration);
        return answer(run(theorem, configuration));
    }

    /** Runs the trial and prints its numbers, where they are few enough to read. */
    private static <S> Evidence run(Theorem<S> theorem, Configuration configuration) {
        Trial<S> trial = Trial.run(theorem, configuration);
        theorem.describe(trial.scenario()).forEach(System.out::println);
        if (trial.observation() instanceof Observation.Seen seen
                && seen.values().length() <= MOST_SHOWN
                && theorem.claim(trial.scenario()) instanceof Claim.Equality claim) {
            System.out.println("claimed       " + Arrays.toString(claim.values().values()));
            System.out.println("observed      " + Arrays.toString(seen.values().values()));
        }
        return trial.evidence();
    }

    /** Prints what the trial showed and says so by the exit code. */
    static int answer(Evidence evidence) {
        if (evidence instanceof Evidence.Measured measured) {
            System.out.println("measured      " + measured.measured());
            System.out.println("limit         " + measured.limit());
            System.out.println("ratio         " + measured.ratio());
            return evidence.contradicts() ? ExitCode.REFUTED : ExitCode.DONE;
        }
        System.out.println(evidence);
        return ExitCode.UNDECIDED;
    }
}
