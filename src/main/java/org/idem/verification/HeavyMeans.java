package org.idem.verification;

import java.util.List;
import org.idem.statistics.SoftenedSum;
import org.idem.theorem.Evidence;

/**
 * Averages of different claimed means, of which nothing is known but the variance, judged together by
 * {@link SoftenedSum}.
 *
 * <p>Three tests judge them. Weights mean/variance notice soonest a small relative error that all means share; averages
 * of little variance then decide. With all averages in units of their deviation, errors show that only the others have.
 * The worst single average notices a large error of one mean. The p-value is three times the smallest of theirs
 * (Bonferroni). Weights depend on claims and numbers of values only.
 *
 * @param averages those of an infinite claimed variance say nothing and are left out, and so are those that had to be
 *     exact, of variance 0, and are
 */
record HeavyMeans(List<Evidence.Averaged> averages) implements PooledMeans {
    HeavyMeans {
        averages = averages.stream()
                .filter(one ->
                        one.spread() != Double.POSITIVE_INFINITY && !(one.spread() == 0 && one.average() == one.mean()))
                .toList();
    }

    /** About the logarithm of the inverse level for which weights are best. */
    private static final double AIM = 10;

    private static final int TESTS = 3;

    /** Steps that find a limit between 0 and 1. */
    private static final int BISECTIONS = 50;

    private static double variance(Evidence.Averaged one) {
        return one.spread() / one.count();
    }

    /** Squared ratio of mean and deviation, what one average tells about relative errors. */
    private static double told(Evidence.Averaged one) {
        return one.mean() * (one.mean() / variance(one));
    }

    private static double scale(double told) {
        return Math.min(1, Math.sqrt(2 * AIM / told));
    }

    /** Of claims whose means are larger by a relative error. */
    private SoftenedSum relative(double error) {
        double scale = scale(averages.stream().mapToDouble(HeavyMeans::told).sum());
        SoftenedSum sum = new SoftenedSum();
        for (Evidence.Averaged one : averages) {
            double deviation = one.average() - one.mean() * (1 + error);
            sum.add(scale * (one.mean() / variance(one)) * deviation, scale * scale * told(one));
        }
        return sum;
    }

    /** In units of deviations, a negative mean turned round. */
    private SoftenedSum inDeviations() {
        double scale = scale(averages.size());
        SoftenedSum sum = new SoftenedSum();
        for (Evidence.Averaged one : averages) {
            double deviation = one.average() - one.mean();
            double turned = one.mean() < 0 ? -deviation : deviation;
            sum.add(scale * (turned / Math.sqrt(variance(one))), scale * scale);
        }
        return sum;
    }

    @Override
    public double values() {
        return averages.stream().mapToDouble(Evidence.Averaged::count).sum();
    }

    @Override
    public double worst() {
        double worst = 1;
        for (Evidence.Averaged one : averages) {
            double deviation = one.average() - one.mean();
            worst = Math.min(worst, Double.isFinite(deviation) ? SoftenedSum.single(deviation, variance(one)) : 0);
        }
        return averages.isEmpty() ? 1 : Math.min(1, averages.size() * worst);
    }

    @Override
    public double pValue() {
        boolean finite = averages.stream()
                .allMatch(one -> Double.isFinite(one.average()) && Double.isFinite(one.mean()) && one.spread() > 0);
        if (!finite) {
            return 0;
        }
        double together = Math.min(relative(0).pValue(), inDeviations().pValue());
        return Math.min(1, TESTS * Math.min(worst(), together));
    }

    /** Errors beyond the limit are refuted by the same test. */
    @Override
    public double commonError(double error) {
        return Math.max(limit(error, 1), limit(error, -1));
    }

    /** The sum falls as the relative error rises; 1 if no smaller error is refuted. */
    private double limit(double error, int sign) {
        double refuted = 1;
        double open = 0;
        for (int step = 0; step < BISECTIONS; step++) {
            double middle = (open + refuted) / 2;
            SoftenedSum sum = relative(sign * middle);
            if (sign * sum.sum() < -sum.margin(error)) {
                refuted = middle;
            } else {
                open = middle;
            }
        }
        return refuted;
    }
}
