package org.idem.network.random;

import java.util.SplittableRandom;

/**
 * Normal numbers of mean 0 and variance 1, with the same bits on every platform.
 *
 * <p>The area below exp(−x²/2), x ≥ 0, is covered by {@link #LAYERS} horizontal layers of one size: rectangles, and a
 * tail beside the lowest (Marsaglia and Tsang 2000, Journal of Statistical Software 5(8)). A number is uniform in a
 * layer drawn at random; nearly always it lies where the whole height of the rectangle is below the curve, and is taken
 * at once. One 64-bit word gives the layer by its last 8 bits, the number and its sign by its first 53, so that these
 * are independent. Tables, and rare exponentials and logarithms, come from {@link StrictMath}.
 */
public final class NormalNumbers {
    static final int LAYERS = 256;

    /** Where the tail begins, which is part of the lowest layer: there the layers above end at the top exactly. */
    private static final double TAIL = 3.654152885361009;

    /** Area of the tail; √(π/2)·erfc(TAIL/√2). */
    private static final double AREA_OF_TAIL = 3.2339576466332173e-4;

    /** Bits of a word beside the 53 of the number. */
    private static final int OTHER_BITS = Long.SIZE - 53;

    /** Places in [−1, 1) have a distance of this number. */
    private static final double PLACE = 0x1p-52;

    /** Right ends of the layers' rectangles from the lowest, and 0. */
    private static final double[] ENDS = new double[LAYERS + 1];

    /** Lower sides of the layers, and 1, the top of the highest. */
    private static final double[] HEIGHTS = new double[LAYERS + 1];

    static {
        double area = TAIL * height(TAIL) + AREA_OF_TAIL;
        ENDS[0] = area / height(TAIL);
        ENDS[1] = TAIL;
        HEIGHTS[1] = height(TAIL);
        for (int layer = 2; layer < LAYERS; layer++) {
            HEIGHTS[layer] = HEIGHTS[layer - 1] + area / ENDS[layer - 1];
            ENDS[layer] = StrictMath.sqrt(-2 * StrictMath.log(HEIGHTS[layer]));
        }
        HEIGHTS[LAYERS] = 1;
    }

    private NormalNumbers() {}

    private static double height(double x) {
        return StrictMath.exp(-x * x / 2);
    }

    /** Size of a layer; of the lowest with its tail. */
    static double area(int layer) {
        return layer == 0 ? ENDS[1] * HEIGHTS[1] + AREA_OF_TAIL : ENDS[layer] * (HEIGHTS[layer + 1] - HEIGHTS[layer]);
    }

    /**
     * Draws a number.
     *
     * @param random source, advanced by the call
     * @return finite
     */
    public static double next(SplittableRandom random) {
        while (true) {
            long word = random.nextLong();
            int layer = (int) word & (LAYERS - 1);
            double place = PLACE * (word >> OTHER_BITS);
            double x = place * ENDS[layer];
            if (Math.abs(x) < ENDS[layer + 1]) {
                return x;
            }
            if (layer == 0) {
                return Math.copySign(TAIL + beyondTail(random), place);
            }
            double y = HEIGHTS[layer] + random.nextDouble() * (HEIGHTS[layer + 1] - HEIGHTS[layer]);
            if (y < height(x)) {
                return x;
            }
        }
    }

    /** Exponential numbers are taken with the probability that makes them the rest of a normal number. */
    private static double beyondTail(SplittableRandom random) {
        while (true) {
            double x = exponential(random) / TAIL;
            if (2 * exponential(random) >= x * x) {
                return x;
            }
        }
    }

    private static double exponential(SplittableRandom random) {
        return -StrictMath.log(1 - random.nextDouble());
    }

    /**
     * Draws several numbers.
     *
     * @param count how many, at least 0
     * @param deviation factor on each
     * @param random source, advanced by the call
     * @return fresh array
     */
    public static double[] next(int count, double deviation, SplittableRandom random) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = deviation * next(random);
        }
        return numbers;
    }
}
