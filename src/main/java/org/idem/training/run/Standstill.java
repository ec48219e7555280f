package org.idem.training.run;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Finds out whether training repeats itself. A step is a function of parameters and velocities, so if their bits are
 * the same as some steps ago, they repeat for ever, mostly because nothing changes any more.
 */
public final class Standstill {
    private static final int FIRST = 1 << 10;

    /** Numbers that are kept for comparison at most. */
    private static final int MOST_NUMBERS = 1 << 23;

    /** Multiple of 1 to 10 and of the steps of a round. */
    private static final int MANY_DIVISORS = 16 * 2520;

    private final boolean tooLarge;
    private double[][] kept = new double[0][];
    private int keptAt;
    private int next = FIRST;

    /**
     * Before the first step.
     *
     * @param numbers number of parameters and velocities; of too many, none are kept and no repetition is found
     */
    public Standstill(long numbers) {
        tooLarge = numbers > MOST_NUMBERS;
    }

    /**
     * Looks for a repetition of the state.
     *
     * @param step number of steps taken
     * @param state everything that the next steps depend on; asked for rarely
     * @return number of steps after which everything repeats; 0 if no repetition was found
     */
    public int period(int step, Supplier<double[][]> state) {
        if (tooLarge || step < FIRST) {
            return 0;
        }
        int since = step - keptAt;
        if (kept.length > 0 && isLookedAt(since) && Arrays.deepEquals(kept, state.get())) {
            return since;
        }
        if (step >= next) {
            kept = state.get();
            keptAt = step;
            next = step > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : 2 * step;
        }
        return 0;
    }

    /** Now and then, for periods that are powers of two or have small factors only. */
    private static boolean isLookedAt(int since) {
        return Integer.bitCount(since) == 1
                || since % MANY_DIVISORS == 0 && Integer.bitCount(since / MANY_DIVISORS) == 1;
    }
}
