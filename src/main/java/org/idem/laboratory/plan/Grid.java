package org.idem.laboratory.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Words on axes and all their combinations.
 *
 * @param convolutional whether networks are convolutional
 * @param words on the axes that are given, by names; the others have their default
 * @param zips groups of axes that are walked together: their first words make one point, their second words the next
 */
public record Grid(boolean convolutional, Map<String, List<String>> words, List<List<String>> zips) {
    /** More points than this are refused. */
    static final long MOST_POINTS = 100_000;

    /**
     * Checks every word and brings it into its usual form.
     *
     * @throws IllegalArgumentException in one line, if an axis is unknown, a word breaks its rule or is given twice, or
     *     axes to be walked together do not fit
     */
    public Grid {
        Map<String, List<String>> usual = new LinkedHashMap<>();
        for (StudyAxis<?> axis : StudyAxes.of(convolutional)) {
            List<String> given = words.get(axis.name());
            if (given != null) {
                usual.put(axis.name(), given.stream().map(axis::usual).toList());
            }
        }
        for (String name : words.keySet()) {
            if (!usual.containsKey(name)) {
                throw new IllegalArgumentException(
                        "--" + name + " must be an axis of " + (convolutional ? "a cnn" : "an fcn") + "; these are "
                                + String.join(", ", names(convolutional)));
            }
        }
        words = usual;
        zips = zips.stream().map(List::copyOf).toList();
        checkZips(convolutional, words, zips);
        Set<String> zipped = zips.stream().flatMap(List::stream).collect(Collectors.toSet());
        for (Map.Entry<String, List<String>> entry : words.entrySet()) {
            Set<String> seen = new HashSet<>();
            for (String word : entry.getValue()) {
                if (!zipped.contains(entry.getKey()) && !seen.add(word)) {
                    throw new IllegalArgumentException(
                            "--" + entry.getKey() + " must name each value once, got " + word + " twice");
                }
            }
        }
        if (count(words, zips) > MOST_POINTS) {
            throw new IllegalArgumentException("the axes must make at most " + MOST_POINTS
                    + " points, got more; fewer values, or --zip, which walks axes together, make fewer");
        }
    }

    private static List<String> names(boolean convolutional) {
        return StudyAxes.of(convolutional).stream().map(StudyAxis::name).toList();
    }

    private static void checkZips(boolean convolutional, Map<String, List<String>> words, List<List<String>> zips) {
        Set<String> seen = new HashSet<>();
        for (List<String> zip : zips) {
            if (zip.size() < 2) {
                throw new IllegalArgumentException(
                        "--zip must name at least two axes, as a,b, got '" + String.join(",", zip) + "'");
            }
            for (String name : zip) {
                if (!names(convolutional).contains(name)) {
                    throw new UnknownWord(
                            "--zip must name axes of " + (convolutional ? "a cnn" : "an fcn") + ", got '" + name
                                    + "'; these are " + String.join(", ", names(convolutional)),
                            name,
                            names(convolutional));
                }
                if (!seen.add(name)) {
                    throw new IllegalArgumentException("--zip must name an axis once, got " + name + " twice");
                }
                if (!words.containsKey(name)) {
                    throw new IllegalArgumentException(
                            "--zip must name axes that have values, got " + name + " without --" + name);
                }
                int expected = words.getOrDefault(zip.get(0), List.of()).size();
                int found = words.get(name).size();
                if (found != expected) {
                    throw new IllegalArgumentException("--zip walks axes together, which need equally many values, got "
                            + expected + " of " + zip.get(0) + " and " + found + " of " + name);
                }
            }
        }
    }

    private static double count(Map<String, List<String>> words, List<List<String>> zips) {
        double count = 1;
        for (List<String> values : words.values()) {
            count *= values.size();
        }
        for (List<String> zip : zips) {
            count /= Math.pow(words.getOrDefault(zip.get(0), List.of()).size(), zip.size() - 1);
        }
        return Math.rint(count);
    }

    /**
     * Number of points.
     *
     * @return at least 1
     */
    public long size() {
        return (long) count(words, zips);
    }

    /**
     * All points, those of the first axis slowest. Axes that have no default of their own and are not given are left
     * out where they depend on the images (size), and follow the rule (learning rate).
     *
     * @return at least one point
     */
    public List<Point> points() {
        List<Map<String, String>> points = List.of(Map.of());
        Set<String> done = new LinkedHashSet<>();
        for (StudyAxis<?> axis : StudyAxes.of(convolutional)) {
            List<String> values = words.get(axis.name());
            if (values == null || done.contains(axis.name())) {
                continue;
            }
            List<String> together = zips.stream()
                    .filter(zip -> zip.contains(axis.name()))
                    .findFirst()
                    .orElse(List.of(axis.name()));
            done.addAll(together);
            points = multiplied(points, together, values.size());
        }
        return points.stream().map(this::completed).toList();
    }

    private List<Map<String, String>> multiplied(List<Map<String, String>> points, List<String> together, int values) {
        List<Map<String, String>> more = new ArrayList<>(points.size() * values);
        for (Map<String, String> point : points) {
            for (int i = 0; i < values; i++) {
                Map<String, String> next = new LinkedHashMap<>(point);
                for (String name : together) {
                    next.put(name, words.getOrDefault(name, List.of()).get(i));
                }
                more.add(next);
            }
        }
        return more;
    }

    private Point completed(Map<String, String> given) {
        Map<String, String> all = new LinkedHashMap<>();
        for (StudyAxis<?> axis : StudyAxes.of(convolutional)) {
            String word = given.get(axis.name());
            if (word == null && axis == StudyAxes.LEARNING_RATE) {
                String rule = given.getOrDefault(
                        StudyAxes.RULE.name(), StudyAxes.RULE.standard().orElseThrow());
                word = String.valueOf(StudyAxes.RULE.read(rule).usualLearningRate());
            }
            if (word == null) {
                word = axis.standard().orElse(null);
            }
            if (word != null) {
                all.put(axis.name(), axis.usual(word));
            }
        }
        return new Point(convolutional, all);
    }
}
