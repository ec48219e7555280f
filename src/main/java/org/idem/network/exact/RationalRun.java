package org.idem.network.exact;

import org.idem.network.Horizon;

/**
 * One training run without rounding.
 *
 * @param problem network, data, initial parameters and loss
 * @param optimizer method
 * @param horizon steps, or the limit of infinitely many
 * @param oneAtATime whether each step sees one example, in cyclic order from the first; otherwise it sees all
 */
public record RationalRun(RationalProblem problem, RationalOptimizer optimizer, Horizon horizon, boolean oneAtATime) {
    /**
     * The same run of another problem.
     *
     * @param other problem
     * @return a copy
     */
    public RationalRun with(RationalProblem other) {
        return new RationalRun(other, optimizer, horizon, oneAtATime);
    }

    /**
     * The same run by another method.
     *
     * @param other optimiser
     * @return a copy
     */
    public RationalRun with(RationalOptimizer other) {
        return new RationalRun(problem, other, horizon, oneAtATime);
    }

    /**
     * The same run over another time.
     *
     * @param other horizon
     * @return a copy
     */
    public RationalRun with(Horizon other) {
        return new RationalRun(problem, optimizer, other, oneAtATime);
    }
}
