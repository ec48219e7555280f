package org.idem.theorem.exact;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.LinearMap;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalParameters;

/** Random short fractions. */
final class RationalDraw {
    private static final int LARGEST_NUMERATOR = 4;

    private final SplittableRandom random;

    RationalDraw(long seed) {
        random = new SplittableRandom(seed);
    }

    /** From {@code least} to {@code most}, both included. */
    int whole(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    boolean coin() {
        return random.nextBoolean();
    }

    /** One of 0, ±1/q, …, ±4/q for a denominator q. */
    RationalArray array(int denominator, int... shape) {
        BigInteger[] numerators = new BigInteger[RationalArray.zeros(shape).length()];
        for (int i = 0; i < numerators.length; i++) {
            numerators[i] = BigInteger.valueOf(whole(-LARGEST_NUMERATOR, LARGEST_NUMERATOR));
        }
        return RationalArray.over(numerators, BigInteger.valueOf(denominator), shape);
    }

    RationalParameters parameters(LinearMap network) {
        int denominator = whole(1, 6);
        return new RationalParameters(
                array(denominator, network.weightShape()),
                network.bias() ? array(denominator, network.outputs()) : null);
    }

    /** Between 0 and 1, both excluded. */
    BigFraction properFraction() {
        int denominator = whole(2, 6);
        return new BigFraction(whole(1, denominator - 1), denominator);
    }
}
