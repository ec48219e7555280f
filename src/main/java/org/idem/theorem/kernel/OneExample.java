package org.idem.theorem.kernel;

import java.util.List;
import org.idem.array.Array;
import org.idem.network.LinearMethod;
import org.idem.theory.kernel.InfiniteKernel;
import org.idem.theory.kernel.InfiniteNetwork;
import org.idem.theory.kernel.Quaternary;
import org.idem.theory.kernel.depth.Gain;

/**
 * What infinite width says of networks trained on one example, at the example (site 0) and at one probe (site 1).
 *
 * @param tangent Θ between sites
 * @param covariance S between sites
 * @param gain p(λ) = (1 − r_t(cλ))/λ at λ = Θ(x, x)
 * @param slope p′(λ) there
 */
record OneExample(double[][] tangent, double[][] covariance, double gain, double slope) {
    static final int SITES = 2;

    static OneExample of(WideRun run, InfiniteNetwork network, LinearMethod method, int steps) {
        Array both = Array.concatenate(List.of(run.task().train(), run.task().probes()));
        InfiniteKernel kernel = new InfiniteKernel(network, both, true);
        double[][] tangent = new double[SITES][SITES];
        double[][] covariance = new double[SITES][SITES];
        for (int i = 0; i < SITES; i++) {
            for (int j = 0; j < SITES; j++) {
                tangent[i][j] = new Quaternary(kernel.tangent().get(i, j), kernel.tangentUnit()).value();
                covariance[i][j] = new Quaternary(kernel.covariance().get(i, j), kernel.covarianceUnit()).value();
            }
        }
        Gain gain = Gain.of(method, steps, run.lossScale(), tangent[0][0]);
        return new OneExample(tangent, covariance, gain.value(), gain.slope());
    }

    static OneExample of(WideRun run) {
        return of(run, run.network(), run.method(), run.steps());
    }

    /** A_t at a site. */
    double answer(int site) {
        return tangent[site][0] * gain;
    }

    /** What A_t at a site moves by, to first order, where Θ(x, x) and Θ(site, x) move. */
    double moved(int site, double own, double across) {
        return across * gain + tangent[site][0] * slope * own;
    }

    /** Covariance over networks after training. */
    double trained(int i, int j) {
        return covariance[i][j]
                - answer(i) * covariance[0][j]
                - covariance[i][0] * answer(j)
                + answer(i) * covariance[0][0] * answer(j);
    }
}
