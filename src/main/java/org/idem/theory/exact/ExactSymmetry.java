package org.idem.theory.exact;

import java.math.BigInteger;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.exact.RationalArray;

/** T6 in fractions: cyclic shifts of images, and what a network that commutes with them cannot learn. */
public final class ExactSymmetry {
    private ExactSymmetry() {}

    /**
     * Shifts images cyclically.
     *
     * @param images (n, C, H, W)
     * @param down rows
     * @param right columns
     * @return pixel (y, x) at (y + down, x + right), modulo the sides
     */
    public static RationalArray shifted(RationalArray images, int down, int right) {
        int height = images.size(2);
        int width = images.size(3);
        BigInteger[] moved = new BigInteger[images.length()];
        for (int i = 0; i < moved.length; i++) {
            int plane = i / (height * width) * height * width;
            int row = Math.floorMod(i % (height * width) / width + down, height);
            int column = Math.floorMod(i % width + right, width);
            moved[plane + row * width + column] = images.numerator(i);
        }
        return RationalArray.over(moved, images.denominator(), images.shape());
    }

    /**
     * The mean over all shifts S of ‖f(Sx) − y‖² for a network that commutes with them.
     *
     * @param output f(x), one image (1, C, H, W)
     * @param target y, in its shape
     * @return ‖y − ȳ‖² + ‖f(x) − ȳ‖², ȳ the mean of y for each channel
     */
    public static BigFraction meanSquare(RationalArray output, RationalArray target) {
        int plane = target.size(2) * target.size(3);
        BigFraction sum = BigFraction.ZERO;
        for (int channel = 0; channel < target.size(1); channel++) {
            BigFraction mean = BigFraction.ZERO;
            for (int i = 0; i < plane; i++) {
                mean = mean.add(target.at(channel * plane + i));
            }
            mean = mean.divide(plane);
            for (int i = channel * plane; i < (channel + 1) * plane; i++) {
                sum = sum.add(target.at(i).subtract(mean).pow(2))
                        .add(output.at(i).subtract(mean).pow(2));
            }
        }
        return sum;
    }
}
