package org.idem.theory.exact;

import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalParameters;

/** T4.units in fractions: ‖W_l[i,:]‖² + b_i² − ‖W_{l+1}[:,i]‖² of the units between two layers. */
public final class ExactBalance {
    private ExactBalance() {}

    /**
     * The balance of every unit.
     *
     * @param lower parameters of the layer that writes the units, or derivatives by them
     * @param upper of the layer that reads them
     * @return one fraction for each unit
     */
    public static BigFraction[] of(RationalParameters lower, RationalParameters upper) {
        RationalArray bias = lower.bias();
        int units = lower.weights().size(0);
        BigFraction[] balance = new BigFraction[units];
        int row = lower.weights().length() / units;
        int taps = upper.weights().length() / (upper.weights().size(0) * units);
        for (int unit = 0; unit < units; unit++) {
            BigFraction sum = bias == null ? BigFraction.ZERO : bias.at(unit).pow(2);
            for (int i = 0; i < row; i++) {
                sum = sum.add(lower.weights().at(unit * row + i).pow(2));
            }
            for (int i = 0; i < upper.weights().length(); i++) {
                boolean reads = i / taps % units == unit;
                sum = reads ? sum.subtract(upper.weights().at(i).pow(2)) : sum;
            }
            balance[unit] = sum;
        }
        return balance;
    }
}
