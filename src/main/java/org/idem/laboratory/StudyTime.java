package org.idem.laboratory;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.idem.laboratory.plan.Census;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.run.StudyRunner;

/**
 * How long a study takes from the start of the program to its end. To start, to become fast, and to write the report
 * takes as long for a short study as for a long one.
 */
public final class StudyTime {
    /** A plan that may be off by a larger part names the least and the most. */
    private static final double LARGEST_ERROR = 0.25;

    private final Range beside;
    private final Beginning beginning;
    private final double excess;
    /** Networks if they take as long as is expected, shorter, and longer. */
    private final Schedule expected;

    private final Schedule shorter;
    private final Schedule longer;
    private final Range longest;

    /**
     * Seconds.
     *
     * @param least if all doubts turn out well
     * @param expected between them
     * @param most if none does
     */
    public record Range(double least, double expected, double most) {
        /**
         * Whether it is one number.
         *
         * @return true if neither end is more than a quarter away
         */
        public boolean isCertain() {
            return least >= (1 - LARGEST_ERROR) * expected && most <= (1 + LARGEST_ERROR) * expected;
        }
    }

    /** @param busy whether other programs made this one wait, so that it is less clear how long it worked */
    StudyTime(List<Census.Part> parts, Pilots pilots, boolean busy) {
        List<Census.Part> sorted = parts.stream()
                .sorted(Comparator.comparingDouble((Census.Part part) -> StudyRunner.cost(part.example()))
                        .reversed())
                .toList();
        expected = schedule(sorted, pilots::seconds);
        ShapeTimes times = pilots.times();
        double together = times.doubtTogether();
        shorter = schedule(sorted, run -> pilots.seconds(run) / (times.doubt(run) > 1 ? together : 1));
        longer = schedule(sorted, run -> pilots.seconds(run) * (times.doubt(run) > 1 ? together : 1));
        longest = new Range(
                schedule(sorted, run -> pilots.seconds(run) / times.doubt(run)).longest(),
                expected.longest(),
                schedule(sorted, run -> pilots.seconds(run) * times.doubt(run)).longest());
        beginning = pilots.beginning();
        excess = beginning.excess(pilots::seconds);
        ProgramClock.Span span = beginning.before().plus(pilots.report());
        beside = new Range(busy ? span.least() : span.most(), span.most(), span.most());
    }

    private static Schedule schedule(List<Census.Part> parts, ToDoubleFunction<Run> seconds) {
        return new Schedule(parts.stream()
                .map(part -> new Schedule.Job(
                        Estimate.threads(part.example()), seconds.applyAsDouble(part.example()), part.networks()))
                .toList());
    }

    /**
     * From the start of the program to its end.
     *
     * @param processors that train networks
     * @return what is known of it
     */
    public Range seconds(int processors) {
        // what was trained until its end is not estimated
        if (beginning.whole() && processors == Runtime.getRuntime().availableProcessors()) {
            return plus(beginning.seconds(), beginning.seconds(), beginning.seconds());
        }
        return plus(
                excess + shorter.seconds(processors),
                excess + expected.seconds(processors),
                excess + Math.max(longer.seconds(processors), longest.most()));
    }

    private Range plus(double least, double likely, double most) {
        return new Range(beside.least() + least, beside.expected() + likely, beside.most() + most);
    }

    /**
     * The network that takes longest: a study takes at least as long, however many processors there are.
     *
     * @return what is known of it
     */
    public Range longest() {
        return longest;
    }
}
