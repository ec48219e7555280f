package org.idem.laboratory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.idem.laboratory.plan.Grid;
import org.idem.laboratory.plan.Stop;
import org.idem.laboratory.plan.Study;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.laboratory.plan.StudyAxis;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a study as words: kind of network and options by their names.
 *
 * @param convolutional whether networks are convolutional
 * @param options words of each option, those of an axis with commas between them; without dashes in front
 * @param zips axes to be walked together, with commas between them
 */
public record StudyArguments(boolean convolutional, Map<String, String> options, List<String> zips) {
    private static final String SEEDS = "seeds";
    private static final String SEED = "seed";
    private static final String UNTIL = "until";
    private static final String MOST_STEPS = "most-steps";
    private static final String TEST = "test";
    private static final int USUAL_SEEDS = 3;

    /** Copies everything. */
    public StudyArguments {
        options = new LinkedHashMap<>(options);
        zips = List.copyOf(zips);
    }

    /**
     * Names of all options but {@code zip}.
     *
     * @param convolutional whether networks are convolutional
     * @return axes first
     */
    public static List<String> names(boolean convolutional) {
        List<String> names = new ArrayList<>();
        StudyAxes.of(convolutional).stream().map(StudyAxis::name).forEach(names::add);
        names.addAll(List.of(SEEDS, SEED, UNTIL, MOST_STEPS, TEST));
        return names;
    }

    /**
     * These arguments with others in their place.
     *
     * @param others options that replace those of the same name
     * @param otherZips replace all, if there are any
     * @return a copy
     */
    public StudyArguments with(Map<String, String> others, List<String> otherZips) {
        Map<String, String> all = new LinkedHashMap<>(options);
        all.putAll(others);
        return new StudyArguments(convolutional, all, otherZips.isEmpty() ? zips : otherZips);
    }

    /**
     * The study that these arguments describe.
     *
     * @param name by which reports call it
     * @return the study
     * @throws IllegalArgumentException in one line that names option, rule and word
     */
    public Study study(String name) {
        Map<String, List<String>> axes = new LinkedHashMap<>();
        Set<String> known = new TreeSet<>(names(convolutional));
        for (Map.Entry<String, String> option : options.entrySet()) {
            if (!known.contains(option.getKey())) {
                throw new IllegalArgumentException("--" + option.getKey() + " must be an option of "
                        + (convolutional ? "a cnn" : "an fcn") + "; these are "
                        + String.join(", ", names(convolutional)));
            }
        }
        for (StudyAxis<?> axis : StudyAxes.of(convolutional)) {
            String words = options.get(axis.name());
            if (words != null) {
                axes.put(axis.name(), split(words));
            }
        }
        return new Study(
                name,
                new Grid(
                        convolutional,
                        axes,
                        zips.stream().map(StudyArguments::split).toList()),
                whole(SEED, 1, Long.MIN_VALUE, Long.MAX_VALUE),
                (int) whole(SEEDS, USUAL_SEEDS, 1, Integer.MAX_VALUE),
                new Stop(until(), (int) whole(MOST_STEPS, Stop.STANDARD.mostSteps(), 0, Integer.MAX_VALUE)),
                test());
    }

    private @Nullable String test() {
        return options.get(TEST);
    }

    /** At commas, but for those after a backslash, which belong to a name. */
    private static List<String> split(String words) {
        return Arrays.stream(words.split("(?<!\\\\),", -1))
                .map(word -> word.replace("\\,", ",").strip())
                .toList();
    }

    private double until() {
        String word = options.get(UNTIL);
        try {
            double number = word == null ? Stop.STANDARD.until() : Double.parseDouble(word);
            if (number > 0 && number < Double.POSITIVE_INFINITY) {
                return number;
            }
        } catch (NumberFormatException wrong) {
            // no number is no positive one
        }
        throw new IllegalArgumentException("--" + UNTIL + " must be a positive number, got '" + word + "'");
    }

    private long whole(String name, long standard, long least, long most) {
        String word = options.get(name);
        if (word == null) {
            return standard;
        }
        try {
            long value = Long.parseLong(word);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException wrong) {
            // no number is none in the range
        }
        throw new IllegalArgumentException("--" + name + " must be a whole number"
                + (least == Long.MIN_VALUE ? "" : " from " + least + " to " + most) + ", got '" + word + "'");
    }
}
