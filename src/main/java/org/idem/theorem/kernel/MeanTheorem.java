package org.idem.theorem.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.idem.network.Activation;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Rate;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;

/** T7.mean: how far the mean over wide networks lies from that of infinite width. */
record MeanTheorem() implements Theorem<WideRun> {
    @Override
    public String id() {
        return "T7.mean";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "The mean over wide networks is nearer to infinite width than one network: smooth activations miss it like one over the width. ReLU misses it at the training example like one over the root of the width, by a known amount, because units that a step switches off get no gradient.",
                "\\operatorname{E} f_t(z) = A_t y + O(1/n); \\qquad \\text{ReLU, one step:}\\quad \\operatorname{E} f_1(\\hat x) = A_1 y + \\frac{\\sigma_w^3 \\eta^2 (S^1)^{3/2}}{2\\pi\\sqrt n}\\operatorname{E}\\bigl[\\operatorname{sign}(e)\\,e^2\\bigr] + O(1/n), \\quad e \\sim N(-y, S^2)",
                "fully connected, two layers of n hidden units, one example, one output; linear and erf at the example and another input, ReLU at the example; trials take one step of gradient descent or Nesterov's method, η its length times the loss scale; a statement about these n and 4n, not a proof of the limit",
                "goes beyond Zhang et al., ICLR 2020; the order 1/n for smooth networks: Huang and Yau, ICML 2020");
    }

    @Override
    public List<Dimension> space() {
        return WideSpace.MEAN;
    }

    @Override
    public double cost(Configuration c) {
        return WideSpace.costOfMean(c);
    }

    @Override
    public WideRun scenario(Configuration c) {
        return WideSpace.runOfMean(c);
    }

    @Override
    public List<String> describe(WideRun run) {
        return run.describe();
    }

    /** Averages over pairs of networks that differ in the sign of the last layer, at both sites. */
    @Override
    public Observation observe(WideRun run) {
        return new Observation.Seen(WidePair.averages(run, List.of(pair -> pair.miss(0), pair -> pair.miss(1))));
    }

    private static boolean isRelu(WideRun run) {
        return run.task().activation() == Activation.RELU;
    }

    private static double target(WideRun run) {
        return run.task().targets().values()[0];
    }

    @Override
    public Claim claim(WideRun run) {
        OneExample infinite = OneExample.of(run);
        return claim(run, Rate.exactly(1), infinite, isRelu(run) ? constant(run, infinite) : 0);
    }

    /** C = σ_w³p²(S¹)^{3/2}/(2π)·E[sign(e)e²], p the length of the one step times the loss scale. */
    static double constant(WideRun run, OneExample infinite) {
        return factor(run, infinite) * signedSquare(-target(run), infinite.covariance()[0][0]);
    }

    private static double factor(WideRun run, OneExample infinite) {
        double seen = run.network().biasVariance()
                + run.network().weightVariance()
                        * DepthRun.product(run.task().train(), run.task().train())
                        / run.task().train().length();
        return Math.pow(run.task().weightDeviation(), 3)
                * infinite.gain()
                * infinite.gain()
                * Math.pow(seen, 1.5)
                / (2 * Math.PI);
    }

    /** E[sign(e)e²] of a normal number. */
    static double signedSquare(double mean, double variance) {
        double deviation = Math.sqrt(variance);
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double place = mean / deviation;
        return (mean * mean + variance) * (normal.cumulativeProbability(place) - normal.survivalProbability(place))
                + 2 * mean * deviation * normal.density(place);
    }

    /** What somebody believes of the mean and, with ReLU at the example, of √n times what it misses. */
    private static Claim claim(WideRun run, Rate rate, OneExample believed, double constant) {
        OneExample infinite = OneExample.of(run);
        DoubleUnaryOperator missed = width -> constant / Math.sqrt(width);
        return new Claim.Limit(List.of(rate), row -> {
            double[] numbers = row.values();
            double squares = 0;
            double sizes = 0;
            for (int site = 0; site < (isRelu(run) ? 1 : OneExample.SITES); site++) {
                double predicted = believed.answer(site) * target(run)
                        + (site == 0 ? missed.applyAsDouble(numbers[numbers.length - 1]) : 0);
                double off = infinite.answer(site) * target(run) + numbers[2 * site] - predicted;
                squares += off * off;
                sizes += numbers[2 * site + 1] + Math.abs(predicted) + Math.abs(target(run));
            }
            return List.of(new Claim.Discrepancy(Math.sqrt(squares), run.rounding(sizes)));
        });
    }

    @Override
    public List<FalseVariant<WideRun>> falseVariants() {
        List<FalseVariant<WideRun>> all = new ArrayList<>();
        for (WideVariants.Mistake mistake : WideVariants.all()) {
            all.add(mistake.variant((run, rule) ->
                    claim(run, Rate.exactly(1), OneExample.of(run, rule.network(), rule.method(), rule.steps()), 0)));
        }
        all.add(WideVariants.of(
                "smooth networks miss like one network, n^(−1/2)",
                run -> !isRelu(run),
                run -> claim(run, Rate.exactly(0.5), OneExample.of(run), 0)));
        all.add(WideVariants.of(
                "smooth networks miss like 1/n²",
                run -> !isRelu(run),
                run -> claim(run, Rate.exactly(2), OneExample.of(run), 0)));
        all.add(ofRelu("ReLU misses like 1/n at the example, too", (run, infinite) -> 0));
        all.add(ofRelu("ReLU: the other sign of the error", (run, infinite) -> -constant(run, infinite)));
        all.add(ofRelu("ReLU: every unit counts, twice the constant", (run, infinite) -> 2 * constant(run, infinite)));
        return all;
    }

    private interface Constant {
        double of(WideRun run, OneExample infinite);
    }

    private static FalseVariant<WideRun> ofRelu(String name, Constant constant) {
        return WideVariants.of(name, MeanTheorem::isRelu, run -> {
            OneExample infinite = OneExample.of(run);
            return claim(run, Rate.exactly(1), infinite, constant.of(run, infinite));
        });
    }
}
