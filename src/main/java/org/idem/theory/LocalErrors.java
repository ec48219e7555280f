package org.idem.theory;

import org.ejml.data.DMatrixRMaj;
import org.idem.array.Precision;
import org.idem.network.Optimizer;

/**
 * Bounds on the roundings of one optimiser step, for one row of parameters.
 *
 * <p>Three kinds are told apart by how they spread: errors of the stored parameters, of the gradient times the learning
 * rate, and of the residuals. All three are linear in the norms of the state. Source: proofs/rounding.md, §2.
 */
final class LocalErrors {
    /** Norms of one row's state around a step: parameters, residual, and learning rate times gradient and velocity. */
    record State(
            double parameters,
            double parametersAfter,
            double residual,
            double gradientStep,
            double velocityStep,
            double velocityStepAfter) {}

    /** Norms of the errors of one step. */
    record Step(double storage, double gradientStep, double residual) {}

    private final Optimizer optimizer;
    private final double lossScale;
    private final double unit;
    private final double residualFactor;
    private final double gradientFactor;
    private final double decayFactor;
    private final double momentumFactor;
    private final double rateFactor;
    private final double lookFactor;
    private final double designNorm;
    private final Step underflow;

    /** Design d × n with numbers of the precision; biases are its last row, if there are any. */
    LocalErrors(
            Optimizer optimizer,
            double lossScale,
            Precision precision,
            DMatrixRMaj design,
            boolean bias,
            double designNorm) {
        this.optimizer = optimizer;
        this.lossScale = lossScale;
        this.designNorm = designNorm;
        unit = precision.unitRoundoff();
        double rate = optimizer.learningRate();
        momentumFactor = Rounding.both(scalarError(precision, optimizer.momentum()), unit);
        rateFactor = Rounding.both(scalarError(precision, rate), unit);
        double product = scalarError(precision, rate * optimizer.momentum());
        lookFactor = Rounding.both(Rounding.both(product, Rounding.UNIT), unit);
        decayFactor = Rounding.both(
                Rounding.both(scalarError(precision, optimizer.weightDecay()), Rounding.accumulated(2, unit)),
                optimizer.momentum() == 0 ? rateFactor : 0);
        int[] inColumn = new int[design.numCols];
        double[] columnNorms = Rounding.columnNorms(design);
        double squares = 0;
        boolean scaled = lossScale != 1;
        double scales = Rounding.both(scalarError(precision, lossScale), optimizer.momentum() == 0 ? rateFactor : 0);
        for (int row = 0; row < design.numRows; row++) {
            int inRow = 0;
            for (int column = 0; column < design.numCols; column++) {
                if (design.get(row, column) != 0) {
                    inRow++;
                    inColumn[column]++;
                }
            }
            boolean ones = bias && row == design.numRows - 1;
            int roundings = inRow - (ones ? 1 : 0) + (scaled ? 1 : 0) + 1 + (optimizer.weightDecay() > 0 ? 1 : 0);
            double factor = Rounding.both(Rounding.accumulated(roundings, unit), scales);
            squares += Math.pow(factor * Rounding.rowNorm(design, row), 2);
        }
        gradientFactor = Math.sqrt(squares);
        squares = 0;
        int most = 0;
        for (int column = 0; column < design.numCols; column++) {
            squares += Math.pow(Rounding.accumulated(inColumn[column], unit) * columnNorms[column], 2);
            most = Math.max(most, inColumn[column]);
        }
        residualFactor = Math.sqrt(squares);
        double tiny = most == 0 ? 0 : precision == Precision.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
        double side = Math.sqrt(design.numRows);
        underflow = new Step(
                8 * side * tiny,
                rate * (2 * design.numCols + 8) * side * tiny,
                (2 * most + 2) * Math.sqrt(design.numCols) * tiny);
    }

    /** Relative error of a factor that is rounded to the precision before use. */
    private static double scalarError(Precision precision, double value) {
        return value == 0 ? 0 : Math.abs(precision.round(value) - value) / Math.abs(value);
    }

    /** Errors of a step whose computed state has these norms. */
    Step at(State state) {
        Step errors = linear(state);
        return new Step(
                errors.storage + underflow.storage,
                errors.gradientStep + underflow.gradientStep,
                errors.residual + underflow.residual);
    }

    /** Growth of the errors per unit by which parameters, and learning rate times velocity, stray. */
    Step growth() {
        double rate = optimizer.learningRate();
        double curvature = lossScale * designNorm * designNorm + optimizer.weightDecay();
        return linear(new State(1, 1, designNorm, rate * curvature, 1, 1));
    }

    private Step linear(State state) {
        double rate = optimizer.learningRate();
        double momentum = optimizer.momentum();
        double residual = residualFactor * state.parameters;
        double gradient = rate
                * (lossScale * gradientFactor * (state.residual + residual)
                        + optimizer.weightDecay() * decayFactor * state.parameters);
        double storage = unit * state.parametersAfter;
        if (momentum == 0) {
            return new Step(storage, gradient, residual);
        }
        double velocity = momentumFactor * momentum * state.velocityStep + unit * state.velocityStepAfter;
        if (!optimizer.nesterov()) {
            storage += rateFactor * state.velocityStepAfter;
            return new Step(storage, gradient + velocity, residual);
        }
        double look = momentum * state.velocityStepAfter;
        double computedGradient = state.gradientStep + gradient + rate * lossScale * designNorm * residual;
        storage += velocity
                + lookFactor * look
                + rateFactor * computedGradient
                + unit * ((1 + unit) * state.parametersAfter + (1 + lookFactor) * look);
        return new Step(storage, gradient + velocity, residual);
    }
}
