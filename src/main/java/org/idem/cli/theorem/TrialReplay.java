package org.idem.cli.theorem;

import java.io.IOException;
import java.util.Arrays;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.ExitCode;
import org.idem.space.Configuration;
import org.idem.theorem.Claim;
import org.idem.theorem.Evidence;
import org.idem.theorem.Observation;
import org.idem.theorem.Theorem;
import org.idem.theorem.Trial;
import org.idem.wording.Decimals;

/** Runs one trial of a theorem again, from the line that a verdict or a report prints. */
public final class TrialReplay {
    private static final int MOST_SHOWN = 18;

    private TrialReplay() {}

    /**
     * Runs a trial and prints what it showed.
     *
     * @param line {@code ID name=value … seed=S}
     * @param options say which theorems and images there are
     * @return exit code
     * @throws IOException if images or own theorems cannot be read
     */
    public static int of(String line, TheoremOptions options) throws IOException {
        String[] parts = line.strip().split("\\s+", 2);
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
        if (evidence instanceof Evidence.Shrunk shrunk) {
            System.out.println("rate          " + Decimals.full(shrunk.seen()));
            System.out.println("claimed rate  " + shrunk.rate().exponent());
        }
        if (evidence instanceof Evidence.Measured measured) {
            System.out.println("measured      " + Decimals.full(measured.measured()));
            System.out.println("limit         " + Decimals.full(measured.limit()));
            System.out.println("ratio         " + Decimals.full(measured.ratio()));
            return evidence.contradicts() ? ExitCode.REFUTED : ExitCode.DONE;
        }
        System.out.println(evidence);
        return ExitCode.UNDECIDED;
    }
}
