package org.idem.theory.kernel;

/**
 * φ(h) = αh + (1 − α)·max(0, h): linear, ReLU and leaky ReLU. Homogeneous, so the scales of signals do not matter.
 *
 * <p>With angle θ between the signals and s = √(S_xx S_zz): E[φφ] = αS_xz + (1 − α)²s(sin θ + (π − θ)cos θ)/(2π) and
 * E[φ′φ′] = α + (1 − α)²(π − θ)/(2π).
 *
 * @param alpha slope on the negative side
 * @param kink 1 − α
 */
record KinkResponse(double alpha, double kink) implements Response {
    /** Below this angle sin θ − θ cos θ is summed as a series. */
    private static final double SERIES = 0.5;

    @Override
    public Moments of(Overlap signal, long scaleX, long scaleZ) {
        double u = signal.oneMinusCosine();
        double v = signal.onePlusCosine();
        double square = kink * kink;
        // the smaller of θ and π − θ
        double angle = 2 * Math.asin(Math.sqrt(Math.min(u, v) / 2));
        double bend = sineMinusArc(angle) / Math.PI;
        double ofReluGap = signal.acute() ? u - bend : 1 - bend;
        double share = signal.acute() ? 1 - angle / Math.PI : angle / Math.PI;
        double diagonal = alpha + square / 2;
        double spread = diagonal - square / (2 * Math.PI);
        double missing = alpha * u + square / 2 * ofReluGap;
        double rest = alpha * v + square * (1 - 1 / Math.PI) - square / 2 * ofReluGap;
        double largest = signal.largest();
        double product = kink == 0 ? alpha * signal.covariance() : Double.NaN;
        Overlap fluctuation =
                new Overlap(signal.xx() * spread, signal.zz() * spread, largest * missing, largest * rest, product);
        double slope = alpha + square / 2 * share;
        return new Moments(fluctuation, mean(signal.xx()), mean(signal.zz()), slope, diagonal, diagonal);
    }

    /** sin θ − θ cos θ for θ from 0 to π: Σ (−1)^(k+1) 2k θ^(2k+1)/(2k + 1)!. */
    private static double sineMinusArc(double angle) {
        if (angle > SERIES) {
            return Math.sin(angle) - angle * Math.cos(angle);
        }
        double square = angle * angle;
        double power = angle * square / 6;
        double sum = 0;
        for (int k = 1; k < 10; k++) {
            sum += 2 * k * power;
            power *= -square / ((2 * k + 2) * (2 * k + 3));
        }
        return sum;
    }

    @Override
    public double mean(double variance) {
        return kink * Math.sqrt(variance / (2 * Math.PI));
    }

    @Override
    public long scale(double largestVariance, long scale) {
        return Scaled.scale(largestVariance, scale);
    }

    @Override
    public void row(long scaleX, long scaleZ, MomentRow row) {
        if (kink == 0) {
            row.identity();
        } else {
            row.kink(alpha, kink * kink);
        }
    }
}
