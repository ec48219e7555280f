package org.idem.laboratory.prediction;

import org.idem.array.Array;
import org.idem.laboratory.measure.Likeness;
import org.idem.theory.BoundedOutputs;

/**
 * How bright the training image is in the output f of a one-layer network: ⟨f, y⟩/‖y‖² for the target y, 1 on the
 * training image itself once it is learnt.
 *
 * <p>The output is known up to its rounding budget δ, so brightness is known up to ‖δ‖/‖y‖ (Cauchy and Schwarz). Stores
 * keep outputs and targets in 32 bits. That changes each pixel by at most u = 2⁻²⁴ of itself, and brightness by
 * u‖f‖/‖y‖ for the output and, to first order, by as much for the target, as y ↦ y/‖y‖² stretches nothing by more than
 * 1/‖y‖²; what is of higher order stays below another u‖f‖/‖y‖. Sums of n terms, here and where an output is measured,
 * add less than (4n + 32)·2⁻⁵³ times ‖f‖/‖y‖. The ends of the range are rounded outward, to 32 bits.
 */
public final class TrainedBrightness {
    /** Name of the array: rows of test images in their order, with what is predicted, the least and the greatest. */
    public static final String NAME = "brightness";

    private static final double STORED = 3 * 0x1p-24;

    private TrainedBrightness() {}

    /**
     * Brightness of a target in an output, as the report measures it.
     *
     * @param output as many numbers as the target
     * @param target not all 0
     * @return ⟨f, y⟩/‖y‖²
     */
    public static double of(double[] output, double[] target) {
        double norm = Likeness.norm(target);
        double sum = 0;
        for (int i = 0; i < target.length; i++) {
            sum += output[i] * (target[i] / norm);
        }
        return sum / norm;
    }

    /** Predicted, least and greatest brightness, numbers of 32 bits. */
    static double[] range(BoundedOutputs output, double[] target) {
        double[] values = output.values().values();
        double norm = Likeness.norm(target);
        double size = Likeness.norm(values);
        double stray = Likeness.norm(output.budget().values());
        double rounding = STORED + (2.0 * target.length + 16) * 0x1p-52;
        double mean = of(values, target);
        double half = (stray + (size + stray) * rounding) / norm * (1 + 16 * 0x1p-53);
        return new double[] {(float) mean, Math.nextDown((float) (mean - half)), Math.nextUp((float) (mean + half))};
    }

    static Array array(double[][] ranges) {
        double[] all = new double[3 * ranges.length];
        for (int i = 0; i < ranges.length; i++) {
            System.arraycopy(ranges[i], 0, all, 3 * i, 3);
        }
        return Array.of(all, ranges.length, 3);
    }
}
