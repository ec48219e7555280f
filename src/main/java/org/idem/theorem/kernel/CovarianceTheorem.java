package org.idem.theorem.kernel;

import java.util.ArrayList;
import java.util.List;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Rate;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;

/** T7.covariance: how trained networks of large width spread around the mean of infinite width. */
record CovarianceTheorem() implements Theorem<WideRun> {
    private static final int SITES = OneExample.SITES;

    @Override
    public String id() {
        return "T7.covariance";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "Trained networks of large width spread around the mean of infinite width as if each kept its initial function and learnt the rest by one kernel: the covariance over networks tends to that of f_0 less what training takes back of it, and misses it like one over the width.",
                "\\operatorname{E}\\bigl[(f_t(z) - A_t y)(f_t(z') - A_t' y)\\bigr] = S_{zz'} - A_t S_{Xz'} - S_{zX} A_t'^{\\mathsf T} + A_t S_{XX} A_t'^{\\mathsf T} + O(1/n)",
                "fully connected, two layers of n hidden units, one example, one output; at the example and another input; linear, erf and ReLU, one or two steps of gradient descent, heavy ball or Nesterov's method; a statement about these n and 4n, not a proof of the limit",
                "after Lee et al., NeurIPS 2019, with discrete steps; goes beyond Zhang et al., ICLR 2020");
    }

    @Override
    public List<Dimension> space() {
        return WideSpace.COVARIANCE;
    }

    @Override
    public double cost(Configuration c) {
        return WideSpace.costOfCovariance(c);
    }

    @Override
    public WideRun scenario(Configuration c) {
        return WideSpace.runOfCovariance(c);
    }

    @Override
    public List<String> describe(WideRun run) {
        return run.describe();
    }

    /** Averages over pairs of networks that differ in the sign of the last layer: at x, between x and z, at z. */
    @Override
    public Observation observe(WideRun run) {
        return new Observation.Seen(WidePair.averages(
                run, List.of(pair -> pair.excess(0, 0), pair -> pair.excess(0, 1), pair -> pair.excess(1, 1))));
    }

    /** The covariance of two outputs, as the theorem or a false variant has it. */
    private interface Covariance {
        double at(OneExample infinite, int i, int j);
    }

    @Override
    public Claim claim(WideRun run) {
        return claim(run, Rate.exactly(1), OneExample.of(run), OneExample::trained);
    }

    private static Claim claim(WideRun run, Rate rate, OneExample believed, Covariance covariance) {
        OneExample infinite = OneExample.of(run);
        return new Claim.Limit(List.of(rate), row -> {
            double squares = 0;
            double sizes = 0;
            for (int i = 0; i < SITES; i++) {
                for (int j = 0; j < SITES; j++) {
                    double seen = infinite.trained(i, j) + row.values()[2 * (i + j)];
                    double off = seen - covariance.at(believed, i, j);
                    squares += off * off;
                    sizes += row.values()[2 * (i + j) + 1]
                            + Math.abs(infinite.trained(i, j))
                            + Math.pow(run.task().targets().values()[0], 2);
                }
            }
            return List.of(new Claim.Discrepancy(Math.sqrt(squares), run.rounding(sizes)));
        });
    }

    @Override
    public List<FalseVariant<WideRun>> falseVariants() {
        List<FalseVariant<WideRun>> all = new ArrayList<>();
        for (WideVariants.Mistake mistake : WideVariants.all()) {
            all.add(mistake.variant((run, rule) -> claim(
                    run,
                    Rate.exactly(1),
                    OneExample.of(run, rule.network(), rule.method(), rule.steps()),
                    OneExample::trained)));
        }
        all.add(new FalseVariant.WrongClaim<>(
                "misses like one network, n^(−1/2)",
                run -> claim(run, Rate.exactly(0.5), OneExample.of(run), OneExample::trained)));
        all.add(wrong("training leaves the spread as it was", (infinite, i, j) -> infinite.covariance()[i][j]));
        all.add(wrong(
                "posterior of the Gaussian process",
                (infinite, i, j) -> infinite.covariance()[i][j]
                        - infinite.covariance()[i][0] * infinite.covariance()[0][j] / infinite.covariance()[0][0]));
        all.add(wrong(
                "last term forgotten",
                (infinite, i, j) -> infinite.trained(i, j)
                        - infinite.answer(i) * infinite.covariance()[0][0] * infinite.answer(j)));
        all.add(wrong(
                "only one of the two middle terms",
                (infinite, i, j) -> infinite.trained(i, j) + infinite.answer(i) * infinite.covariance()[0][j]));
        all.add(wrong(
                "middle terms with the other sign",
                (infinite, i, j) -> infinite.trained(i, j)
                        + 2 * infinite.answer(i) * infinite.covariance()[0][j]
                        + 2 * infinite.covariance()[i][0] * infinite.answer(j)));
        all.add(wrong(
                "tangent kernel for the covariance of the initial function",
                (infinite, i, j) -> new OneExample(
                                infinite.tangent(), infinite.tangent(), infinite.gain(), infinite.slope())
                        .trained(i, j)));
        return all;
    }

    private static FalseVariant<WideRun> wrong(String name, Covariance covariance) {
        return new FalseVariant.WrongClaim<>(name, run -> claim(run, Rate.exactly(1), OneExample.of(run), covariance));
    }
}
