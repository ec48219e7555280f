package org.idem.report.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.idem.laboratory.StudyResults;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.laboratory.plan.StudyAxis;

/**
 * Axes that a study walks together, such as rules with their learning rates. Pictures know them by one of them.
 *
 * @param leader axis that stands for all: the first one of words; without any, the first one that tells the numbers on
 *     all others, if there is one
 * @param others in the order of tables
 * @param named whether words of the leader alone do not say which network is meant, so that those of the others stand
 *     beside them
 */
record Bundle(String leader, List<String> others, boolean named) {
    /** Bundles of a study; an axis that goes its own way is none. */
    static List<Bundle> of(StudyResults results) {
        List<Map<String, String>> points = results.rows().stream()
                .map(row -> row.point().words())
                .distinct()
                .toList();
        List<String> varied = results.varied();
        double all =
                results.rows().stream().map(StudyResults.Row::seed).distinct().count();
        for (String axis : varied) {
            all *= points.stream().map(words -> words.get(axis)).distinct().count();
        }
        if (all <= results.expected()) {
            return List.of();
        }
        List<List<String>> groups = new ArrayList<>();
        for (String axis : varied) {
            List<String> group = new ArrayList<>();
            for (List<String> earlier : List.copyOf(groups)) {
                if (earlier.stream().anyMatch(other -> together(points, other, axis))) {
                    group.addAll(earlier);
                    groups.remove(earlier);
                }
            }
            group.add(axis);
            groups.add(group);
        }
        return groups.stream()
                .filter(group -> group.size() > 1)
                .map(group -> of(points, varied.stream().filter(group::contains).toList()))
                .toList();
    }

    private static Bundle of(List<Map<String, String>> points, List<String> group) {
        String leader = group.stream()
                .filter(axis -> !isOfNumbers(points, axis))
                .findFirst()
                .orElseGet(() -> group.stream()
                        .filter(axis -> tells(points, axis, group))
                        .findFirst()
                        .orElse(group.get(0)));
        List<String> others =
                group.stream().filter(axis -> !axis.equals(leader)).toList();
        return new Bundle(leader, others, !isOfNumbers(points, leader) || !tells(points, leader, group));
    }

    private static boolean isOfNumbers(List<Map<String, String>> points, String axis) {
        return points.stream().allMatch(words -> Layout.isNumber(words.getOrDefault(axis, "")));
    }

    /** Whether words on an axis say those on all others of a group. */
    private static boolean tells(List<Map<String, String>> points, String axis, List<String> group) {
        Map<String, List<String>> said = new HashMap<>();
        for (Map<String, String> words : points) {
            List<String> here = words(words, group);
            if (!here.equals(said.computeIfAbsent(words.getOrDefault(axis, ""), word -> here))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> words(Map<String, String> words, List<String> axes) {
        return axes.stream().map(axis -> words.getOrDefault(axis, "")).toList();
    }

    /** Whether no two words of one axis meet two neighbouring words of the other, as they would in a grid. */
    private static boolean together(List<Map<String, String>> points, String one, String other) {
        Map<String, Set<String>> met = new LinkedHashMap<>();
        for (Map<String, String> words : points) {
            met.computeIfAbsent(words.getOrDefault(one, ""), word -> new LinkedHashSet<>())
                    .add(words.getOrDefault(other, ""));
        }
        Set<List<String>> pairs = new HashSet<>();
        for (Set<String> words : met.values()) {
            List<String> sorted = words.stream().sorted().toList();
            for (int i = 1; i < sorted.size(); i++) {
                if (!pairs.add(sorted.subList(i - 1, i + 1))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The leader's word of a network, with those of the others beside it where they are needed. */
    String word(Map<String, String> words, boolean convolutional) {
        if (!named) {
            return words.getOrDefault(leader, "");
        }
        Map<String, String> usual = StudyAxes.of(convolutional).stream()
                .collect(Collectors.toMap(
                        StudyAxis::name, axis -> axis.standard().orElse("")));
        return Stream.concat(Stream.of(leader), others.stream())
                .map(axis -> said(axis, words.getOrDefault(axis, ""), usual.getOrDefault(axis, "")))
                .filter(said -> !said.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** A word that tells its axis: numbers with its name but for rates beside rules, flags by the name alone. */
    private String said(String axis, String word, String usual) {
        boolean rate = axis.equals(StudyAxes.LEARNING_RATE.name()) && leader.equals(StudyAxes.RULE.name());
        if (word.equals("yes") || word.equals("no")) {
            return word.equals("yes") ? Layout.name(axis) : axis.equals(leader) ? "no " + Layout.name(axis) : "";
        }
        if (axis.equals(leader) || rate || !Layout.isNumber(word)) {
            return Layout.shown(word);
        }
        return word.equals(usual) ? "" : Layout.said(axis, word);
    }
}
