package org.idem.laboratory;

import java.io.IOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.idem.laboratory.plan.Census;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.laboratory.run.StudyRunner;

/**
 * What networks will take if each of them takes all of its steps, from short runs of some of them.
 *
 * @param time from start to end
 * @param memory bytes of this program, native or not, while it trains the largest of the networks that it trains at
 *     once on this machine
 * @param largest bytes of the largest network
 * @param stored bytes that the store grows by: what networks leave, and the images that it does not hold yet
 * @param timed kinds of networks of which steps were timed; 0 if all are too large, and the times are rough guesses
 * @param share of the time in which the trials had the processors that they asked for, from 0 to 1; little where other
 *     programs work as well
 */
public record Estimate(StudyTime time, long memory, long largest, long stored, int timed, double share) {
    /** Below this part of the time, the machine is busy with other things. */
    private static final double LEAST_SHARE = 0.8;

    /**
     * Trains some networks for a few steps, some tenths of a second for each.
     *
     * @param missing what is to be estimated, at least one network
     * @param report writes the report of the study
     * @param listener is told in a few words what is being done
     * @return the estimate
     * @throws IOException if what a network leaves cannot be written to a temporary folder, to see how much it is
     */
    public static Estimate of(Missing missing, Rehearsal report, Consumer<String> listener) throws IOException {
        List<Census.Part> parts = missing.parts();
        Pilots pilots = new Pilots(parts, missing.images(), report, listener);
        double stored = pilots.bytesOfImages();
        for (Census.Part part : parts) {
            stored += (double) pilots.bytes(part.example()) * part.networks();
        }
        return new Estimate(
                new StudyTime(parts, pilots, isBusy(pilots.share())),
                memory(parts),
                parts.stream()
                        .mapToLong(part -> StudyRunner.held(part.example()))
                        .max()
                        .orElse(0),
                Math.round(stored),
                pilots.times().timed(),
                pilots.share());
    }

    /**
     * Whether other programs had much of the processors.
     *
     * @param share of the time in which this one had those that it asked for
     * @return true if it is less than four fifths
     */
    public static boolean isBusy(double share) {
        return share < LEAST_SHARE;
    }

    static int threads(Run run) {
        return Math.min(
                Runtime.getRuntime().availableProcessors(), run.task().point().get(StudyAxes.THREADS));
    }

    private static long memory(List<Census.Part> parts) {
        int processors = Runtime.getRuntime().availableProcessors();
        List<Run> largest = parts.stream()
                .sorted(Comparator.comparingLong((Census.Part part) -> StudyRunner.held(part.example()))
                        .reversed())
                .flatMap(part ->
                        Collections.nCopies((int) Math.min(atOnce(part.example()), part.networks()), part.example())
                                .stream())
                .limit(processors)
                .toList();
        return StudyRunner.resident(largest.subList(0, Math.min(largest.size(), atOnce(largest.get(0)))));
    }

    /** Networks like this one that are trained at once. */
    private static int atOnce(Run run) {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / threads(run));
    }
}
