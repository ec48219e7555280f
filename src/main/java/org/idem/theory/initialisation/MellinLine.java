package org.idem.theory.initialisation;

import java.util.ArrayList;
import java.util.List;

/**
 * One tail of the law of Y = Σ_l (log X_l − E log X_l), X_l independent mixtures of χ², by inverting its Mellin
 * transform along a vertical line. Proof of the error bound: proofs/T5.law.md.
 */
final class MellinLine {
    private static final double ROUNDOFF = 0x1p-53;
    /** Error asked of step and cut-off. */
    private static final double WANTED = 1e-12;
    /** Deviations that the further of the two points of Chernoff's bounds reaches. */
    private static final double REACH = 5;
    /** Share of the way to the first pole that it may go. */
    private static final double BEFORE_POLE = 0.8;
    /** Below e to minus this number a tail counts as 0. */
    private static final double NOTHING = 60;

    private final double line;
    private final double step;
    private final double far;
    private final double logMoment;
    private final double error;
    private final double[] re;
    private final double[] im;

    /** Equal factors that follow each other are transformed once. */
    private MellinLine(List<ChiSquaredMixture> factors, boolean upper) {
        double spread = Math.sqrt(
                factors.stream().mapToDouble(ChiSquaredMixture::varianceOfLog).sum());
        double pole = factors.stream().mapToInt(ChiSquaredMixture::fewest).min().orElseThrow() / 2.0;
        far = upper ? REACH / spread : -Math.min(REACH / spread, BEFORE_POLE * pole);
        line = far / 2;
        ChiSquaredMixture.Value value = new ChiSquaredMixture.Value();
        double log = 0;
        for (ChiSquaredMixture factor : factors) {
            factor.transform(far, 0, value);
            log += Math.log(value.re);
        }
        logMoment = log;
        double moment = 1 + Math.exp(logMoment);
        step = Math.PI * Math.abs(far) / Math.log1p(2 * moment / WANTED);
        List<double[]> nodes = new ArrayList<>();
        double rounding = 0;
        double rest = Double.POSITIVE_INFINITY;
        for (int node = 0; rest > WANTED; node++) {
            double t = node * step;
            double productRe = 1;
            double productIm = 0;
            double size = 1;
            double count = 8 * node + 16;
            double decay = 0;
            ChiSquaredMixture last = null;
            for (ChiSquaredMixture factor : factors) {
                if (factor != last) {
                    factor.transform(line, t, value);
                    last = factor;
                }
                double next = productRe * value.re - productIm * value.im;
                productIm = productRe * value.im + productIm * value.re;
                productRe = next;
                size *= value.size;
                count += value.rounding + 4;
                decay += Math.atan2(t, factor.most() / 2.0 + line);
            }
            double weight = (node == 0 ? 0.5 : 1) * step / Math.PI;
            double square = line * line + t * t;
            nodes.add(new double[] {
                weight * (productRe * line + productIm * t) / square,
                weight * (productIm * line - productRe * t) / square
            });
            double modulus = weight * size / Math.sqrt(square);
            rounding += modulus * (count + 4 * t * reach());
            if (node > 0) {
                rest = modulus / Math.expm1(step * decay);
            }
        }
        re = nodes.stream().mapToDouble(pair -> pair[0]).toArray();
        im = nodes.stream().mapToDouble(pair -> pair[1]).toArray();
        double discretisation = moment / Math.expm1(Math.PI * Math.abs(far) / step);
        error = discretisation + rest + ROUNDOFF * rounding + Math.exp(-NOTHING);
    }

    /** P(Y &gt; d) for d ≥ 0. */
    static MellinLine upper(List<ChiSquaredMixture> factors) {
        return new MellinLine(factors, true);
    }

    /** P(Y ≤ d) for d ≤ 0. */
    static MellinLine lower(List<ChiSquaredMixture> factors) {
        return new MellinLine(factors, false);
    }

    /** Bound on the error of every tail. */
    double error() {
        return error;
    }

    /** Distance from 0 beyond which tails count as 0. */
    private double reach() {
        return (NOTHING + Math.max(0, logMoment)) / Math.abs(far);
    }

    /** The tail beyond a point of this line's side. */
    double tail(double d) {
        if (Math.abs(d) > reach()) {
            return 0;
        }
        double cos = Math.cos(step * d);
        double sin = -Math.sin(step * d);
        double turnRe = 1;
        double turnIm = 0;
        double sum = 0;
        for (int node = 0; node < re.length; node++) {
            sum += re[node] * turnRe - im[node] * turnIm;
            double next = turnRe * cos - turnIm * sin;
            turnIm = turnRe * sin + turnIm * cos;
            turnRe = next;
        }
        return Math.signum(line) * Math.exp(-line * d) * sum;
    }
}
