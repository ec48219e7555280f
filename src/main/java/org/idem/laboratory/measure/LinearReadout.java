package org.idem.laboratory.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.array.Precision;

/**
 * How much of something can be read off a layer by a linear map that was fitted on other images: columns
 * {@code input_error} (of the image) and {@code target_error} (of the training target) of {@code layers.csv}.
 *
 * <p>The readout has no bias. Of a convolutional layer it is one 1 × 1 convolution: each pixel of each image is a
 * sample, its channels are the features, and what is wanted are the pixels there. Of a fully connected layer an image
 * is a sample and its units are the features. The readout for an image is fitted on all others, by least squares of
 * least norm; singular values up to max(samples, features) · u times the largest count as zero, u the unit roundoff of
 * the layer's precision. The error of an image is ‖readout − wanted‖²/‖wanted‖². It may exceed 1.
 *
 * <p>Of more than {@value #MOST_PARTS} images, the images of one remainder modulo {@value #MOST_PARTS} are left out
 * together, so that the cost stays bounded: with F features and W wanted numbers per sample, some 300·F²(F + W)
 * operations, and for convolutions 2F² per sample.
 */
public final class LinearReadout {
    /** Readouts that are fitted at most. */
    public static final int MOST_PARTS = 64;

    private LinearReadout() {}

    /**
     * Reads a layer, once for each thing that is wanted.
     *
     * @param layer activations of n images of one size, (n, width) or (n, C, H, W)
     * @param wanted for each thing an array (n, d) or (n, C′, H′, W′), its first axis the same images; if H′ and W′ are
     *     not those of the layer, both are cropped to their common centre, as valid padding asks for
     * @param precision in which the layer was computed
     * @return for each thing the errors of the n images. NaN: with fewer than two images, if the layer holds numbers
     *     that are not finite, and where the wanted is 0 and its readout is not; 0 where both are 0
     * @throws IllegalArgumentException if arrays do not fit together
     */
    public static List<double[]> errors(Array layer, List<Array> wanted, Precision precision) {
        return of(layer, wanted, precision).errors();
    }

    /**
     * What was read.
     *
     * @param errors for each thing the errors of the n images, as {@link LinearReadout#errors} says
     * @param first readout of the first thing for the first image, (1, d) or (1, C′, h, w); empty if nothing was read
     */
    public record Reading(List<double[]> errors, Optional<Array> first) {}

    /**
     * Reads a layer, once for each thing that is wanted, and keeps the first readout.
     *
     * @param layer as for {@link #errors}
     * @param wanted as for {@link #errors}
     * @param precision in which the layer was computed
     * @return errors, and the first thing as it is read off for the first image
     */
    public static Reading of(Array layer, List<Array> wanted, Precision precision) {
        wanted.forEach(thing -> requireFit(layer, thing));
        int count = layer.size(0);
        if (count < 2 || layer.firstNonFinite() >= 0) {
            List<double[]> nothing = wanted.stream()
                    .map(thing -> {
                        double[] empty = new double[count];
                        Arrays.fill(empty, Double.NaN);
                        return empty;
                    })
                    .toList();
            return new Reading(nothing, Optional.empty());
        }
        List<double[]> errors = new ArrayList<>();
        Optional<Array> first = Optional.empty();
        for (int from = 0; from < wanted.size(); ) {
            // what has one size shares its readout
            int to = from + 1;
            while (to < wanted.size() && Samples.region(wanted.get(to)).equals(Samples.region(wanted.get(from)))) {
                to++;
            }
            Reading reading = of(new Samples(layer, wanted.subList(from, to)), count, precision);
            errors.addAll(reading.errors());
            first = from == 0 ? reading.first() : first;
            from = to;
        }
        return new Reading(errors, first);
    }

    private static void requireFit(Array layer, Array wanted) {
        int rank = layer.rank();
        if (rank != 2 && rank != 4 || wanted.rank() != rank || wanted.size(0) != layer.size(0)) {
            throw new IllegalArgumentException("a layer (n, width) or (n, C, H, W) and what is read off it must have as"
                    + " many axes and images, got " + Arrays.toString(layer.shape()) + " and "
                    + Arrays.toString(wanted.shape()));
        }
        if (wanted.firstNonFinite() >= 0) {
            throw new IllegalArgumentException(
                    "what is read off a layer must be finite, got " + wanted.values()[wanted.firstNonFinite()]);
        }
    }

    private static Reading of(Samples samples, int count, Precision precision) {
        int parts = Math.min(count, MOST_PARTS);
        List<Equations> own = IntStream.range(0, parts)
                .mapToObj(part -> equations(samples, part, parts, count))
                .toList();
        List<Equations> after = new ArrayList<>();
        after.add(samples.noEquations());
        for (int part = parts - 1; part > 0; part--) {
            after.add(own.get(part).and(after.get(after.size() - 1)));
        }
        List<double[]> errors = IntStream.range(0, samples.things())
                .mapToObj(thing -> new double[count])
                .toList();
        Optional<Array> first = Optional.empty();
        Equations before = samples.noEquations();
        for (int part = 0; part < parts; part++) {
            Equations.Solution readout = before.and(after.get(parts - 1 - part)).solution(precision.unitRoundoff());
            for (int image = part; image < count; image += parts) {
                DMatrixRMaj read = samples.errors(image, readout, errors);
                if (image == 0) {
                    first = Optional.of(samples.first(read));
                }
            }
            before = before.and(own.get(part));
        }
        return new Reading(errors, first);
    }

    private static Equations equations(Samples samples, int part, int parts, int count) {
        Equations equations = samples.noEquations();
        for (int image = part; image < count; image += parts) {
            equations = equations.and(Equations.of(samples.rows(image), samples.features()));
        }
        return equations;
    }
}
