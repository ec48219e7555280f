package org.idem.cli.argument;

import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.cli.terminal.BadInput;
import org.jspecify.annotations.Nullable;

/**
 * Refuses numbers so small that products of them underflow: underflow is not bounded by the budgets for rounding, and
 * training would not move. Single small numbers among larger ones are fine; only the largest counts.
 */
public final class Magnitudes {
    private Magnitudes() {}

    /**
     * Refuses inputs whose squares underflow, or are so small that no learning rate is large enough for them.
     *
     * @param option that names them
     * @param source that it names
     * @param inputs (n, d) or (n, C, H, W), not rounded yet
     * @param precision of the training
     */
    public static void checkInputs(String option, String source, Array inputs, Precision precision) {
        double least = precision == Precision.FLOAT32 ? 0x1p-48 : 0x1p-200;
        double largest = largest(inputs.values(), 0, inputs.length());
        if (largest > 0 && largest < least) {
            throw new BadInput(option + " must hold zeros only or a number of magnitude at least " + least + " in "
                    + precision + ", got at most " + largest + " in " + source
                    + "; rescale it, smaller numbers have squares that underflow");
        }
    }

    /**
     * Refuses outputs whose weights, bias and targets are all so small that squares of them underflow.
     *
     * @param weights one block for each output
     * @param bias one for each output
     * @param targets examples first, then outputs
     * @param precision of the training
     */
    public static void checkOutputs(Array weights, @Nullable Array bias, Array targets, Precision precision) {
        double least = precision == Precision.FLOAT32 ? 0x1p-100 : 0x1p-240;
        int outputs = weights.size(0);
        int fanIn = weights.length() / outputs;
        int examples = targets.size(0);
        int sites = targets.length() / examples / outputs;
        for (int output = 0; output < outputs; output++) {
            double largest = largest(weights.values(), output * fanIn, (output + 1) * fanIn);
            if (bias != null) {
                largest = Math.max(largest, Math.abs(bias.values()[output]));
            }
            for (int example = 0; example < examples; example++) {
                int from = (example * outputs + output) * sites;
                largest = Math.max(largest, largest(targets.values(), from, from + sites));
            }
            if (largest > 0 && largest < least) {
                throw new BadInput("--weights, --bias and --target must be zero or reach a magnitude of " + least
                        + " in " + precision + " for every output, got at most " + largest + " for output " + output
                        + "; rescale them, squares of smaller numbers underflow");
            }
        }
    }

    private static double largest(double[] values, int from, int to) {
        double largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        return largest;
    }
}
