package org.idem.theory.deep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Network;
import org.idem.network.StageParameters;
import org.idem.theory.arithmetic.Rounding;

/**
 * How far rounding can carry f(αx) from αf(x) in a network that is homogeneous in exact arithmetic. Source:
 * proofs/T6.homogeneous.md.
 */
public final class Homogeneity {
    private Homogeneity() {}

    /**
     * Bounds |f(αx) − αf(x)| as an engine computes both, one after the other.
     *
     * @param network homogeneous of degree 1
     * @param parameters of every stage, as the engine has stored them
     * @param input x, exact in the precision, as is αx
     * @param factor α, not 0
     * @param signals outputs of every stage on x, as the engine computed them
     * @param precision of the engine
     * @return in the shape of the outputs; 0 where α is a power of two and nothing comes near underflow
     */
    public static Array budget(
            Network network,
            List<StageParameters> parameters,
            Array input,
            double factor,
            List<Array> signals,
            Precision precision) {
        Array errors = DeepForward.of(network, parameters, input, precision).errors();
        Array budget = Array.zeros(errors.shape());
        if (isPowerOfTwo(factor) && isFarFromUnderflow(parameters, input, factor, signals, precision)) {
            return budget;
        }
        Array scaled = Array.of(
                Arrays.stream(input.values()).map(number -> factor * number).toArray(), input.shape());
        Array errorsThere =
                DeepForward.of(network, parameters, scaled, precision).errors();
        Array output = signals.get(signals.size() - 1);
        for (int i = 0; i < budget.length(); i++) {
            double size = Math.abs(factor);
            budget.values()[i] = errorsThere.values()[i]
                    + size * errors.values()[i]
                    + Rounding.UNIT * size * Math.abs(output.values()[i]);
        }
        return budget;
    }

    private static boolean isPowerOfTwo(double factor) {
        return Math.abs(factor) == Math.scalb(1.0, Math.getExponent(factor));
    }

    /** Whether the last bit of every product of a weight and a signal, times the factor or not, is a normal number. */
    private static boolean isFarFromUnderflow(
            List<StageParameters> parameters, Array input, double factor, List<Array> signals, Precision precision) {
        List<Array> read = new ArrayList<>(List.of(input));
        read.addAll(signals.subList(0, signals.size() - 1));
        // a product of two numbers of p bits has 2p bits; a slope of 1/100 costs 7 more
        double least = precision.smallestNormal() / Math.pow(precision.unitRoundoff(), 2) * 0x1p8;
        for (int stage = 0; stage < read.size(); stage++) {
            double product =
                    smallest(read.get(stage)) * smallest(parameters.get(stage).weights());
            if (product * Math.min(1, Math.abs(factor)) < least) {
                return false;
            }
        }
        return true;
    }

    /** The size of the smallest number that is not 0, 1 if all are. */
    private static double smallest(Array numbers) {
        return Arrays.stream(numbers.values())
                .map(Math::abs)
                .filter(number -> number != 0)
                .min()
                .orElse(1);
    }
}
