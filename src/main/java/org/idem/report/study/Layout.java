package org.idem.report.study;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.idem.laboratory.StudyResults;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.wording.Count;

/**
 * Which axis of a study runs across pictures, which makes their lines, and which make pictures of their own.
 *
 * @param networks all that are there
 * @param across axis across pictures: the first varied one whose words are numbers, unless another has more words than
 *     a picture has lines; without numbers the first varied one, else depth
 * @param others further axes on which networks differ by themselves; the first of them makes lines
 * @param followers axes without pictures of their own, each with the axis that it is walked together with
 */
record Layout(List<Network> networks, String across, List<String> others, Map<String, String> followers) {
    /** Most lines of a picture. */
    static final int MOST_LINES = 6;

    /** So many parts of a study are all drawn. */
    private static final int MOST_PARTS = 6;
    /** So many of more parts are. */
    private static final int SOME_PARTS = 4;
    /** Smaller numbers are not written out. */
    private static final double LEAST_PLAIN = 1e-7;

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
        List<Bundle> bundles = Bundle.of(results);
        List<Network> networks =
                results.rows().stream().map(row -> Network.of(row, bundles)).toList();
        Map<String, String> followers = new LinkedHashMap<>();
        bundles.forEach(bundle -> bundle.others().forEach(axis -> followers.put(axis, bundle.leader())));
        List<String> axes = results.varied().stream()
                .filter(axis -> !followers.containsKey(axis))
                .toList();
        Map<String, Integer> words = new HashMap<>();
        axes.forEach(axis -> words.put(axis, words(networks, axis).size()));
        String across = across(networks, axes, words);
        List<String> others = new ArrayList<>(axes);
        others.remove(across);
        // lines say most where they are many, but fit
        others.stream()
                .max(Comparator.comparingInt(axis -> words.getOrDefault(axis, 0) <= MOST_LINES
                        ? words.getOrDefault(axis, 0)
                        : -words.getOrDefault(axis, 0)))
                .ifPresent(lines -> {
                    others.remove(lines);
                    others.add(0, lines);
                });
        return new Layout(networks, across, List.copyOf(others), Collections.unmodifiableMap(followers));
    }

    private static String across(List<Network> networks, List<String> axes, Map<String, Integer> words) {
        String first = axes.stream()
                .filter(axis -> networks.stream().allMatch(network -> isNumber(network.word(axis))))
                .findFirst()
                .orElse(axes.isEmpty() ? StudyAxes.DEPTH.name() : axes.get(0));
        String longest = axes.stream().max(Comparator.comparing(words::get)).orElse(first);
        return words.getOrDefault(longest, 0) > MOST_LINES && words.getOrDefault(first, 0) <= MOST_LINES
                ? longest
                : first;
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
        return some(List.copyOf(parts.entrySet()), parts.size() > MOST_PARTS ? SOME_PARTS : MOST_PARTS).stream()
                .map(part -> new Part(part.getKey(), part.getValue()))
                .toList();
    }

    /** What a picture does not show of the study, empty if it shows all. */
    String leftOut(boolean slices) {
        return (slices ? lost() : "") + beyond(slices);
    }

    /** Slices of which no network has anything to draw. */
    private String lost() {
        return slices().stream()
                .filter(part -> part.networks().stream().allMatch(network -> network.measures() == null))
                .map(part -> " Nothing is drawn of " + part.words() + ", where every network "
                        + Network.lost(part.networks()) + ".")
                .collect(Collectors.joining());
    }

    private String beyond(boolean slices) {
        List<String> axes = slices ? others.subList(Math.min(1, others.size()), others.size()) : others;
        long all = networks.stream()
                .map(network -> axes.stream().map(network::word).toList())
                .distinct()
                .count();
        return all <= MOST_PARTS
                ? ""
                : " Of the " + all + " parts of the study, by "
                        + Count.list(axes.stream()
                                .map(axis -> StudyAxes.named(axis).noun())
                                .toList())
                        + ", " + SOME_PARTS + " are shown; the tables hold all.";
    }

    /**
     * Says that networks of one seed look alike before training, if some do.
     *
     * @param lines what of their pictures
     * @param agree what these do then
     * @param looks what is drawn of each word on the axis across before training, part by part
     * @return goes on after a sentence; empty if no part is drawn alike twice
     */
    String alike(String lines, String agree, List<? extends List<?>> looks) {
        if (looks.size() > 1 && looks.stream().distinct().count() == 1) {
            return " Whatever the " + StudyAxes.named(across).noun() + ", networks of one seed start equal: their "
                    + lines + " " + agree + ".";
        }
        int parts = looks.stream().mapToInt(List::size).max().orElse(0);
        boolean some = IntStream.range(0, parts).anyMatch(part -> {
            List<?> drawn = looks.stream()
                    .filter(look -> look.size() > part)
                    .map(look -> look.get(part))
                    .toList();
            return drawn.stream().distinct().count() < drawn.size();
        });
        return some ? " Where " + lines + " " + agree + ", networks of one seed start equal." : "";
    }

    /** An axis with its word. */
    static String said(String axis, String word) {
        return name(axis) + " " + shown(word);
    }

    /** An axis as people say it in front of a value. */
    static String name(String axis) {
        return StudyAxes.named(axis).said();
    }

    /** What lines of a picture stand for. */
    static String lines(String axis) {
        return "One line for each " + StudyAxes.named(axis).noun() + ".";
    }

    /** What stands along the side of a picture on which an axis runs. */
    static String title(String axis) {
        return StudyAxes.named(axis).title();
    }

    /** Says how many of a number of lines or rows are shown; empty if all are. */
    static String shown(int some, int all, String what) {
        return some == all ? "" : " " + Count.part(some, all, what, "is", "are") + " shown.";
    }

    /** A number without a power of ten, unless it is very small; other words as they are. */
    static String plain(String word) {
        return isNumber(word) && (Double.parseDouble(word) == 0 || Math.abs(Double.parseDouble(word)) >= LEAST_PLAIN)
                ? new BigDecimal(word).stripTrailingZeros().toPlainString()
                : word;
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
