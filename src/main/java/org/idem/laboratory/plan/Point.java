package org.idem.laboratory.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One point of a grid: a word on every axis of a kind of network.
 *
 * @param convolutional whether the network is convolutional
 * @param words by the names of the axes, in the order of tables, each in its usual form
 */
public record Point(boolean convolutional, Map<String, String> words) {
    /** Copies the words. */
    public Point {
        words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
    }

    /**
     * Axes on which points differ.
     *
     * @param points of one kind of network
     * @return names in the order of tables
     */
    public static List<String> differing(List<Point> points) {
        return StudyAxes.of(!points.isEmpty() && points.get(0).convolutional).stream()
                .map(axis -> axis.name())
                .filter(name -> points.stream()
                                .map(point -> point.words.get(name))
                                .distinct()
                                .count()
                        > 1)
                .toList();
    }

    /**
     * The value on an axis.
     *
     * @param axis one that such networks have
     * @param <T> type of the values
     * @return the value
     */
    public <T> T get(StudyAxis<T> axis) {
        String word = words.get(axis.name());
        if (word == null) {
            throw new IllegalArgumentException((convolutional ? "a cnn" : "an fcn") + " has no axis " + axis.name());
        }
        return axis.read(word);
    }

    /**
     * The point with another word on an axis.
     *
     * @param axis one that such networks have
     * @param word the word
     * @return a copy
     */
    Point with(StudyAxis<?> axis, String word) {
        Map<String, String> changed = new LinkedHashMap<>(words);
        changed.put(axis.name(), axis.usual(word));
        return new Point(convolutional, changed);
    }

    /**
     * The words that were asked for, and those of this point on axes that were left open.
     *
     * @param asked another point
     * @return a point with a word on every axis that one of both has
     */
    public Point over(Point asked) {
        Map<String, String> all = new LinkedHashMap<>(words);
        all.putAll(asked.words);
        return new Point(convolutional, all);
    }

    /**
     * The point with the usual words on axes that have no effect: width, channels and activation at depth 1, and a
     * batch that holds all examples.
     *
     * @return equal for points that describe equal networks
     */
    public Point normal() {
        Map<String, String> changed = new LinkedHashMap<>(words);
        if (get(StudyAxes.DEPTH) == 1) {
            for (StudyAxis<?> axis : List.of(StudyAxes.WIDTH, StudyAxes.CHANNELS, StudyAxes.ACTIVATION)) {
                changed.replace(axis.name(), axis.standard().orElseThrow());
            }
        }
        if (get(StudyAxes.BATCH).orElse(0) >= get(StudyAxes.EXAMPLES)) {
            changed.put(StudyAxes.BATCH.name(), StudyAxes.BATCH.standard().orElseThrow());
        }
        return new Point(convolutional, changed);
    }
}
