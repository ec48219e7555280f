package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.array.Array;
import org.idem.theory.deep.NoMemory;
import org.idem.theory.deep.Shift;

/** T6.no-memory against real training, and the identity itself on any two images. */
class T6NoMemoryProperties extends KnownTheoremProperties {
    /** Roundings of sums of at most 48 squares, a few times over, with a wide margin for their sizes. */
    private static final double ROUNDING = 0x1p-44;

    /** One trial in 132 (58 of 7,680) refutes a prediction that is off by 1e-14 of itself. */
    private static final int TRIALS = 1000;

    T6NoMemoryProperties() {
        super("T6.no-memory", TRIALS);
    }

    /** The mean over shifts, taken one by one, is what the formula says; images have numbers between −1 and 1. */
    @Property(tries = 50)
    void theMeanOverShiftsIsThatOfTheFormula(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int height = random.nextInt(1, 5);
        int width = random.nextInt(1, 5);
        Array output = Scene.numbers(random, 1, 3, height, width);
        Array target = Scene.numbers(random, 1, 3, height, width);
        double sum = 0;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                sum += NoMemory.distance(new Shift(row, column).round(output), target);
            }
        }
        double mean = NoMemory.mean(output, target);
        double sizes = NoMemory.distance(output, Array.zeros(output.shape()))
                + NoMemory.distance(target, Array.zeros(target.shape()));
        assertEquals(mean, sum / (height * width), ROUNDING * sizes);
        assertTrue(mean >= NoMemory.distance(target, NoMemory.grey(target)));
    }

    /** The bound is reached by the grey image, and the mean does not depend on where the output stands. */
    @Property(tries = 50)
    void greyReachesTheBound(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Array target = Scene.numbers(random, 1, 2, 3, 4);
        Array grey = NoMemory.grey(target);
        assertEquals(NoMemory.distance(target, grey), NoMemory.mean(grey, target));
        Array output = Scene.numbers(random, 1, 2, 3, 4);
        Array moved = new Shift(random.nextInt(3), random.nextInt(4)).round(output);
        double mean = NoMemory.mean(output, target);
        assertEquals(mean, NoMemory.mean(moved, target), ROUNDING * mean);
    }
}
