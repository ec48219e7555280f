package org.idem.laboratory.finding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.idem.laboratory.plan.Group;
import org.idem.laboratory.result.Measures;
import org.idem.laboratory.result.StepMeasures;

/**
 * A number that the networks of one seed have.
 *
 * @param name for people
 * @param value of the networks; NaN where a network left no measures
 */
public record Quantity(String name, ToDoubleFunction<SeedNetworks> value) {
    /** Measures on which findings speak. */
    enum Measure {
        /** Pearson's correlation with the test image. */
        IDENTITY("correlation with the identity", Measures::identityCorrelation),
        /** Pearson's correlation with the training image. */
        CONSTANT("correlation with the constant", Measures::constantCorrelation),
        /** Euclidean norm. */
        NORM("norm of the output", Measures::outputNorm);

        private final String words;
        private final ToDoubleFunction<Measures> of;

        Measure(String words, ToDoubleFunction<Measures> of) {
            this.words = words;
            this.of = of;
        }
    }

    /**
     * Mean of a measure over the test images of one kind, at the end of training.
     *
     * @param measure what is measured
     * @param group kind of test images
     * @param axes names of axes and words on them, in turn; one network has them all
     * @return the quantity
     */
    static Quantity of(Measure measure, Group group, String... axes) {
        Map<String, String> words = words(axes);
        return new Quantity(
                measure.words + " on " + group + at(axes),
                networks -> networks.with(words).result().images().stream()
                        .filter(image -> image.group().equals(group.toString()))
                        .mapToDouble(image -> measure.of.applyAsDouble(image.measures()))
                        .average()
                        .orElse(Double.NaN));
    }

    /**
     * The same measure of several networks.
     *
     * @param measure what is measured
     * @param group kind of test images
     * @param axis on which networks differ
     * @param words on that axis
     * @param others further axes and words
     * @return one quantity for each word, in their order
     */
    static List<Quantity> along(Measure measure, Group group, String axis, List<String> words, String... others) {
        return words.stream()
                .map(word -> {
                    String[] axes = new String[others.length + 2];
                    axes[0] = axis;
                    axes[1] = word;
                    System.arraycopy(others, 0, axes, 2, others.length);
                    return of(measure, group, axes);
                })
                .toList();
    }

    /**
     * What a linear readout of a layer misses, in the mean over the images on which layers are measured.
     *
     * @param ofTarget whether of the training target, else of the image that the network sees
     * @param layer from 1
     * @param trained whether after training, else before
     * @param axes names of axes and words on them, in turn; one network has them all
     * @return the quantity, relative to the square of what is read out; NaN if the layer was not measured
     */
    static Quantity ofLayer(boolean ofTarget, int layer, boolean trained, String... axes) {
        Map<String, String> words = words(axes);
        return new Quantity(
                "missed of the " + (ofTarget ? "training image" : "input") + " in layer " + layer
                        + (trained ? "" : " before training") + at(axes),
                networks -> networks.with(words).result().layers().stream()
                        .filter(state -> state.layer() == layer && state.trained() == trained)
                        .mapToDouble(state -> ofTarget ? state.targetError() : state.inputError())
                        .average()
                        .orElse(Double.NaN));
    }

    /**
     * A measure at the first of the logarithmically spaced looks that sees a training error small enough.
     *
     * @param measure mean over the test images that training watches
     * @param error largest training error, relative to the mean square of the targets
     * @param axes names of axes and words on them, in turn
     * @return the quantity; NaN if no look saw such an error
     */
    static Quantity onTheWay(Measure measure, double error, String... axes) {
        Map<String, String> words = words(axes);
        String when = error == Double.POSITIVE_INFINITY ? " before training" : " once the error is at most " + error;
        return new Quantity(
                measure.words + when + at(axes),
                networks -> networks.with(words).result().progress().stream()
                        .filter(look -> look.trainError() <= error)
                        .mapToDouble(look -> measure.of.applyAsDouble(look.measures()))
                        .findFirst()
                        .orElse(Double.NaN));
    }

    /**
     * A measure at the last look, on the same images as {@link #onTheWay}.
     *
     * @param measure mean over the test images that training watches
     * @param axes names of axes and words on them, in turn
     * @return the quantity
     */
    static Quantity lastLook(Measure measure, String... axes) {
        Map<String, String> words = words(axes);
        return new Quantity(measure.words + " at the end" + at(axes), networks -> {
            List<StepMeasures> looks = networks.with(words).result().progress();
            return looks.isEmpty()
                    ? Double.NaN
                    : measure.of.applyAsDouble(looks.get(looks.size() - 1).measures());
        });
    }

    /**
     * Quantities of one list and then of another.
     *
     * @param first the first list
     * @param second the other
     * @return both
     */
    static List<Quantity> joined(List<Quantity> first, List<Quantity> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static Map<String, String> words(String... axes) {
        Map<String, String> words = new LinkedHashMap<>();
        for (int i = 0; i < axes.length; i += 2) {
            words.put(axes[i], axes[i + 1]);
        }
        return Map.copyOf(words);
    }

    private static String at(String... axes) {
        return axes.length == 0
                ? ""
                : IntStream.range(0, axes.length / 2)
                        .mapToObj(i -> axes[2 * i] + " " + axes[2 * i + 1])
                        .collect(Collectors.joining(", ", " at ", ""));
    }
}
