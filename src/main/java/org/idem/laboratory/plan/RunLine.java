package org.idem.laboratory.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A run as its line tells it, without the images.
 *
 * @param point words on all axes
 * @param stop when training ends
 * @param seed of the initial weights
 */
public record RunLine(Point point, Stop stop, long seed) {
    private static final String UNTIL = "until";
    private static final String MOST_STEPS = "most-steps";
    private static final String SEED = "seed";

    /**
     * Reads a line.
     *
     * @param line as {@link #toString} or {@link Run#line} writes it
     * @return the run
     * @throws IllegalArgumentException if a word is missing, unknown or breaks its rule
     */
    public static RunLine parse(String line) {
        String[] words = line.strip().split(" +(?=[a-z-]+=)");
        if (!words[0].equals("fcn") && !words[0].equals("cnn")) {
            throw new IllegalArgumentException("a run's line must begin with fcn or cnn, got '" + words[0] + "'");
        }
        boolean convolutional = words[0].equals("cnn");
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (given.put(words[i].substring(0, equals), Escape.undone(words[i].substring(equals + 1))) != null) {
                throw new IllegalArgumentException("a run's line holds each name=value once, got '" + words[i] + "'");
            }
        }
        Map<String, String> usual = new LinkedHashMap<>();
        for (StudyAxis<?> axis : StudyAxes.of(convolutional)) {
            usual.put(axis.name(), axis.usual(taken(given, axis.name())));
        }
        try {
            RunLine read = new RunLine(
                    new Point(convolutional, usual),
                    new Stop(Double.parseDouble(taken(given, UNTIL)), Integer.parseInt(taken(given, MOST_STEPS))),
                    Long.parseLong(taken(given, SEED)));
            if (!given.isEmpty()) {
                throw new IllegalArgumentException("a run's line has no word " + given.keySet());
            }
            return read;
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("a run's line needs numbers for until, most-steps and seed", wrong);
        }
    }

    private static String taken(Map<String, String> given, String name) {
        String word = given.remove(name);
        if (word == null) {
            throw new IllegalArgumentException("a run's line needs " + name);
        }
        return word;
    }

    /**
     * The line without what has no effect on the network.
     *
     * @param sized whether the size counts; not where it is that of the images
     * @return equal for points that describe equal networks of the same images
     */
    public String effective(boolean sized) {
        Map<String, String> words = new LinkedHashMap<>(point.normal().words());
        if (!sized) {
            words.remove(StudyAxes.SIZE.name());
        }
        return point.convolutional() + " " + words + " " + stop + " " + seed;
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(point.convolutional() ? "cnn" : "fcn");
        for (StudyAxis<?> axis : StudyAxes.of(point.convolutional())) {
            line.append(' ')
                    .append(axis.name())
                    .append('=')
                    .append(Escape.of(Objects.requireNonNull(point.words().get(axis.name()))));
        }
        return line + " " + UNTIL + "=" + stop.until() + " " + MOST_STEPS + "=" + stop.mostSteps() + " " + SEED + "="
                + seed;
    }
}
