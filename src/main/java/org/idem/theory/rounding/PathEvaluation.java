package org.idem.theory.rounding;

import org.ejml.data.DMatrixRMaj;
import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.ModeCoordinates;

/** What rounding does to paths of modes that are followed in double precision. Source: proofs/rounding.md. */
final class PathEvaluation {
    private PathEvaluation() {}

    /** Bound on how far the path of a row, evaluated in double precision, may lie from the exact one. */
    static ResponseSums.Stray error(
            ModeCoordinates coordinates,
            int row,
            LeastSquares problem,
            LinearMethod optimizer,
            double largestNorm,
            ResponseSums sums) {
        DMatrixRMaj design = problem.design();
        double designNorm = Math.sqrt(problem.squaredNorm());
        int operations = 2 * (design.numRows + design.numCols) + 12;
        double input = Math.sqrt(coordinates.start().numCols)
                * (Rounding.accumulated(operations) + problem.spectrum().skewness())
                * ((coordinates.startNorms()[row] + largestNorm) * designNorm
                        + coordinates.targetNorms()[row]);
        double everyStep = 128 * Rounding.UNIT * largestNorm;
        if (problem.spectrum().exampleSide()) {
            return sums.firstOrder(everyStep, input);
        }
        double gradient = optimizer.learningRate() * problem.lossScale() * designNorm * input;
        double ofStart = (Rounding.accumulated(operations) + problem.spectrum().skewness()) * largestNorm;
        ResponseSums.Stray later = sums.firstOrder(everyStep + gradient, 0);
        return new ResponseSums.Stray(later.state() + ofStart * sums.largest(), 0);
    }
}
