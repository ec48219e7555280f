package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.array.Array;
import org.idem.array.SquaredErrors;
import org.idem.theory.deep.Painting;

/** T3.least-depth against real training. */
class T3LeastDepthProperties extends KnownTheoremProperties {
    private static final int HEIGHT = 9;

    private static final int WIDTH = 8;

    T3LeastDepthProperties() {
        super("T3.least-depth");
    }

    /** Black and white by the distances from all four borders, as far as some radius before and after the middle. */
    private static Array draw(SplittableRandom random) {
        Array image = Array.zeros(1, 1, HEIGHT, WIDTH);
        int before = random.nextInt(5);
        int after = random.nextInt(5);
        int[] grey = random.ints((long) HEIGHT * WIDTH, 0, 2).toArray();
        Arrays.setAll(image.values(), i -> {
            int row = place(i / WIDTH, HEIGHT, before, after);
            return grey[row * WIDTH + place(i % WIDTH, WIDTH, before, after)];
        });
        return image;
    }

    /** The position itself near either border; in between all are alike. */
    private static int place(int position, int side, int before, int after) {
        return position < side - after ? Math.min(position, before) : position;
    }

    private static Array reordered(Array image, int height, IntUnaryOperator from) {
        double[] values = new double[image.length()];
        Arrays.setAll(values, i -> image.values()[from.applyAsInt(i)]);
        return Array.of(values, 1, 1, height, values.length / height);
    }

    /** Borders do not know which side is up, and depth not in which unit grey is measured. */
    @Property(tries = 50)
    void mirrorsAndUnitsNeedTheSameDepth(@ForAll long seed) {
        Array image = draw(new SplittableRandom(seed));
        int depth = Painting.leastDepth(image, 3);
        int last = image.length() - 1;
        assertEquals(depth, Painting.leastDepth(reordered(image, HEIGHT, i -> last - i), 3));
        assertEquals(depth, Painting.leastDepth(reordered(image, WIDTH, i -> i % HEIGHT * WIDTH + i / HEIGHT), 3));
        assertEquals(depth, Painting.leastDepth(Examples.scaled(image, -0x1p-30), 3));
        assertEquals(depth, Painting.leastDepth(Examples.wider(image, 1), 3));
    }

    /** A kernel of side 5 sees as far as two of side 3, and one layer more never hurts. */
    @Property(tries = 50)
    void largerKernelsSaveLayers(@ForAll long seed) {
        Array image = draw(new SplittableRandom(seed));
        int depth = Painting.leastDepth(image, 3);
        assertEquals((depth + 1) / 2, Painting.leastDepth(image, 5));
        double before = Double.POSITIVE_INFINITY;
        for (int radius = 0; radius <= depth; radius++) {
            double error = SquaredErrors.mean(image, Painting.best(image, Painting.seeing(radius)));
            assertTrue(error <= before, "radius " + radius + ": " + error + " after " + before);
            before = error;
        }
        assertEquals(0, before);
    }
}
