package org.idem.property;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.idem.array.Array;

/**
 * How the outputs of one training follow from those of another: output i is {@code factor} times output {@code from[i]}
 * of the other, plus {@code shifts[i]}.
 *
 * @param from indices into the other outputs in C order
 * @param factor a power of two
 * @param shifts in the length of {@code from}
 */
record OutputMap(int[] from, double factor, double[] shifts) {
    /** Equal outputs. */
    static OutputMap same(int length) {
        return reordered(length, i -> i);
    }

    /** Output i is output {@code from(i)} of the other. */
    static OutputMap reordered(int length, IntUnaryOperator from) {
        return new OutputMap(IntStream.range(0, length).map(from).toArray(), 1, new double[length]);
    }

    OutputMap times(double powerOfTwo) {
        return new OutputMap(
                from,
                factor * powerOfTwo,
                Arrays.stream(shifts).map(s -> s * powerOfTwo).toArray());
    }

    OutputMap plus(double[] more) {
        return new OutputMap(from, factor, more);
    }

    /** What output i must be, without rounding. */
    BigDecimal of(Array other, int i) {
        return new BigDecimal(factor)
                .multiply(new BigDecimal(other.values()[from[i]]))
                .add(new BigDecimal(shifts[i]));
    }

    /** A budget of the other outputs, carried over. */
    BigDecimal ofBudget(Array other, int i) {
        return new BigDecimal(factor).abs().multiply(new BigDecimal(other.values()[from[i]]));
    }
}
