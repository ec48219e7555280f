package org.idem.theorem.exact;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalParameters;
import org.idem.network.exact.RationalRun;
import org.idem.theory.exact.RationalMatrix;
import org.idem.theory.exact.RowReduction;
import org.idem.training.exact.ExactTrainer;

/**
 * Where training ends, read from its first steps alone.
 *
 * <p>Steps on a quadratic loss, or whole cycles of steps, are an affine map of the state, so that after at most as many
 * of them as the state has dimensions its changes D_j are linearly dependent: Σ γ_j D_j = 0. Then Σ γ_j θ_j / Σ γ_j is
 * the limit, exactly; no Gram matrix, pseudo-inverse or spectrum is used. Source: minimal polynomial extrapolation,
 * Smith, Ford and Sidi, SIAM Review 29 (1987), doi:10.1137/1029042; the proof for singular curvature and for momentum
 * is in proofs/exact.md, Theorem 5.
 */
final class ObservedLimit {
    private ObservedLimit() {}

    /** The limit of a run; one example at a time only without momentum and weight decay, with consistent targets. */
    static RationalParameters of(RationalRun run) {
        boolean carries = run.optimizer().momentum().compareTo(BigFraction.ZERO) > 0;
        int perOutput =
                run.problem().network().fanIn() + (run.problem().network().bias() ? 1 : 0);
        int changes = (carries ? 2 * perOutput : perOutput) + 1;
        List<RationalParameters> iterates = iterates(run, changes + (carries ? 2 : 1));
        RationalMatrix columns = change(iterates, 0, carries);
        for (int i = 1; i < changes; i++) {
            columns = columns.beside(change(iterates, i, carries));
        }
        RowReduction reduced = RowReduction.of(columns);
        int dependent = 0;
        while (reduced.pivots().contains(dependent)) {
            dependent++;
        }
        RationalParameters sum = iterates.get(dependent);
        BigFraction total = BigFraction.ONE;
        for (int i = 0; i < dependent; i++) {
            BigFraction factor = reduced.echelon().at(i, dependent).negate();
            sum = sum.plus(iterates.get(i).times(factor));
            total = total.add(factor);
        }
        return sum.times(total.reciprocal());
    }

    /** Parameters before training and after each step, or after each cycle through the examples. */
    private static List<RationalParameters> iterates(RationalRun run, int count) {
        int stride = run.oneAtATime() ? run.problem().examples() : 1;
        ExactTrainer trainer = new ExactTrainer(run.problem(), run.optimizer(), run.oneAtATime());
        List<RationalParameters> iterates = new ArrayList<>(List.of(trainer.parameters()));
        for (int step = 1; step <= (count - 1) * stride; step++) {
            trainer.step();
            if (step % stride == 0) {
                iterates.add(trainer.parameters());
            }
        }
        return iterates;
    }

    /** Change of the state as a column; with momentum two successive iterates make up the state. */
    private static RationalMatrix change(List<RationalParameters> iterates, int at, boolean pair) {
        RationalMatrix row = row(iterates.get(at + 1)).minus(row(iterates.get(at)));
        return (pair ? row.beside(row(iterates.get(at + 2)).minus(row(iterates.get(at + 1)))) : row).transposed();
    }

    private static RationalMatrix row(RationalParameters parameters) {
        RationalArray bias = parameters.bias();
        RationalMatrix weights = new RationalMatrix(
                parameters.weights().reshaped(1, parameters.weights().length()));
        return bias == null ? weights : weights.beside(new RationalMatrix(bias.reshaped(1, bias.length())));
    }
}
