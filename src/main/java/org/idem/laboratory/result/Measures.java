package org.idem.laboratory.result;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.idem.array.Array;
import org.idem.laboratory.measure.Likeness;

/**
 * What a network makes of test images: of one, or in the mean of several.
 *
 * @param identityCorrelation Pearson's correlation with the test image, as a target would be
 * @param constantCorrelation with the training target, NaN for another size
 * @param identityCosine cosine with the test image
 * @param constantCosine cosine with the training target, NaN for another size
 * @param identityMse mean squared distance from the test image
 * @param constantMse mean squared distance from the training target, NaN for another size
 * @param outputNorm Euclidean norm of the output
 */
public record Measures(
        double identityCorrelation,
        double constantCorrelation,
        double identityCosine,
        double constantCosine,
        double identityMse,
        double constantMse,
        double outputNorm) {
    /** Names of the columns, in their order. */
    public static final List<String> COLUMNS = List.of(
            "identity_correlation",
            "constant_correlation",
            "identity_cosine",
            "constant_cosine",
            "identity_mse",
            "constant_mse",
            "output_norm");

    /**
     * Measures one output.
     *
     * @param output finite, (1, …)
     * @param identity the test image as a target would be, of the same shape
     * @param constant mean of the training targets, (1, …)
     * @return the measures
     */
    public static Measures of(Array output, Array identity, Array constant) {
        Likeness same = Likeness.of(output.values(), identity.values());
        boolean fits = Arrays.equals(output.shape(), constant.shape());
        Likeness trained = fits
                ? Likeness.of(output.values(), constant.values())
                : new Likeness(Double.NaN, Double.NaN, Double.NaN);
        return new Measures(
                same.correlation(),
                trained.correlation(),
                same.cosine(),
                trained.cosine(),
                same.meanSquare(),
                trained.meanSquare(),
                Likeness.norm(output.values()));
    }

    /**
     * Means over images.
     *
     * @param all of images
     * @return means; those of the constant only over images of its size, NaN if there is none
     */
    public static Measures mean(List<Measures> all) {
        return new Measures(
                mean(all, Measures::identityCorrelation),
                mean(all, Measures::constantCorrelation),
                mean(all, Measures::identityCosine),
                mean(all, Measures::constantCosine),
                mean(all, Measures::identityMse),
                mean(all, Measures::constantMse),
                mean(all, Measures::outputNorm));
    }

    private static double mean(List<Measures> all, ToDoubleFunction<Measures> measure) {
        return all.stream()
                .mapToDouble(measure)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    /**
     * The values in the order of {@link #COLUMNS}.
     *
     * @return seven numbers
     */
    public double[] values() {
        return new double[] {
            identityCorrelation,
            constantCorrelation,
            identityCosine,
            constantCosine,
            identityMse,
            constantMse,
            outputNorm
        };
    }

    /**
     * Measures in the order of {@link #COLUMNS}.
     *
     * @param values seven numbers
     * @return the measures
     */
    public static Measures of(double[] values) {
        return new Measures(values[0], values[1], values[2], values[3], values[4], values[5], values[6]);
    }
}
