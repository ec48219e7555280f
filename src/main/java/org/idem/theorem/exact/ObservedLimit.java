package org.idem.theorem.exact;

import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalOptimizer;
import org.idem.network.exact.RationalParameters;
import org.idem.network.exact.RationalProblem;
import org.idem.theory.exact.RationalMatrix;
import org.idem.theory.exact.RowReduction;
import org.idem.training.exact.ExactTrainer;

/**
 * Where gradient descent ends, read from its first steps alone.
 *
 * <p>Steps of gradient descent on a quadratic loss are an affine map, so with d parameters per output at most d + 1
 * displacements are linearly dependent: Σ γ_j Δ_j = 0. Then Σ γ_j θ_j / Σ γ_j is the limit, exactly; no Gram matrix,
 * pseudo-inverse or spectrum is used. Source: minimal polynomial extrapolation, Smith, Ford and Sidi, SIAM Review 29
 * (1987), doi:10.1137/1029042; the proof for singular curvature is in proofs/exact.md.
 */
final class ObservedLimit {
    private ObservedLimit() {}

    /** The limit of plain gradient descent, weight decay allowed. */
    static RationalParameters of(RationalProblem problem, RationalOptimizer optimizer) {
        int displacements = problem.network().fanIn() + (problem.network().bias() ? 1 : 0) + 1;
        ExactTrainer trainer = new ExactTrainer(problem, optimizer, false);
        RationalParameters[] iterates = new RationalParameters[displacements];
        RationalMatrix columns = null;
        for (int i = 0; i < displacements; i++) {
            iterates[i] = trainer.parameters();
            trainer.step();
            RationalMatrix displacement = column(trainer.parameters().plus(iterates[i].times(BigFraction.MINUS_ONE)));
            columns = columns == null ? displacement : columns.beside(displacement);
        }
        RowReduction reduced = RowReduction.of(columns);
        int dependent = 0;
        while (reduced.pivots().contains(dependent)) {
            dependent++;
        }
        RationalParameters sum = iterates[dependent];
        BigFraction total = BigFraction.ONE;
        for (int i = 0; i < dependent; i++) {
            BigFraction factor = reduced.echelon().at(i, dependent).negate();
            sum = sum.plus(iterates[i].times(factor));
            total = total.add(factor);
        }
        return sum.times(total.reciprocal());
    }

    private static RationalMatrix column(RationalParameters parameters) {
        RationalArray bias = parameters.bias();
        RationalMatrix row = new RationalMatrix(
                parameters.weights().reshaped(1, parameters.weights().length()));
        return (bias == null ? row : row.beside(new RationalMatrix(bias.reshaped(1, bias.length())))).transposed();
    }
}
