package org.idem.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.idem.array.Array;

/**
 * Images that need no files: drawn by arithmetic, identical on every platform.
 *
 * <p>An image follows from kind, shape and seed alone. All pixels lie in [0, 1].
 */
public final class DrawnImages {
    /** What can be drawn, at any size from 1×1. */
    public enum Kind {
        /**
         * A handwritten digit. The last decimal place of the seed is the digit, the others determine the handwriting.
         */
        DIGIT,
        /** Parallel lines. */
        LINES,
        /** Alternating squares. */
        CHECKERBOARD,
        /** A linear slope. */
        GRADIENT,
        /** Soft spots. */
        BLOBS,
        /** Independent uniform pixels; in general its patches have full rank. */
        NOISE,
        /** One value for all pixels of a channel; its patches inside the image have rank 1. */
        CONSTANT,
        /** The mean of two images of the other kinds. */
        SUM;

        /**
         * The kind as part of a name.
         *
         * @return in lower case
         */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int MNIST_SIDE = 28;

    private DrawnImages() {}

    /**
     * Draws one image. A grey image shows the pattern itself. In several channels, digits, lines and checkerboards are
     * painted in one colour on another, the other kinds drawn anew in each channel.
     *
     * @param kind what
     * @param channels C, at least 1
     * @param height H, at least 1
     * @param width W, at least 1
     * @param seed any number
     * @return the image (C, H, W), named after all of these
     * @throws IllegalArgumentException if a size is below 1 or their product beyond 2³¹ − 1
     */
    public static Image draw(Kind kind, int channels, int height, int width, long seed) {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("channels, height and width of an image must be at least 1, got "
                    + channels + ", " + height + " and " + width);
        }
        Array.lengthOf(channels, height, width);
        // Mixing in the kind keeps two kinds of one seed independent.
        SplitMix64 random = new SplitMix64(new SplitMix64(seed).nextLong() + kind.ordinal());
        double[] pixels = pixels(kind, channels, height, width, seed, random);
        String name = kind + "-" + channels + "x" + height + "x" + width + "-" + seed;
        return new Image(name, Array.of(pixels, channels, height, width));
    }

    private static double[] pixels(Kind kind, int channels, int height, int width, long seed, SplitMix64 random) {
        int plane = height * width;
        double[] all = new double[channels * plane];
        switch (kind) {
            case SUM -> {
                Kind[] kinds = Kind.values();
                Kind first = kinds[random.integer(0, kinds.length - 2)];
                Kind second = kinds[(first.ordinal() + random.integer(1, kinds.length - 2)) % (kinds.length - 1)];
                double[] one = values(first, channels, height, width, random);
                double[] other = values(second, channels, height, width, random);
                for (int i = 0; i < all.length; i++) {
                    all[i] = (one[i] + other[i]) / 2;
                }
            }
            case DIGIT, LINES, CHECKERBOARD -> {
                double[] shape = switch (kind) {
                    case DIGIT -> DigitStrokes.draw((int) Math.floorMod(seed, 10L), height, width, random);
                    case LINES -> Patterns.lines(height, width, random);
                    default -> Patterns.checkerboard(height, width, random);
                };
                for (int channel = 0; channel < channels; channel++) {
                    double ground = channels == 1 ? 0 : random.uniform(0, 0.45);
                    double ink = channels == 1 ? 1 : random.uniform(0.55, 1);
                    for (int i = 0; i < plane; i++) {
                        all[channel * plane + i] = ground + (ink - ground) * shape[i];
                    }
                }
            }
            default -> {
                for (int channel = 0; channel < channels; channel++) {
                    double[] values = switch (kind) {
                        case GRADIENT -> Patterns.gradient(height, width, random);
                        case BLOBS -> Patterns.blobs(height, width, random);
                        case NOISE -> Patterns.noise(height, width, random);
                        default -> Patterns.constant(height, width, random);
                    };
                    System.arraycopy(values, 0, all, channel * plane, plane);
                }
            }
        }
        return all;
    }

    private static double[] values(Kind kind, int channels, int height, int width, SplitMix64 random) {
        return draw(kind, channels, height, width, random.nextLong()).pixels().values();
    }

    /**
     * The images that the program uses when it is given none, in an order that does not change: first the grey ones of
     * 28×28 pixels, then those of three channels, then other sizes.
     *
     * @return a new list of some fifty images with distinct names such as {@code digit-3} or {@code blobs-rgb}
     */
    public static List<Image> standardSet() {
        List<Image> set = new ArrayList<>();
        for (int digit = 0; digit < 10; digit++) {
            add(set, "digit-" + digit, Kind.DIGIT, 1, MNIST_SIDE, MNIST_SIDE, digit);
        }
        for (int digit = 0; digit < 10; digit++) {
            add(set, "digit-" + digit + "-other-hand", Kind.DIGIT, 1, MNIST_SIDE, MNIST_SIDE, 10 + digit);
        }
        for (Kind kind : Kind.values()) {
            int number = 0;
            for (int seed : shownSeeds(kind)) {
                number++;
                add(set, kind + "-" + number, kind, 1, MNIST_SIDE, MNIST_SIDE, seed);
            }
        }
        for (Kind kind : Kind.values()) {
            add(set, kind + "-rgb", kind, 3, MNIST_SIDE, MNIST_SIDE, 7);
        }
        add(set, "digit-rgb-10x10", Kind.DIGIT, 3, 10, 10, 2);
        add(set, "digit-14x14", Kind.DIGIT, 1, 14, 14, 5);
        add(set, "digit-20x12", Kind.DIGIT, 1, 20, 12, 8);
        add(set, "digit-40x40", Kind.DIGIT, 1, 40, 40, 9);
        add(set, "lines-12x12", Kind.LINES, 1, 12, 12, 2);
        add(set, "blobs-9x15", Kind.BLOBS, 1, 9, 15, 1);
        add(set, "noise-5x7", Kind.NOISE, 1, 5, 7, 1);
        add(set, "checkerboard-3x3", Kind.CHECKERBOARD, 1, 3, 3, 1);
        return set;
    }

    /** Seeds that were chosen by eye, so that the images of a kind differ. */
    private static int[] shownSeeds(Kind kind) {
        return switch (kind) {
            case DIGIT -> new int[0];
            case LINES -> new int[] {0, 6, 14};
            case CHECKERBOARD -> new int[] {3, 6, 7};
            case GRADIENT -> new int[] {0, 4, 11};
            case BLOBS -> new int[] {1, 2, 3};
            case NOISE -> new int[] {1, 2};
            case CONSTANT -> new int[] {1};
            case SUM -> new int[] {1, 3, 18};
        };
    }

    private static void add(List<Image> set, String name, Kind kind, int channels, int height, int width, long seed) {
        set.add(new Image(name, draw(kind, channels, height, width, seed).pixels()));
    }
}
