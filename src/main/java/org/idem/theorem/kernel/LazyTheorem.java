package org.idem.theorem.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.idem.network.Architecture;
import org.idem.network.LinearMethod;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Rate;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.idem.theory.kernel.InfiniteKernel;
import org.idem.theory.kernel.InfiniteNetwork;
import org.idem.theory.kernel.depth.Gain;

/** T7.lazy: how far one wide network strays from what the kernel makes of its own initial function. */
record LazyTheorem() implements Theorem<WideRun> {
    @Override
    public String id() {
        return "T7.lazy";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "A wide network in the tangent-kernel parametrisation does in training what the kernel of infinite width makes of its own initial function, and strays from it by a distance that falls like one over the root of its width: four times the width halves it.",
                "f_t(z) = f_0(z) + A_t\\,(Y - f_0(X)) + O\\bigl(n^{-1/2}\\bigr), \\qquad A_t = \\Theta(z, X)\\,\\Theta^{-1}\\,(1 - r_t(c\\,\\Theta))",
                "two layers, n hidden units or channels, one output; fully connected, or image to image; linear, ReLU, leaky ReLU or erf; few steps of gradient descent, heavy ball or Nesterov's method at stable rates; mean distance over the networks of a trial; a statement about these n and 4n, not a proof of the limit",
                "after Jacot, Gabriel and Hongler, NeurIPS 2018, and Lee et al., NeurIPS 2019, with discrete steps; goes beyond Zhang et al., ICLR 2020");
    }

    @Override
    public List<Dimension> space() {
        return WideSpace.LAZY;
    }

    @Override
    public double cost(Configuration c) {
        return WideSpace.cost(c);
    }

    @Override
    public WideRun scenario(Configuration c) {
        return WideSpace.run(c);
    }

    @Override
    public List<String> describe(WideRun run) {
        return run.describe();
    }

    /** Of each network: outputs at training inputs and probes, and at probes after training. */
    @Override
    public Observation observe(WideRun run) {
        return new Observation.Seen(run.observe(layers -> {
            double[] before = layers.outputs();
            layers.train(run.method(), run.steps());
            double[] after = layers.outputs();
            double[] numbers = Arrays.copyOf(before, before.length + run.probes());
            System.arraycopy(after, run.trained(), numbers, before.length, run.probes());
            return numbers;
        }));
    }

    /**
     * What somebody predicts of one network.
     *
     * @param answer A_t, one row for each probe
     * @param atTraining factor of f_0 at the training inputs, 1 if it is not ignored
     * @param atProbes the same at the probes
     */
    private record Prediction(double[][] answer, double atTraining, double atProbes) {
        static Prediction of(double[][] answer) {
            return new Prediction(answer, 1, 1);
        }

        /** Mean distance over the networks of a row. */
        Claim.Discrepancy distance(WideRun run, double[] row) {
            int trained = run.trained();
            int probes = run.probes();
            int length = trained + 2 * probes;
            double sum = 0;
            double sizes = 0;
            for (int from = 0; from < row.length; from += length) {
                double squares = 0;
                for (int probe = 0; probe < probes; probe++) {
                    double predicted = atProbes * row[from + trained + probe];
                    double size = Math.abs(predicted) + Math.abs(row[from + trained + probes + probe]);
                    for (int site = 0; site < trained; site++) {
                        double share = answer[probe][site];
                        double target = run.task().targets().values()[site];
                        predicted += share * (target - atTraining * row[from + site]);
                        size += Math.abs(share) * (Math.abs(target) + Math.abs(row[from + site]));
                    }
                    double off = row[from + trained + probes + probe] - predicted;
                    squares += off * off;
                    sizes += size;
                }
                sum += Math.sqrt(squares);
            }
            double networks = row.length / (double) length;
            return new Claim.Discrepancy(sum / networks, run.rounding(sizes / networks));
        }
    }

    @Override
    public Claim claim(WideRun run) {
        return claim(run, Rate.exactly(0.5), Prediction.of(run.answer()));
    }

    private static Claim claim(WideRun run, Rate rate, Prediction prediction) {
        return new Claim.Limit(List.of(rate), row -> List.of(prediction.distance(run, row.values())));
    }

    @Override
    public List<FalseVariant<WideRun>> falseVariants() {
        List<FalseVariant<WideRun>> all = new ArrayList<>();
        for (WideVariants.Mistake mistake : WideVariants.all()) {
            all.add(mistake.variant((run, rule) -> of(run, run.answer(rule.network(), rule.method(), rule.steps()))));
        }
        all.addAll(List.of(
                new FalseVariant.WrongClaim<>(
                        "one network strays like 1/n", run -> claim(run, Rate.exactly(1), Prediction.of(run.answer()))),
                predicted("initial function ignored", run -> true, run -> new Prediction(run.answer(), 0, 0)),
                predicted(
                        "initial function ignored at the training inputs",
                        run -> true,
                        run -> new Prediction(run.answer(), 0, 1)),
                answered(
                        "sum over offsets not divided by K²",
                        LazyTheorem::isConvolutional,
                        run -> run.answer(withoutMean(run), run.method(), run.steps())),
                answered(
                        "one kernel for each pixel, times identity",
                        LazyTheorem::isConvolutional,
                        LazyTheorem::factorised)));
        return all;
    }

    private static boolean isConvolutional(WideRun run) {
        return run.network().architecture().kernel() > 1;
    }

    private static FalseVariant<WideRun> predicted(
            String name, Predicate<WideRun> concerned, Function<WideRun, Prediction> prediction) {
        return WideVariants.of(name, concerned, run -> claim(run, Rate.exactly(0.5), prediction.apply(run)));
    }

    private static FalseVariant<WideRun> answered(
            String name, Predicate<WideRun> concerned, Function<WideRun, double[][]> answer) {
        return predicted(name, concerned, answer.andThen(Prediction::of));
    }

    private static Claim of(WideRun run, double[][] answer) {
        return claim(run, Rate.exactly(0.5), Prediction.of(answer));
    }

    private static InfiniteNetwork withoutMean(WideRun run) {
        Architecture architecture = run.network().architecture();
        double taps = Math.pow(architecture.kernel(), 2);
        return new InfiniteNetwork(
                architecture,
                taps * run.network().weightVariance(),
                run.network().biasVariance());
    }

    private static double[][] factorised(WideRun run) {
        InfiniteKernel kernel = new InfiniteKernel(run.network(), run.task().train(), false);
        InfiniteKernel.Block block = kernel.with(run.task().probes(), false);
        LinearMethod method = WideRun.inUnitOf(kernel, run.method());
        double[][] answer = new double[run.probes()][run.trained()];
        for (int probe = 0; probe < answer.length; probe++) {
            for (int site = probe % run.pixels(); site < run.trained(); site += run.pixels()) {
                double own = kernel.tangent().get(site, site);
                answer[probe][site] = block.tangent().get(probe, site)
                        * Gain.of(method, run.steps(), run.lossScale(), own).value();
            }
        }
        return answer;
    }
}
