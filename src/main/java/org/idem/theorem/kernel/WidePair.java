package org.idem.theorem.kernel;

import java.util.List;
import org.idem.array.Array;

/**
 * Two networks that differ in the sign of the last layer, as a trial saw them, beside infinite width. With g = f_0(z) −
 * A f_0(x), whose covariance over networks is known exactly, they are Ay ± g + δ after training.
 *
 * @param run of the pair
 * @param infinite width
 * @param row numbers of all pairs of one width
 * @param from where the numbers of this pair begin
 */
record WidePair(WideRun run, OneExample infinite, double[] row, int from) {
    private static final int SITES = OneExample.SITES;
    private static final int TANGENT = 3;
    private static final int PRODUCTS = 4;
    private static final int WEIGHTED = 5;
    private static final int BENT = 7;
    private static final int OUTPUTS_BENT = 8;
    private static final int KERNELS = 10;

    /** Numbers of a pair: outputs before training and of both after it, sums over units, and the width. */
    private static final int NUMBERS = 12 * SITES + 1;

    /** A number of each pair. */
    interface Number {
        double of(WidePair pair);
    }

    /**
     * Averages over the pairs of a trial.
     *
     * @param run with the networks
     * @param numbers what is averaged; the coefficients of what has mean 0 are those of infinite width
     * @return one row for each width: an average and the average size of each number, then the width
     */
    static Array averages(WideRun run, List<Number> numbers) {
        Array pairs = train(run);
        OneExample infinite = OneExample.of(run);
        int columns = 2 * numbers.size() + 1;
        Array averages = Array.zeros(2, columns);
        for (int width = 0; width < 2; width++) {
            double[] row = pairs.slices(width, width + 1).values();
            for (int from = 0; from < row.length; from += NUMBERS) {
                WidePair pair = new WidePair(run, infinite, row, from);
                for (int i = 0; i < numbers.size(); i++) {
                    double number = numbers.get(i).of(pair);
                    averages.values()[width * columns + 2 * i] += number / run.networks();
                    averages.values()[width * columns + 2 * i + 1] += Math.abs(number) / run.networks();
                }
            }
            averages.values()[(width + 1) * columns - 1] = run.width(width > 0);
        }
        return averages;
    }

    private static Array train(WideRun run) {
        return run.observe(layers -> {
            double[] before = layers.outputs();
            double[] sums = PairSums.of(layers, run.task()).numbers();
            layers.train(run.method(), run.steps());
            double[] one = layers.outputs();
            layers.turnRound();
            layers.train(run.method(), run.steps());
            double[] other = layers.outputs();
            double[] numbers = new double[NUMBERS];
            System.arraycopy(before, 0, numbers, 0, SITES);
            System.arraycopy(one, 0, numbers, SITES, SITES);
            System.arraycopy(other, 0, numbers, 2 * SITES, SITES);
            System.arraycopy(sums, 0, numbers, TANGENT * SITES, sums.length);
            numbers[NUMBERS - 1] = layers.outputWeights(0).length;
            return numbers;
        });
    }

    private double width() {
        return row[from + NUMBERS - 1];
    }

    private double at(int number, int site) {
        return row[from + number * SITES + site];
    }

    private double target() {
        return run.task().targets().values()[0];
    }

    private double kept(int site) {
        return at(0, site) - infinite.answer(site) * at(0, 0);
    }

    /** Half the difference of δ of both. */
    private double odd(int site) {
        return (at(1, site) - at(2, site)) / 2 - kept(site);
    }

    /** Half the sum of δ of both. */
    private double even(int site) {
        return (at(1, site) + at(2, site)) / 2 - infinite.answer(site) * target();
    }

    /** What the fluctuation of the tangent kernel does to A at a site, to first order. */
    private double moved(int site) {
        return infinite.moved(
                site, at(TANGENT, 0) - infinite.tangent()[0][0], at(TANGENT, site) - infinite.tangent()[site][0]);
    }

    private double meanOfUnit(int site) {
        return (infinite.tangent()[site][0] - run.network().biasVariance()) / width();
    }

    /** Σ_i f_i(a) f_i(x)(θ_i(site) − E θ_i(site)). */
    private double weighted(int a, int site) {
        return at(WEIGHTED + a, site) - meanOfUnit(site) * at(PRODUCTS, a);
    }

    /** Σ_i of products of θ_i − E θ_i at two sites. */
    private double kernels(int a, int b) {
        double bias = run.network().biasVariance();
        return at(KERNELS + a, b)
                - meanOfUnit(a) * (at(TANGENT, b) - bias)
                - meanOfUnit(b) * (at(TANGENT, a) - bias)
                + width() * meanOfUnit(a) * meanOfUnit(b);
    }

    /** g(a)·f_0(x)·moved(b), products within one unit left out: its mean is 0. */
    private double ofSpread(int a, int b) {
        double across = weighted(a, b) - infinite.answer(a) * weighted(0, b);
        double own = weighted(a, 0) - infinite.answer(a) * weighted(0, 0);
        return kept(a) * at(0, 0) * moved(b) - infinite.moved(b, own, across);
    }

    /** g(a)·Σq(b), products within one unit left out: its mean is 0. */
    private double ofBend(int a, int b) {
        double within = at(OUTPUTS_BENT + a, b) - infinite.answer(a) * at(OUTPUTS_BENT, b);
        return kept(a) * at(BENT, b) - within;
    }

    /** moved(a)·moved(b), products within one unit left out: its mean is 0. */
    private double ofKernel(int a, int b) {
        double gain = infinite.gain();
        double slopeA = infinite.tangent()[a][0] * infinite.slope();
        double slopeB = infinite.tangent()[b][0] * infinite.slope();
        double within = gain * gain * kernels(a, b)
                + gain * slopeB * kernels(a, 0)
                + slopeA * gain * kernels(0, b)
                + slopeA * slopeB * kernels(0, 0);
        return moved(a) * moved(b) - within;
    }

    /** By how much the mean of both outputs differs from Ay, less what has mean 0. */
    double miss(int site) {
        double bend = at(0, 0) * at(BENT, site) - at(OUTPUTS_BENT, site);
        return even(site) - target() * moved(site) + infinite.gain() * infinite.gain() * target() * bend;
    }

    /** (f − Ay)(f′ − A′y) of both networks on average, less gg′, less what has mean 0. */
    double excess(int a, int b) {
        double square = target() * target();
        double gain = infinite.gain();
        return kept(a) * odd(b)
                + kept(b) * odd(a)
                + odd(a) * odd(b)
                + even(a) * even(b)
                + ofSpread(a, b)
                + ofSpread(b, a)
                - gain * gain * square / 2 * (ofBend(a, b) + ofBend(b, a))
                - square * ofKernel(a, b);
    }
}
