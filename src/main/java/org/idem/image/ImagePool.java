package org.idem.image;

import java.util.List;
import org.idem.array.Array;

/**
 * A source of training and test images of any size.
 *
 * <p>Pixels are multiples of 2⁻⁸ of a power of two, so that they are the same number in float32 and float64 and the
 * mean of two images is exact.
 */
public interface ImagePool {
    /**
     * Kinds of images.
     *
     * @return at least one word, the simplest first
     */
    List<String> kinds();

    /**
     * One image.
     *
     * @param kind index into {@link #kinds}
     * @param channels C, at least 1
     * @param height H, at least 1
     * @param width W, at least 1
     * @param seed picks the image; the same arguments give the same pixels on every machine
     * @return fresh array (1, C, H, W)
     */
    Array draw(int kind, int channels, int height, int width, long seed);

    /**
     * One image of a kind that is known by its word.
     *
     * @param kind one of {@link #kinds}
     * @param channels C, at least 1
     * @param height H, at least 1
     * @param width W, at least 1
     * @param seed picks the image; the same arguments give the same pixels on every machine
     * @return fresh array (1, C, H, W)
     */
    default Array draw(String kind, int channels, int height, int width, long seed) {
        return draw(kinds().indexOf(kind), channels, height, width, seed);
    }

    /**
     * Where the images come from, as the command line names it.
     *
     * @return {@code builtin}, or the user's file
     */
    String source();

    /** The images that the project draws itself. */
    ImagePool DRAWN = new ImagePool() {
        private static final List<DrawnImages.Kind> KINDS = List.of(
                DrawnImages.Kind.NOISE,
                DrawnImages.Kind.CONSTANT,
                DrawnImages.Kind.GRADIENT,
                DrawnImages.Kind.LINES,
                DrawnImages.Kind.CHECKERBOARD,
                DrawnImages.Kind.BLOBS,
                DrawnImages.Kind.DIGIT,
                DrawnImages.Kind.SUM);

        @Override
        public List<String> kinds() {
            return KINDS.stream().map(DrawnImages.Kind::toString).toList();
        }

        @Override
        public Array draw(int kind, int channels, int height, int width, long seed) {
            Image image = DrawnImages.draw(KINDS.get(kind), channels, height, width, seed);
            return onGrid(image.batch());
        }

        @Override
        public String source() {
            return "builtin";
        }
    };

    /**
     * Rounds pixels to multiples of 2⁻⁸ times the power of two next to the largest.
     *
     * @param image any finite pixels
     * @return fresh array of the same shape
     */
    static Array onGrid(Array image) {
        double largest = 0;
        for (double pixel : image.values()) {
            largest = Math.max(largest, Math.abs(pixel));
        }
        double unit = largest == 0 ? 1 : Math.scalb(1.0, Math.getExponent(largest) - 7);
        double[] rounded = new double[image.length()];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = unit * Math.rint(image.values()[i] / unit);
        }
        return Array.of(rounded, image.shape());
    }
}
