package org.idem.laboratory.finding;

import java.io.IOException;
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
     * Adds seeds until the finding is decided and its variants refuted, the finding's most seeds are there, or none is
     * left.
     *
     * @param finding what is tested
     * @param level α of the finding and of each variant
     * @param seeds in the order in which they count; the choice must not depend on what they lead to
     * @param batch seeds that are trained together, at least 1; the verdict does not depend on it
     * @param source trains, or knows
     * @param listener hears of progress
     * @return the result
     * @throws IOException if images or results cannot be read or kept
     */
    public static FindingResult until(
            Finding finding, double level, List<Long> seeds, int batch, Source source, Listener listener)
            throws IOException {
        Judging judging = new Judging(finding, level);
        int most = Math.min(seeds.size(), finding.mostSeeds());
        List<Run> first = most == 0 ? List.of() : finding.study(seeds.get(0), 1).runs();
        for (int done = 0; done < most && !judging.isDone(); done += batch) {
            List<List<Run>> next = seeds.subList(done, Math.min(most, done + batch)).stream()
                    .map(seed -> Finding.of(first, seed))
                    .toList();
            Function<String, Optional<RunResult>> known =
                    source.results(next.stream().flatMap(List::stream).toList());
            for (List<Run> runs : next) {
                judging.add(Finding.networks(runs, known)
                        .orElseThrow(() -> new IllegalStateException("results of seed "
                                + runs.get(0).seed() + " of " + finding.id() + " must be there, got none")));
            }
            listener.judged(judging.result());
        }
        return judging.result();
    }
}
