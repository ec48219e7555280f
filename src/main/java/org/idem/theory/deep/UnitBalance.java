package org.idem.theory.deep;

import java.util.List;
import org.apache.commons.numbers.core.Sum;
import org.idem.array.Array;
import org.idem.network.StageParameters;

/**
 * The balance of every hidden unit or channel: the square of what it reads less that of what reads it, ‖W_l[i,:]‖² +
 * b_i² − ‖W_{l+1}[:,i]‖², and its change by gradient descent. Source: proofs/T4.units.md.
 */
public final class UnitBalance {
    private UnitBalance() {}

    /**
     * Change of the balance of every hidden unit.
     *
     * @param before parameters of every stage
     * @param after parameters of every stage
     * @return one number for each unit, layer by layer, correct almost to the last bit
     */
    public static Array change(List<StageParameters> before, List<StageParameters> after) {
        double[] change = new double[units(before)];
        int next = 0;
        for (int layer = 0; layer + 1 < before.size(); layer++) {
            for (int unit = 0; unit < width(before, layer); unit++) {
                Sum sum = Sum.create();
                add(sum, 1, after, layer, unit);
                add(sum, -1, before, layer, unit);
                change[next++] = sum.getAsDouble();
            }
        }
        return Array.of(change, change.length);
    }

    private static void add(Sum sum, double sign, List<StageParameters> parameters, int layer, int unit) {
        for (double weight : row(parameters.get(layer), unit)) {
            sum.addProduct(sign * weight, weight);
        }
        for (double weight : column(parameters.get(layer + 1), unit)) {
            sum.addProduct(-sign * weight, weight);
        }
    }

    /**
     * Weighted squares of gradients, summed over steps: with η² and −η² what the change has to be.
     *
     * @param gradients of every stage, before each step, at least one step
     * @param below factor of the squares of the gradients of what a unit reads
     * @param above factor of the squares of the gradients of what reads it
     * @return in the order of {@link #change}
     */
    public static Array sum(List<List<StageParameters>> gradients, double below, double above) {
        List<StageParameters> first = gradients.get(0);
        double[] sums = new double[units(first)];
        int next = 0;
        for (int layer = 0; layer + 1 < first.size(); layer++) {
            for (int unit = 0; unit < width(first, layer); unit++, next++) {
                for (List<StageParameters> step : gradients) {
                    sums[next] += below * square(row(step.get(layer), unit))
                            + above * square(column(step.get(layer + 1), unit));
                }
            }
        }
        return Array.of(sums, sums.length);
    }

    private static int units(List<StageParameters> parameters) {
        int units = 0;
        for (int layer = 0; layer + 1 < parameters.size(); layer++) {
            units += width(parameters, layer);
        }
        return units;
    }

    private static int width(List<StageParameters> parameters, int layer) {
        return parameters.get(layer).weights().size(0);
    }

    /** What a unit reads: its weights, then its bias if it has one; fresh. */
    static double[] row(StageParameters stage, int unit) {
        Array weights = stage.weights();
        int inputs = weights.length() / weights.size(0);
        Array bias = stage.bias();
        double[] row = new double[inputs + (bias == null ? 0 : 1)];
        System.arraycopy(weights.values(), unit * inputs, row, 0, inputs);
        if (bias != null) {
            row[inputs] = bias.values()[unit];
        }
        return row;
    }

    /** The weights that read a unit, kernel by kernel; fresh. */
    static double[] column(StageParameters stage, int unit) {
        Array weights = stage.weights();
        int inputs = weights.size(1);
        int taps = weights.length() / weights.size(0) / inputs;
        double[] column = new double[weights.size(0) * taps];
        for (int output = 0; output < weights.size(0); output++) {
            System.arraycopy(weights.values(), (output * inputs + unit) * taps, column, output * taps, taps);
        }
        return column;
    }

    /** Sum of squares. */
    static double square(double[] numbers) {
        double square = 0;
        for (double number : numbers) {
            square += number * number;
        }
        return square;
    }
}
