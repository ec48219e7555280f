package org.idem.theory.initialisation;

import org.apache.commons.math3.special.Gamma;

/**
 * χ² whose number of degrees of freedom is random, and its Mellin transform: what one layer contributes to the law of
 * the outputs' norm. Without ReLU the number is that of the units; with ReLU it is that of the active ones, each active
 * with probability ½.
 *
 * <p>Numbers of degrees that are too improbable to matter are left out, 0 among them, which the law counts apart.
 */
final class ChiSquaredMixture {
    private static final double LOG_TWO = Math.log(2);

    private final int first;
    private final double[] masses;
    /** 2/k for each number k of degrees. */
    private final double[] inverses;
    /** log Γ(k/2) of the first odd or even numbers k of degrees, and the largest rounding of either. */
    private final double[] logGammas = new double[2];

    private final double roundingOfGammas;
    private final double mass;
    private final double dropped;
    private final double mean;
    private final double variance;

    private ChiSquaredMixture(int first, double[] masses, double dropped) {
        this.first = first;
        this.masses = masses;
        this.dropped = dropped;
        double sum = 0;
        double average = 0;
        double square = 0;
        inverses = new double[masses.length];
        double[] log = new double[2];
        double rounding = 0;
        for (int parity = 0; parity < 2; parity++) {
            rounding = Math.max(rounding, ComplexLogGamma.of((first + parity) / 2.0, 0, log));
            logGammas[parity] = log[0];
        }
        roundingOfGammas = rounding;
        double[] digamma = {Gamma.digamma(first / 2.0), Gamma.digamma((first + 1) / 2.0)};
        double[] trigamma = {Gamma.trigamma(first / 2.0), Gamma.trigamma((first + 1) / 2.0)};
        for (int i = 0; i < masses.length; i++) {
            double half = (first + i) / 2.0;
            double ofLog = digamma[i & 1] + LOG_TWO;
            inverses[i] = 1 / half;
            sum += masses[i];
            average += masses[i] * ofLog;
            square += masses[i] * (ofLog * ofLog + trigamma[i & 1]);
            digamma[i & 1] += 1 / half;
            trigamma[i & 1] -= 1 / (half * half);
        }
        mass = sum;
        mean = average / sum;
        variance = Math.max(0, square / sum - mean * mean);
    }

    /** χ²_n. */
    static ChiSquaredMixture plain(int units) {
        return new ChiSquaredMixture(units, new double[] {1}, 0);
    }

    /**
     * χ²_B with B ~ Bin(n, ½), B ≥ 1.
     *
     * @param units n
     * @param share numbers of units at either end that are together less probable than this are left out
     */
    static ChiSquaredMixture thinned(int units, double share) {
        double[] all = new double[units + 1];
        int middle = units / 2;
        all[middle] = 1;
        for (int active = middle; active > 0; active--) {
            all[active - 1] = all[active] * active / (units - active + 1);
        }
        for (int active = middle; active < units; active++) {
            all[active + 1] = all[active] * (units - active) / (active + 1);
        }
        double total = 0;
        for (int active = 0; active <= units; active++) {
            total += all[active];
        }
        int low = 1;
        double below = 0;
        while (low < middle && below + all[low] <= share * total) {
            below += all[low++];
        }
        int high = units;
        double above = 0;
        while (high > Math.max(low, middle) && above + all[high] <= share * total) {
            above += all[high--];
        }
        double[] masses = new double[high - low + 1];
        for (int i = 0; i < masses.length; i++) {
            masses[i] = all[low + i] / total;
        }
        return new ChiSquaredMixture(low, masses, (below + above) / total);
    }

    /** Probability that was left out, besides that of no degree at all. */
    double dropped() {
        return dropped;
    }

    /** Smallest number of degrees. */
    int fewest() {
        return first;
    }

    /** Largest number of degrees. */
    int most() {
        return first + masses.length - 1;
    }

    /** E log X of what is kept. */
    double meanLog() {
        return mean;
    }

    /** Var log X of what is kept. */
    double varianceOfLog() {
        return variance;
    }

    /** Value of the transform at a point, with what bounds it. */
    static final class Value {
        private final double[] log = new double[2];
        double re;
        double im;
        /** Bound on the modulus: that of the sum of all moduli. */
        double size;
        /** Bound on the rounding error, in units of 2⁻⁵³ of the size. */
        double rounding;
    }

    /** E(X e^(−meanLog))^s at s = c + it, c above −fewest/2. */
    void transform(double c, double t, Value value) {
        double scale = LOG_TWO - mean;
        double sumRe = 0;
        double sumIm = 0;
        double squares = 0;
        double rounding = 0;
        for (int parity = 0; parity < Math.min(2, masses.length); parity++) {
            double half = (first + parity) / 2.0;
            double count = ComplexLogGamma.of(half + c, t, value.log) + roundingOfGammas;
            double exponent = value.log[0] - logGammas[parity] + c * scale;
            double phase = value.log[1] + t * scale;
            double modulus = Math.exp(exponent);
            double re = modulus * Math.cos(phase);
            double im = modulus * Math.sin(phase);
            double square = modulus * modulus;
            rounding = Math.max(rounding, count + 4 * (Math.abs(c) + Math.abs(t)) * (Math.abs(scale) + 1));
            for (int i = parity; i < masses.length; i += 2) {
                sumRe += masses[i] * re;
                sumIm += masses[i] * im;
                squares += masses[i] * square;
                double a = 1 + c * inverses[i];
                double b = t * inverses[i];
                double next = re * a - im * b;
                im = re * b + im * a;
                re = next;
                square *= a * a + b * b;
            }
        }
        value.re = sumRe;
        value.im = sumIm;
        value.size = Math.sqrt(mass * squares);
        value.rounding = rounding + 16.0 * masses.length + 16;
    }
}
