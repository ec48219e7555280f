package org.idem.verification;

import java.util.List;
import org.idem.statistics.MeanTest;
import org.idem.theorem.Evidence;

/**
 * Averages of different claimed means whose tails are known, judged together. Each value enters as its distance from
 * its claimed mean, in units of the square root of its claimed spread.
 *
 * <p>Two tests judge them: the sum of all distances notices a small error that all means share; the worst single
 * average notices a large error of one mean, whatever its sign. The p-value is twice the smaller of theirs
 * (Bonferroni).
 *
 * @param deviation sum over all values of (value − mean) / unit
 * @param values number of values
 * @param scale largest claimed scale of tails, in these units
 * @param means sum over all values of mean / unit
 * @param worst smallest p-value of a single average, times the number of averages
 */
record LightMeans(double deviation, double values, double scale, double means, double worst) implements PooledMeans {
    static LightMeans of(List<Evidence.Averaged> averages) {
        double deviation = 0;
        double values = 0;
        double scale = 0;
        double means = 0;
        double worst = 1;
        for (Evidence.Averaged one : averages) {
            double unit = Math.sqrt(one.spread());
            double ofOne = one.count() * ((one.average() - one.mean()) / unit);
            deviation += ofOne;
            values += one.count();
            scale = Math.max(scale, one.scale() / unit);
            means += one.count() * (one.mean() / unit);
            worst = Math.min(
                    worst, Double.isFinite(ofOne) ? MeanTest.subGamma(ofOne, one.count(), one.scale() / unit) : 0);
        }
        return new LightMeans(deviation, values, scale, means, Math.min(1, averages.size() * worst));
    }

    @Override
    public double pValue() {
        return Double.isFinite(deviation)
                ? Math.min(1, 2 * Math.min(worst, MeanTest.subGamma(deviation, values, scale)))
                : 0;
    }

    @Override
    public double commonError(double error) {
        return (Math.abs(deviation) + MeanTest.subGammaMargin(values, scale, error)) / means;
    }
}
