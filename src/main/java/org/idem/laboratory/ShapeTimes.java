package org.idem.laboratory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.run.StudyRunner;

/**
 * How long networks of every shape take. Some shapes are timed, first those of which most of the time depends; what
 * others take lies between those of their neighbours that were timed.
 */
final class ShapeTimes {
    /** Times a network of a shape, of which so much is expected. */
    @FunctionalInterface
    interface Timing {
        Pilot of(Run run, Pilot expected) throws IOException;
    }

    private static final int MOST_TIMED = 24;

    /** A step that will take longer is not timed. */
    private static final double LONGEST_STEP_SECONDS = 2;

    /** By which factor a time may be off where nothing was timed: two standard deviations of its logarithm. */
    private static final double UNKNOWN_DOUBT = 3;

    /** No further shape is timed if the whole time is off by a smaller part. */
    private static final double SMALL_ERROR = 0.1;

    /** Examples of the shapes, by the cost of a step. */
    private final List<Run> shapes;

    private final Map<String, Integer> places = new HashMap<>();
    /** How many networks each shape has. */
    private final double[] networks;

    private final TreeMap<Integer, Pilot> timed = new TreeMap<>();
    /** By how much shapes that were timed differ from what was expected of them: logarithms of ratios of times. */
    private final List<Double> surprises = new ArrayList<>();

    /** Shapes beside each other of which none was timed, and how long their networks take together. */
    private record Gap(int from, int to, double seconds) {}

    /**
     * Nothing is timed yet.
     *
     * @param shapes one run of each, by the cost of a step
     * @param networks how many each shape has
     */
    ShapeTimes(List<Run> shapes, Map<String, Long> networks) {
        this.shapes = shapes;
        this.networks = shapes.stream()
                .mapToDouble(run -> networks.get(Pilots.shape(run)))
                .toArray();
        for (int i = 0; i < shapes.size(); i++) {
            places.put(Pilots.shape(shapes.get(i)), i);
        }
    }

    /** Times one more shape; false if none is left, or enough is known. */
    boolean timeOneMore(Timing timing) throws IOException {
        int next = timed.size() == most() || doubt() <= 1 + SMALL_ERROR ? -1 : next();
        if (next < 0) {
            return false;
        }
        Run run = shapes.get(next);
        Pilot expected = expected(next);
        Pilot found = timing.of(run, expected);
        // the first one was expected without any other
        if (!timed.isEmpty()) {
            surprises.add(Math.log(found.seconds(run) / expected.seconds(run)));
        }
        timed.put(next, found);
        return true;
    }

    /** The cheapest shape first, then one in the middle of the gap in which most time lies; -1 if there is none. */
    private int next() {
        Gap widest = null;
        for (Gap gap : gaps()) {
            if (anyToTime(gap) >= 0 && (widest == null || gap.seconds() > widest.seconds())) {
                widest = gap;
            }
        }
        if (widest == null) {
            return -1;
        }
        int chosen = anyToTime(widest);
        double before = 0;
        for (int i = chosen; !timed.isEmpty() && i < widest.to() && before < widest.seconds() / 2; i++) {
            before += seconds(i);
            chosen = canBeTimed(i) ? i : chosen;
        }
        return chosen;
    }

    private int anyToTime(Gap gap) {
        for (int i = gap.from(); i < gap.to(); i++) {
            if (canBeTimed(i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean canBeTimed(int i) {
        return StudyRunner.fits(shapes.get(i)) && expected(i).secondsOfStep() <= LONGEST_STEP_SECONDS;
    }

    private List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        int from = 0;
        double seconds = 0;
        for (int i = 0; i <= shapes.size(); i++) {
            if (i < shapes.size() && !timed.containsKey(i)) {
                seconds += seconds(i);
            } else {
                if (i > from) {
                    gaps.add(new Gap(from, i, seconds));
                }
                from = i + 1;
                seconds = 0;
            }
        }
        return gaps;
    }

    /** How long all networks of a shape take, one after the other. */
    private double seconds(int i) {
        return networks[i] * expected(i).seconds(shapes.get(i));
    }

    private Pilot expected(int i) {
        Map.Entry<Integer, Pilot> below = timed.floorEntry(i);
        Map.Entry<Integer, Pilot> above = timed.ceilingEntry(i);
        Run run = shapes.get(i);
        if (below == null || above == null) {
            Map.Entry<Integer, Pilot> nearest = below == null ? above : below;
            return nearest == null ? Pilot.unknown(run) : scaled(nearest, run);
        }
        double least = StudyRunner.costOfStep(shapes.get(below.getKey()));
        double whole = Math.log(StudyRunner.costOfStep(shapes.get(above.getKey())) / least);
        double part = whole == 0 ? 0 : Math.log(StudyRunner.costOfStep(run) / least) / whole;
        return scaled(below, run).towards(scaled(above, run), part);
    }

    private Pilot scaled(Map.Entry<Integer, Pilot> known, Run run) {
        return known.getValue().scaled(shapes.get(known.getKey()), run);
    }

    /** What a network takes. */
    Pilot of(Run run) {
        return expected(place(run));
    }

    private int place(Run run) {
        Integer place = places.get(Pilots.shape(run));
        if (place == null) {
            throw new IllegalArgumentException("a run must be one of those that were given, got " + run.line());
        }
        return place;
    }

    /** Shapes that will be timed at most. */
    int most() {
        return Math.min(MOST_TIMED, shapes.size());
    }

    /** Shapes that were timed. */
    int timed() {
        return timed.size();
    }

    /** By which factor the time of one network may be off. */
    double doubt(Run run) {
        return timed.containsKey(place(run)) ? 1 : Math.exp(deviation());
    }

    /**
     * By which factor times may be off together of shapes that were not timed: where their errors differ from gap to
     * gap, they add up to less.
     */
    double doubtTogether() {
        double sum = 0;
        double squares = 0;
        for (Gap gap : gaps()) {
            sum += gap.seconds();
            squares += gap.seconds() * gap.seconds();
        }
        return sum == 0 ? 1 : Math.exp(deviation() * Math.sqrt(squares) / sum);
    }

    /** By which factor the time of all networks may be off. */
    private double doubt() {
        double unsure = gaps().stream().mapToDouble(Gap::seconds).sum();
        double all = 0;
        for (int i = 0; i < shapes.size(); i++) {
            all += seconds(i);
        }
        return all == 0 ? 1 : 1 + (doubtTogether() - 1) * unsure / all;
    }

    /**
     * Two standard deviations of the logarithm of a time. What is believed beforehand counts as one surprise; to have
     * timed other shapes is never worse than to have timed none.
     */
    private double deviation() {
        double before = Math.log(UNKNOWN_DOUBT);
        double squares = surprises.stream().mapToDouble(one -> 4 * one * one).sum();
        return Math.min(before, Math.sqrt((before * before + squares) / (1 + surprises.size())));
    }
}
