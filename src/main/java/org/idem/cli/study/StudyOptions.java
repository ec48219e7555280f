package org.idem.cli.study;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.idem.laboratory.StudyArguments;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.laboratory.plan.StudyAxis;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options of a study by their words: one for every axis, and those that say when training ends and on what to test. */
final class StudyOptions {
    /** Axes that stand for yes when they are named alone. */
    private static final Set<StudyAxis<?>> FLAGS = Set.of(StudyAxes.BIAS, StudyAxes.RESIDUAL, StudyAxes.NESTEROV);

    private static final Map<String, String> OTHERS = Map.of(
            "seeds", "networks of each point, trained from seeds that follow each other (default: 3)",
            "seed", "the first seed (default: 1)",
            "until",
                    "training error, relative to the mean square of the targets, at which training ends (default: 1e-4)",
            "most-steps", "steps after which training ends in any case (default: 2000)",
            "test",
                    "images to test on (default: drawn digits, patterns, noise, blank, and the training image shifted,"
                            + " rescaled and, for a cnn, in other sizes)");

    private StudyOptions() {}

    /** Adds all of them to a command. */
    static void addTo(CommandSpec command) {
        // depth and width, then what CNNs have
        Set<StudyAxis<?>> axes = new LinkedHashSet<>(StudyAxes.of(false).subList(0, 2));
        axes.addAll(StudyAxes.of(true));
        for (StudyAxis<?> axis : axes) {
            OptionSpec.Builder option = OptionSpec.builder("--" + axis.name())
                    .type(String.class)
                    .paramLabel("V[,V…]")
                    .description(description(axis));
            command.addOption(
                    FLAGS.contains(axis)
                            ? option.arity("0..1").fallbackValue("yes").build()
                            : option.arity("1").build());
        }
        for (String name : List.of("seeds", "seed", "until", "most-steps", "test")) {
            command.addOption(OptionSpec.builder("--" + name)
                    .type(String.class)
                    .paramLabel(name.equals("test") ? "FILE" : "N")
                    .arity("1")
                    .description(OTHERS.get(name))
                    .build());
        }
    }

    private static String description(StudyAxis<?> axis) {
        String standard =
                axis.standard().orElse(axis == StudyAxes.SIZE ? "the images' own" : "0.001, and 0.01 for sgd");
        return axis.rule() + (FLAGS.contains(axis) ? "; named alone it means yes" : "") + " (default: " + standard
                + ")";
    }

    /** The words that the user gave. */
    static Map<String, String> given(CommandSpec command) {
        Set<String> names = new LinkedHashSet<>(StudyArguments.names(true));
        names.addAll(StudyArguments.names(false));
        Map<String, String> given = new LinkedHashMap<>();
        for (String name : names) {
            String word = command.findOption("--" + name).getValue();
            if (word != null) {
                given.put(name, word);
            }
        }
        return given;
    }
}
