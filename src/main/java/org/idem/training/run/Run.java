package org.idem.training.run;

import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;

/**
 * One training run of a one-layer network.
 *
 * @param problem data, initial parameters and loss; rounded to the precision
 * @param optimizer method
 * @param steps number of steps, at least 0
 * @param oneAtATime whether each step uses one example, in cyclic order, instead of all
 * @param precision arithmetic of every step
 * @param probes inputs on which the trained network is evaluated, rounded to the precision
 */
public record Run(
        LinearProblem problem,
        LinearMethod optimizer,
        int steps,
        boolean oneAtATime,
        Precision precision,
        Array probes) {
    /** Rounds problem and probes. */
    public Run {
        if (steps < 0) {
            throw new IllegalArgumentException("steps must be at least 0, got " + steps);
        }
        problem = problem.rounded(precision);
        probes = probes.rounded(precision);
    }

    /**
     * Steps in which every example is used once.
     *
     * @return at least 1
     */
    public int cycle() {
        return oneAtATime ? problem.examples() : 1;
    }
}
