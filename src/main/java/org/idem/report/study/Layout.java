package org.idem.report.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.idem.laboratory.StudyResults;
import org.idem.laboratory.plan.StudyAxes;

/**
 * Which axis of a study runs across pictures, which makes their lines, and which make pictures of their own.
 *
 * @param networks all that are there
 * @param across axis across pictures: the first varied one whose words are numbers, else the first varied one, else
 *     depth
 * @param others further axes on which networks differ by themselves; the first of them makes lines
 * @param followers axes that follow the ones before, such as learning rates that follow rules, or axes walked together
 */
record Layout(List<Network> networks, String across, List<String> others, List<String> followers) {
    private static final int MOST_PARTS = 4;

    /**
     * Networks that agree on some axes.
     *
     * @param words these axes and their words, empty if there are none
     * @param networks at least one
     */
    record Part(String words, List<Network> networks) {}

    /** A title, with the words that tell its part of the study from others. */
    static String titled(String title, String words) {
        return title + (words.isEmpty() ? "" : ": " + words);
    }

    static Layout of(StudyResults results) {
        List<Network> networks = results.rows().stream().map(Network::of).toList();
        List<String> varied = new ArrayList<>(results.varied());
        String across = varied.stream()
                .filter(name -> networks.stream().allMatch(network -> isNumber(network.word(name))))
                .findFirst()
                .orElse(varied.isEmpty() ? StudyAxes.DEPTH.name() : varied.get(0));
        varied.remove(across);
        List<String> others = new ArrayList<>();
        List<String> followers = new ArrayList<>();
        for (String name : varied) {
            List<String> known = new ArrayList<>(others);
            known.add(across);
            (follows(networks, name, known) ? followers : others).add(name);
        }
        return new Layout(networks, across, List.copyOf(others), List.copyOf(followers));
    }

    /** Whether the words on some axes say the word on another. */
    private static boolean follows(List<Network> networks, String name, List<String> known) {
        Map<List<String>, String> said = new HashMap<>();
        for (Network network : networks) {
            String word = network.word(name);
            String before = said.putIfAbsent(known.stream().map(network::word).toList(), word);
            if (before != null && !before.equals(word)) {
                return false;
            }
        }
        return true;
    }

    static boolean isNumber(String word) {
        try {
            return Double.isFinite(Double.parseDouble(word));
        } catch (NumberFormatException text) {
            return false;
        }
    }

    /** Whether all words on the axis across are numbers. */
    boolean numeric() {
        return networks.stream().allMatch(network -> isNumber(network.word(across)));
    }

    /** Axis that makes lines, empty if there is none. */
    String series() {
        return others.isEmpty() ? "" : others.get(0);
    }

    /** Words on an axis: numbers ascending, others as they appear. */
    static List<String> words(List<Network> networks, String axis) {
        List<String> words =
                networks.stream().map(network -> network.word(axis)).distinct().toList();
        return words.stream().allMatch(Layout::isNumber)
                ? words.stream()
                        .sorted(Comparator.comparingDouble(Double::parseDouble))
                        .toList()
                : words;
    }

    /** Networks that may share a picture with lines: they agree on all axes but the one across and the lines'. */
    List<Part> slices() {
        return parts(others.subList(Math.min(1, others.size()), others.size()));
    }

    /** Networks that differ by the axis across and by their seeds alone. */
    List<Part> strands() {
        return parts(others);
    }

    /** Some parts, by words on some axes. */
    private List<Part> parts(List<String> axes) {
        Map<String, List<Network>> parts = new LinkedHashMap<>();
        for (Network network : networks) {
            String words =
                    axes.stream().map(axis -> said(axis, network.word(axis))).collect(Collectors.joining(", "));
            parts.computeIfAbsent(words, part -> new ArrayList<>()).add(network);
        }
        return some(List.copyOf(parts.entrySet()), MOST_PARTS).stream()
                .map(part -> new Part(part.getKey(), part.getValue()))
                .toList();
    }

    /** What a picture does not show of the study, empty if it shows all. */
    String leftOut(boolean slices) {
        List<String> axes = slices ? others.subList(Math.min(1, others.size()), others.size()) : others;
        long all = networks.stream()
                .map(network -> axes.stream().map(network::word).toList())
                .distinct()
                .count();
        return all <= MOST_PARTS
                ? ""
                : " Of the " + all + " combinations of " + String.join(", ", axes) + ", " + MOST_PARTS
                        + " are shown; the tables hold all.";
    }

    /** An axis with its word. */
    static String said(String axis, String word) {
        return name(axis) + " " + shown(word);
    }

    /** An axis as people say it. */
    static String name(String axis) {
        return axis.replace('-', ' ');
    }

    /** A word without the folders of a file. */
    static String shown(String word) {
        return word.substring(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1);
    }

    /** At most so many of a list, evenly taken, the first and the last among them. */
    static <T> List<T> some(List<T> all, int most) {
        if (all.size() <= most) {
            return all;
        }
        List<T> some = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            some.add(all.get((int) Math.round(i * (all.size() - 1.0) / (most - 1))));
        }
        return some;
    }
}
