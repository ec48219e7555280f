package org.idem.theory.rounding;

import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.LongTail;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.ModeCoordinates;
import org.idem.theory.design.Spectrum;

/**
 * Bounds on the norms along the exact path of a row in a run too long to be walked: no mode gets further than a
 * constant force, as large as the largest on the way, would take it. Source: proofs/rounding.md, §5.
 */
final class LongRunPath {
    /**
     * What holds of every step.
     *
     * @param state norms around the step
     * @param coordinates norm of what the error of the spectrum meets
     */
    record Bound(LocalErrors.State state, double coordinates) {}

    private final LeastSquares problem;
    private final Spectrum spectrum;
    private final LinearMethod optimizer;
    private final ModeCoordinates start;
    private final ResponseSums sums;
    /** κ of the proof: the largest share of θ_0 that may be kept, or by momentum overshot. */
    private final double keeps;

    /** Of a run with so many steps, whose responses have been summed. */
    LongRunPath(LeastSquares problem, LinearMethod optimizer, ModeCoordinates start, int steps, ResponseSums sums) {
        this.problem = problem;
        this.optimizer = optimizer;
        this.start = start;
        this.sums = sums;
        spectrum = problem.spectrum();
        keeps = new LongTail(optimizer, steps).largest(optimizer.learningRate() * optimizer.weightDecay(), 1, 0);
    }

    Bound of(int row) {
        double rate = optimizer.learningRate();
        double decay = optimizer.weightDecay();
        boolean exampleSide = spectrum.exampleSide();
        double designNorm = spectrum.designNorm();
        double moved = 0;
        double coordinates = 0;
        for (int mode = 0; mode < spectrum.modes(); mode++) {
            double way = rate * force(row, mode) * sums.sumOfMode(mode);
            coordinates += way * way;
            moved += (exampleSide ? spectrum.values()[mode] + spectrum.error() : 1) * (way * way);
        }
        double norm = (exampleSide ? keeps : 1) * start.startNorms()[row] + Math.sqrt(moved);
        double residual = designNorm * norm + start.targetNorms()[row];
        double gradientStep = rate * (problem.lossScale() * designNorm * residual + decay * norm);
        return new Bound(
                new LocalErrors.State(norm, norm, residual, gradientStep, norm, norm),
                exampleSide ? Math.sqrt(coordinates) : norm);
    }

    /** Largest force in a mode; on the parameter side the first pull. */
    private double force(int row, int mode) {
        double scale = problem.lossScale();
        double from = start.start().get(row, mode);
        double to = start.targets().get(row, mode);
        return spectrum.exampleSide()
                ? scale * (keeps * Math.abs(from) + Math.abs(to))
                : Math.abs(scale * (spectrum.values()[mode] * from - to) + optimizer.weightDecay() * from);
    }
}
