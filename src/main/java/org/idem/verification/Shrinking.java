package org.idem.verification;

import java.util.function.Function;
import org.idem.space.Configuration;
import org.idem.theorem.Evidence;
import org.idem.theorem.Theorem;

/** Counterexamples made small. */
final class Shrinking {
    private Shrinking() {}

    /**
     * Walks to simpler configurations as long as they contradict. Only claims that a single trial can contradict are
     * shrunk: their trials have no noise that the walk could follow.
     *
     * @param theorem whose space has points that make no sense, which are passed over
     * @param failing a trial that contradicts
     * @param trial runs a configuration
     * @return the last one on the way, which contradicts and has no simpler neighbour that does
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
