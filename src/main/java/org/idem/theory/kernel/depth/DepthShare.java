package org.idem.theory.kernel.depth;

/**
 * The share a of a training example that an infinitely wide, fully connected network without biases shows at another
 * input of the same norm once it has learnt the example: a = Θ(z, x)/Θ(x, x). At an input of another norm it shows
 * a‖z‖/‖x‖.
 *
 * <p>With angle θ_l between the signals of layer l, cos θ_{l+1} = (sin θ_l + (π − θ_l)cos θ_l)/π, q_1 = cos θ_1,
 * q_{l+1} = cos θ_{l+1} + (1 − θ_l/π)q_l and a = q_L/L. Errors of angles never grow, so every digit survives at any
 * depth. Source: proofs/T7.depth.md.
 *
 * @param value a
 * @param error bound on what rounding, and the error of the first angle, do to the value; in a computation of the same
 *     kernel by other means with as few roundings in a layer as well
 */
public record DepthShare(double value, double error) {
    /** Roundings in one layer, in units of 2⁻⁵³, with room for products of errors. */
    private static final double ROUNDINGS = 64;

    private static final double UNIT = 0x1p-53;

    /** Below this angle θ − sin θ is summed as a series. */
    private static final double SERIES = 0.5;

    /**
     * With ReLU and He's variance, or any other: the variance of the weights does not count.
     *
     * @param depth L, layers of weights, at least 1
     * @param angle θ_1 between the two inputs, from 0 to π
     * @param uncertainty bound on the error of the angle, in radian
     * @return the share
     */
    public static DepthShare ofRelu(int depth, double angle, double uncertainty) {
        double theta = angle;
        double ofAngle = uncertainty;
        double sum = Math.cos(angle);
        double ofSum = uncertainty + ROUNDINGS * UNIT;
        for (int layer = 2; layer <= depth; layer++) {
            double slope = (Math.PI - theta) / Math.PI;
            double missing = missing(theta);
            double next = 2 * Math.asin(Math.sqrt(missing / 2));
            double afterwards = ofAngle + ROUNDINGS * UNIT * next;
            ofSum = slope * ofSum
                    + Math.abs(sum) * ofAngle / Math.PI
                    + Math.min(1, next + afterwards) * afterwards
                    + ROUNDINGS * UNIT * (1 + Math.abs(sum));
            sum = 1 - missing + slope * sum;
            theta = next;
            ofAngle = afterwards;
        }
        return new DepthShare(sum / depth, ofSum / depth + ROUNDINGS * UNIT * Math.abs(sum / depth));
    }

    /**
     * Without activations depth changes nothing.
     *
     * @param depth L, layers of weights, at least 1
     * @param angle θ_1 between the two inputs, from 0 to π
     * @param uncertainty bound on the error of the angle, in radian
     * @return cos θ_1
     */
    public static DepthShare ofLinear(int depth, double angle, double uncertainty) {
        return new DepthShare(Math.cos(angle), uncertainty + ROUNDINGS * UNIT * depth);
    }

    /**
     * 1 − cos θ′ of the next layer, as a sum of numbers that are not negative: ((π − θ)(1 − cos θ) + θ − sin θ)/π.
     *
     * @param theta angle θ of this layer, from 0 to π
     * @return from 0 to 1
     */
    static double missing(double theta) {
        double half = Math.sin(theta / 2);
        return ((Math.PI - theta) * 2 * half * half + angleMinusSine(theta)) / Math.PI;
    }

    private static double angleMinusSine(double theta) {
        if (theta > SERIES) {
            return theta - Math.sin(theta);
        }
        double term = theta * theta * theta / 6;
        double sum = 0;
        for (int k = 4; Math.abs(term) > UNIT * sum; k += 2) {
            sum += term;
            term *= -theta * theta / (k * (k + 1));
        }
        return sum;
    }
}
