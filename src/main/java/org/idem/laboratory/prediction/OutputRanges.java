package org.idem.laboratory.prediction;

import java.util.Arrays;
import java.util.List;
import org.idem.array.Array;
import org.idem.laboratory.measure.Likeness;
import org.idem.laboratory.result.Measures;

/**
 * Ranges of the measures of an output f that is known up to an error δ with ‖δ‖ at most its stray.
 *
 * <p>Norms and distances change by at most ‖δ‖. The angle between f + δ and f is at most asin(‖δ‖/‖f‖), so the angle to
 * any image changes by no more; for correlations the same holds after f and δ have lost their means, which makes ‖δ‖ no
 * larger. Where ‖δ‖ reaches ‖f‖ the cosine may be any. Of several such errors, as of the image's own mean, sines are
 * added: asin(a) + asin(b) ≤ asin(a + b). All ranges are widened by the rounding of the measure itself, n terms to a
 * sum in double precision.
 */
final class OutputRanges {
    private final double[] output;
    private final double stray;
    /** Relative rounding of a sum of as many terms as there are pixels, computed twice, and a few operations more. */
    private final double rounding;

    private OutputRanges(double[] output, double stray) {
        this.output = output;
        this.stray = stray;
        rounding = 4 * (output.length + 16) * 0x1p-53;
    }

    /**
     * Ranges of all measures.
     *
     * @param output predicted, (1, …)
     * @param stray bound on the Euclidean distance of the trained output, at least 0, may be infinite
     * @param identity the test image as a target would be
     * @param constant mean of the training targets
     * @return in the order of {@link Measures#COLUMNS}
     */
    static List<Range> of(Array output, double stray, Array identity, Array constant) {
        OutputRanges ranges = new OutputRanges(output.values(), stray);
        double[] same = identity.values();
        double[] trained = constant.values();
        boolean fits = Arrays.equals(output.shape(), constant.shape());
        return List.of(
                ranges.correlation(same),
                fits ? ranges.correlation(trained) : Range.NONE,
                ranges.cosine(same),
                fits ? ranges.cosine(trained) : Range.NONE,
                ranges.meanSquare(same),
                fits ? ranges.meanSquare(trained) : Range.NONE,
                ranges.norm());
    }

    /**
     * Range of the mean squared distance from an image.
     *
     * @param output predicted, of any shape
     * @param stray bound on the Euclidean distance of the trained output
     * @param image of the same shape
     * @return per pixel
     */
    static Range meanSquare(Array output, double stray, Array image) {
        return new OutputRanges(output.values(), stray).meanSquare(image.values());
    }

    private Range norm() {
        double norm = Likeness.norm(output);
        return new Range(norm, Math.max(0, norm * (1 - rounding) - stray), (norm + stray) * (1 + rounding));
    }

    private Range meanSquare(double[] image) {
        double mean = Likeness.of(output, image).meanSquare();
        double distance = Math.sqrt(mean * output.length);
        double least = Math.max(0, distance * (1 - rounding) - stray);
        double most = distance * (1 + rounding) + stray;
        return new Range(
                mean, least * least / output.length * (1 - rounding), most * most / output.length * (1 + rounding));
    }

    private Range cosine(double[] image) {
        double norm = Likeness.norm(output);
        return range(Likeness.of(output, image).cosine(), norm, Likeness.norm(image), 0);
    }

    private Range correlation(double[] image) {
        double[] spread = centred(output);
        double[] imageSpread = centred(image);
        double own = Likeness.norm(spread);
        double others = Likeness.norm(imageSpread);
        // a mean is off by its rounding, times the size of the whole array
        double means = rounding * ((Likeness.norm(output) + stray) / own + Likeness.norm(image) / others);
        return range(Likeness.of(output, image).correlation(), own, others, isConstant(image) ? 0 : means);
    }

    /** Of a cosine between vectors of known norms whose directions are off by rounding as well. */
    private Range range(double cosine, double own, double others, double sineOfRounding) {
        // an image without direction, and an output that is exactly without one, count as 0
        if (others == 0 || own == 0 && stray == 0) {
            return Range.of(0);
        }
        double sine = (stray / own + sineOfRounding) * (1 + rounding);
        if (!(sine < 1)) {
            return new Range(cosine, -1, 1);
        }
        double turned = Math.sqrt((1 - sine) * (1 + sine));
        double across = Math.max(0, 1 - cosine * cosine);
        double most = Math.sqrt(across + rounding) * sine + rounding;
        boolean touches = Math.sqrt(Math.max(0, across - rounding)) <= sine;
        return new Range(
                cosine,
                touches && cosine < 0 ? -1 : Math.max(-1, cosine * turned - most),
                touches && cosine > 0 ? 1 : Math.min(1, cosine * turned + most));
    }

    private static boolean isConstant(double[] pixels) {
        return Arrays.stream(pixels).allMatch(pixel -> pixel == pixels[0]);
    }

    /** Without its mean; exactly 0 for an array of equal numbers. */
    private static double[] centred(double[] pixels) {
        double mean = 0;
        for (double pixel : pixels) {
            mean += pixel / pixels.length;
        }
        double[] centred = new double[pixels.length];
        boolean constant = isConstant(pixels);
        for (int i = 0; i < pixels.length && !constant; i++) {
            centred[i] = pixels[i] - mean;
        }
        return centred;
    }
}
