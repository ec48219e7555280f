package org.idem.verification;

import org.idem.space.Configuration;
import org.idem.theorem.Theorem;

/**
 * Where a theorem's claim is closest to being violated, as far as a search found.
 *
 * @param theorem the theorem
 * @param among the largest measured over limit among the trials of the run
 * @param configuration the worst found
 * @param ratio measured over limit there; for bounds that may fail with some probability, the mean over
 *     {@value WorstCaseSearch#NETWORKS} fresh networks, which no lucky draw can raise
 * @param mean whether it is such a mean
 * @param tried configurations that were run on the way
 * @param stopped whether time ended the search
 */
public record WorstCase(
        Theorem<?> theorem,
        double among,
        Configuration configuration,
        double ratio,
        boolean mean,
        int tried,
        boolean stopped) {}
