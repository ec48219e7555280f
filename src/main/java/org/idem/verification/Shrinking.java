package org.idem.verification;

import java.util.function.Function;
import org.idem.space.Configuration;
import org.idem.theorem.Evidence;
import org.idem.theorem.Theorem;

/** Makes counterexamples small. */
final class Shrinking {
    private Shrinking() {}

    /**
     * Goes to simpler configurations as long as they contradict the theorem. Only claims that a single trial can
     * contradict are shrunk; for others the walk would follow noise.
     *
     * @param theorem configurations of infinite cost are passed over
     * @param failing a trial that contradicts
     * @param trial runs a configuration
     * @return the last trial of the walk: it contradicts, and no simpler neighbour does
     */
    static TheoremResult.Entry smallest(
            Theorem<?> theorem, TheoremResult.Entry failing, Function<Configuration, Evidence> trial) {
        TheoremResult.Entry smallest = failing;
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (Configuration candidate : smallest.configuration().simpler()) {
                if (Double.isInfinite(theorem.cost(candidate))) {
                    continue;
                }
                Evidence evidence = trial.apply(candidate);
                if (evidence.contradicts()) {
                    smallest = new TheoremResult.Entry(candidate, evidence);
                    smaller = true;
                    break;
                }
            }
        }
        return smallest;
    }
}
