package org.idem.verification;

import java.util.ArrayList;
import java.util.List;
import org.idem.statistics.BinomialTail;
import org.idem.statistics.ClopperPearson;
import org.idem.statistics.SoftenedSum;
import org.idem.theorem.Evidence;

/**
 * How likely a run leaves a wrong mean standing of which nothing is known but the variance: by Chernoff's bound for the
 * softened sum of deviations, {@link HeavyMeans}, whose moment comes from the trials of the program.
 *
 * <p>With weight w = √(20/n) of each of n deviations d, the variant falls where Σψ(wd) exceeds 10 + log(6·10⁴). If
 * every claimed mean lies on one side, d is a shift of one sign and noise of a variance of at most v. So with Z =
 * ψ(wd), λ ≤ ½ and t = w|d| for deviations of the other sign, e^(−λZ) = (1 + t + t²/2)^λ ≤ 1 + t, of which what lies
 * beyond |d| = K is at most v/K² + wv/K on average (Chebyshev and Cauchy). The rest lies between 0 and (1 + wK +
 * (wK)²/2)^λ, and the limit of its mean is that of Maurer and Pontil (COLT 2009).
 */
final class HeavyShifts {
    /** Chance that the number of a run's trials which concern the variant lies outside of its limits. */
    private static final double OF_COUNT = 1e-9;

    /** Sums of deviations beyond this refute, whatever their number. */
    private static final double ENOUGH = 10 + Math.log(2 * 3 / Verifier.FALSE_ALARM);

    private static final double[] POWERS = {0.5, 0.25, 0.125};
    private static final double[] CUTS = {10, 30, 100, 300};

    private final List<Double> deviations = new ArrayList<>();
    private boolean up = true;
    private boolean down = true;
    private double noise;

    void add(Evidence.Averaged wrong, Evidence.Averaged right) {
        if (wrong.spread() == 0) {
            return;
        }
        double unit = Math.sqrt(wrong.spread() / wrong.count());
        double sign = wrong.mean() < 0 ? -1 : 1;
        deviations.add(sign * (wrong.average() - wrong.mean()) / unit);
        double shift = sign * (right.mean() - wrong.mean());
        up &= shift >= 0;
        down &= shift <= 0;
        noise = Math.max(noise, right.spread() / wrong.spread());
    }

    /** Upper limit of the probability that a run leaves the variant standing, wrong with the error. */
    double odds(int run, int trials, double error) {
        if (deviations.isEmpty() || !(up || down)) {
            return 1;
        }
        double ofCount = error / 4;
        int few = run;
        double least = ClopperPearson.lowerLimit(deviations.size(), trials, ofCount);
        while (few > 0 && BinomialTail.atMost(few - 1, run, least) > OF_COUNT) {
            few--;
        }
        int many = 0;
        double most = ClopperPearson.upperLimit(deviations.size(), trials, ofCount);
        while (many < run && BinomialTail.atLeast(many + 1, run, most) > OF_COUNT) {
            many++;
        }
        double best = 1;
        for (double power : POWERS) {
            for (double cut : CUTS) {
                double moment =
                        moment(power, cut, weight(many), weight(few), trials, error / 2 / POWERS.length / CUTS.length);
                best = Math.min(best, Math.exp(power * ENOUGH + run * Math.log(moment)));
            }
        }
        return Math.min(1, best + 2 * OF_COUNT);
    }

    private static double weight(int count) {
        return Math.min(1, Math.sqrt(20.0 / Math.max(1, count)));
    }

    /** Upper limit of the mean of e^(−λZ), which is 1 for trials that do not concern the variant. */
    private double moment(double power, double cut, double light, double heavy, int trials, double error) {
        double largest = Math.exp(power * SoftenedSum.influence(heavy * cut));
        double sum = trials - deviations.size();
        double squares = sum;
        for (double deviation : deviations) {
            double along = up ? deviation : -deviation;
            double z = SoftenedSum.influence((along < 0 ? heavy : light) * along);
            double value = Math.min(largest, Math.exp(-power * z));
            sum += value;
            squares += value * value;
        }
        double mean = sum / trials;
        double variance = Math.max(0, (squares - trials * mean * mean) / (trials - 1));
        double log = Math.log(2 / error);
        double beyond = noise / (cut * cut) + heavy * noise / cut;
        return mean + Math.sqrt(2 * variance * log / trials) + 7 * largest * log / (3.0 * (trials - 1)) + beyond;
    }
}
