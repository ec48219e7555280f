package org.idem.theory.exact;

import java.math.BigInteger;
import java.util.Arrays;
import org.idem.network.Cnn;
import org.idem.network.LinearMap;
import org.idem.network.Padding;
import org.idem.network.exact.RationalArray;

/** The design matrix of a batch, without rounding: images are first continued beyond their border, then cut. */
final class ExactDesign {
    private ExactDesign() {}

    /**
     * Columns that the network combines linearly.
     *
     * @return d × n with one column per example or per output pixel, rows in the order of the weights; with bias a last
     *     row of ones
     */
    static RationalMatrix of(LinearMap network, RationalArray inputs) {
        RationalMatrix columns = network instanceof Cnn cnn
                ? patches(cnn, cnn.padding() == Padding.VALID ? inputs : continued(cnn, inputs))
                : new RationalMatrix(inputs).transposed();
        if (!network.bias()) {
            return columns;
        }
        BigInteger[] ones = new BigInteger[columns.columns()];
        Arrays.fill(ones, BigInteger.ONE);
        RationalMatrix last = new RationalMatrix(RationalArray.over(ones, BigInteger.ONE, ones.length, 1));
        return columns.transposed().beside(last).transposed();
    }

    /** Images with a border of (K − 1)/2 pixels: zeros, or the other side of the image. */
    private static RationalArray continued(Cnn cnn, RationalArray images) {
        int border = cnn.kernel() / 2;
        int height = images.size(2);
        int width = images.size(3);
        int wide = width + 2 * border;
        int[] shape = {images.size(0), images.size(1), height + 2 * border, wide};
        BigInteger[] pixels = new BigInteger[shape[0] * shape[1] * shape[2] * wide];
        for (int i = 0; i < pixels.length; i++) {
            int row = i / wide % shape[2] - border;
            int column = i % wide - border;
            boolean outside = row < 0 || row >= height || column < 0 || column >= width;
            int plane = i / (shape[2] * wide) * height;
            pixels[i] = outside && cnn.padding() == Padding.SAME
                    ? BigInteger.ZERO
                    : images.numerator(
                            (plane + (row + height * border) % height) * width + (column + width * border) % width);
        }
        return RationalArray.over(pixels, images.denominator(), shape);
    }

    /** All windows of K × K pixels, one per column. */
    private static RationalMatrix patches(Cnn cnn, RationalArray images) {
        int kernel = cnn.kernel();
        int width = images.size(3);
        int across = width - kernel + 1;
        int down = images.size(2) - kernel + 1;
        int windows = images.size(0) * down * across;
        BigInteger[] entries = new BigInteger[cnn.fanIn() * windows];
        for (int i = 0; i < entries.length; i++) {
            int tap = i / windows;
            int window = i % windows;
            int plane = window / (down * across) * cnn.channels() + tap / (kernel * kernel);
            int row = window / across % down + tap / kernel % kernel;
            int column = window % across + tap % kernel;
            entries[i] = images.numerator((plane * images.size(2) + row) * width + column);
        }
        return new RationalMatrix(RationalArray.over(entries, images.denominator(), cnn.fanIn(), windows));
    }
}
