package org.idem.theory.generalisation;

import org.apache.commons.math3.special.Erf;
import org.ejml.data.DMatrixRMaj;
import org.idem.network.Cnn;

/**
 * The largest squared error per channel that a trained network can make at a patch whose entries are at most 1 in size:
 * max_q (1/C)Σ_c (q·R(w_c − e_c))², over Gaussian initial weights. With one channel it is ‖R(w − e)‖₁². B² times it
 * bounds the error on every image with pixels of at most B. Source: proofs/T2.uniform-bound.md.
 */
public final class WorstPatch {
    private final UnlearnedBall ball;
    /** (R²)_ii, d numbers: variance of an entry of Rw over σ². */
    private final double[] spreads;
    /** Re_c, d × channels. */
    private final DMatrixRMaj selectors;

    private WorstPatch(UnlearnedBall ball, double[] spreads, DMatrixRMaj selectors) {
        this.ball = ball;
        this.spreads = spreads;
        this.selectors = selectors;
    }

    /**
     * The worst patch after any training that does not depend on the initial weights.
     *
     * @param unlearned what it left open of the training patches of this network
     * @param cnn network without bias and with as many outputs as channels
     * @return of all patches of images with pixels of at most 1
     */
    public static WorstPatch of(Unlearned unlearned, Cnn cnn) {
        return new WorstPatch(
                UnlearnedBall.of(unlearned, cnn),
                unlearned.squaredRows(),
                unlearned.of(OpenPatches.centreSelectors(cnn)));
    }

    /**
     * Bound on the squared error at the worst patch.
     *
     * @param variance σ² of one weight, positive
     * @param failure δ in (0, 1)
     * @return the smallest of three numbers, each of which is exceeded with probability at most δ
     */
    public double bound(double variance, double failure) {
        double length = ball.largestFactor() * spreads.length;
        double bySize = length * ball.squaredRadius(variance, failure);
        double byNorm = length * ball.squaredNorm(variance, failure) / selectors.numCols;
        return Math.min(bySums(variance, failure), Math.min(bySize, byNorm));
    }

    /**
     * Bound on the squared error at the worst patch by the sum of the sizes of the entries of R(w_c − e_c).
     *
     * @param variance σ² of one weight, positive
     * @param failure δ in (0, 1); 1 asks for the mean of the root, squared, of one channel
     * @return bound on (1/C)Σ_c ‖R(w_c − e_c)‖₁², exceeded with probability at most δ
     */
    public double bySums(double variance, double failure) {
        int channels = selectors.numCols;
        // how far the root moves if the weights move by 1, times σ
        double slope = Math.sqrt(variance * spreads.length) * ball.largestFactor();
        double squares = 0;
        for (int channel = 0; channel < channels; channel++) {
            double mean = meanSum(channel, variance);
            squares += mean * mean + (channels == 1 ? 0 : slope * slope);
        }
        double root = Math.sqrt(squares) + slope * Math.sqrt(-2 * Math.log(failure));
        return root * root / channels;
    }

    /** E‖R(w_c − e_c)‖₁: entries are normal, with the mean −(Re_c)_i and the variance σ²(R²)_ii. */
    private double meanSum(int channel, double variance) {
        double sum = 0;
        for (int entry = 0; entry < spreads.length; entry++) {
            double mean = Math.abs(selectors.get(entry, channel));
            double deviation = Math.sqrt(variance * spreads[entry]);
            double ratio = deviation > 0 ? mean / deviation : Double.POSITIVE_INFINITY;
            sum += deviation > 0
                    ? deviation * Math.sqrt(2 / Math.PI) * Math.exp(-ratio * ratio / 2)
                            + mean * Erf.erf(ratio / Math.sqrt(2))
                    : mean;
        }
        return sum;
    }
}
