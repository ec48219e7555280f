package org.idem.laboratory.measure;

/**
 * How much one array of pixels is like another.
 *
 * @param correlation Pearson's correlation over the pixels, in [−1, 1]; 0 where either is constant
 * @param cosine of the angle between both as vectors, in [−1, 1]; 0 where either is 0
 * @param meanSquare mean squared difference
 */
public record Likeness(double correlation, double cosine, double meanSquare) {
    /**
     * Compares two arrays, in double precision. Rounding changes correlation and cosine by some 10⁻¹⁵ times the square
     * root of the number of pixels, unless an array is constant but for rounding.
     *
     * @param one finite pixels, at least one
     * @param other as many
     * @return how much they are alike
     */
    public static Likeness of(double[] one, double[] other) {
        if (one.length != other.length || one.length == 0) {
            throw new IllegalArgumentException("arrays to compare need equally many pixels, at least 1, got "
                    + one.length + " and " + other.length);
        }
        double difference = 0;
        for (int i = 0; i < one.length; i++) {
            difference += (one[i] - other[i]) * (one[i] - other[i]);
        }
        boolean flat = isConstant(one) || isConstant(other);
        return new Likeness(
                flat ? 0 : cosine(one, mean(one), other, mean(other)),
                cosine(one, 0, other, 0),
                difference / one.length);
    }

    /**
     * Euclidean norm.
     *
     * @param pixels any
     * @return √Σx², without overflow of squares
     */
    public static double norm(double[] pixels) {
        double largest = largest(pixels, 0);
        if (largest == 0 || !Double.isFinite(largest)) {
            return largest;
        }
        double sum = 0;
        for (double pixel : pixels) {
            sum += (pixel / largest) * (pixel / largest);
        }
        return largest * Math.sqrt(sum);
    }

    private static boolean isConstant(double[] pixels) {
        for (double pixel : pixels) {
            if (pixel != pixels[0]) {
                return false;
            }
        }
        return true;
    }

    private static double mean(double[] pixels) {
        double sum = 0;
        for (double pixel : pixels) {
            sum += pixel / pixels.length;
        }
        return sum;
    }

    private static double largest(double[] pixels, double origin) {
        double largest = 0;
        for (double pixel : pixels) {
            largest = Math.max(largest, Math.abs(pixel - origin));
        }
        return largest;
    }

    /** Of the differences to an origin each; scaled first, so that no square overflows or vanishes. */
    private static double cosine(double[] one, double from, double[] other, double to) {
        double first = largest(one, from);
        double second = largest(other, to);
        if (first == 0 || second == 0) {
            return 0;
        }
        double product = 0;
        double left = 0;
        double right = 0;
        for (int i = 0; i < one.length; i++) {
            double a = (one[i] - from) / first;
            double b = (other[i] - to) / second;
            product += a * b;
            left += a * a;
            right += b * b;
        }
        return Math.max(-1, Math.min(1, product / Math.sqrt(left * right)));
    }
}
