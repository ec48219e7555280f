package org.idem.laboratory.finding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.result.RunResult;

/** Tests a finding seed by seed until it is decided. */
public final class FindingRun {
    /** Gives what runs leave, from a store or by training. */
    @FunctionalInterface
    public interface Source {
        /**
         * Results of runs.
         *
         * @param runs wanted, distinct keys or not
         * @return finds the result of each by its key
         * @throws IOException if results cannot be read or kept
         */
        Function<String, Optional<RunResult>> results(List<Run> runs) throws IOException;
    }

    /** Hears of judged seeds. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Is called after every batch of seeds.
         *
         * @param result so far
         */
        void judged(FindingResult result);
    }

    private FindingRun() {}

    /**
     * Adds seeds until the finding is decided and its variants refuted, or the most seeds are there.
     *
     * @param finding what is tested
     * @param level α of the finding and of each variant
     * @param firstSeed the first seed; seeds follow each other
     * @param mostSeeds at most so many, and at most the finding's own number, at least 1
     * @param batch seeds that are trained together, at least 1; the verdict does not depend on it
     * @param source trains, or knows
     * @param listener hears of progress
     * @return the result
     * @throws IOException if images or results cannot be read or kept
     */
    public static FindingResult until(
            Finding finding, double level, long firstSeed, int mostSeeds, int batch, Source source, Listener listener)
            throws IOException {
        Judging judging = new Judging(finding, level);
        int most = Math.min(mostSeeds, finding.mostSeeds());
        List<Run> first = finding.study(firstSeed, 1).runs();
        for (int done = 0; done < most && !judging.isDone(); done += batch) {
            List<List<Run>> seeds = new ArrayList<>();
            for (int i = done; i < Math.min(most, done + batch); i++) {
                long seed = firstSeed + i;
                seeds.add(first.stream()
                        .map(run -> new Run(run.task(), seed, run.stop()))
                        .toList());
            }
            Function<String, Optional<RunResult>> known =
                    source.results(seeds.stream().flatMap(List::stream).toList());
            for (List<Run> runs : seeds) {
                judging.add(Finding.networks(runs, known)
                        .orElseThrow(() -> new IllegalStateException("results of seed "
                                + runs.get(0).seed() + " of " + finding.id() + " must be there, got none")));
            }
            listener.judged(judging.result());
        }
        return judging.result();
    }
}
