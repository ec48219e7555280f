package org.idem.theory.rounding;

import org.ejml.data.DMatrixRMaj;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.Rounding;

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

    private final LinearMethod optimizer;
    private final double lossScale;
    private final double unit;
    private final double residualFactor;
    private final double gradientFactor;
    private final double decayFactor;
    private final double momentumFactor;
    private final double rateFactor;
    private final double lookFactor;
    private final double designNorm;
    private final SumRoundings sums;
    private final Step underflow;

    /** Design d × n with numbers of the precision; biases are its last row, if there are any. */
    LocalErrors(
            LinearMethod optimizer,
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
        boolean scaled = lossScale != 1;
        double scales = Rounding.both(scalarError(precision, lossScale), optimizer.momentum() == 0 ? rateFactor : 0);
        int others = 1 + (scaled ? 1 : 0) + (optimizer.weightDecay() > 0 ? 1 : 0);
        sums = new SumRoundings(design, unit, bias, others, scales);
        // where sizes of terms are looked at, errors grow by a little more than norms say
        double enlargement = sums.isLong() ? sums.enlargement() : 1;
        gradientFactor = enlargement * sums.gradientFactor();
        residualFactor = enlargement * sums.residualFactor();
        int most = sums.mostInColumn();
        double tiny = most == 0 ? 0 : precision == Precision.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
        double side = Math.sqrt(design.numRows);
        underflow = new Step(
                8 * side * tiny,
                rate * (2 * design.numCols + 8) * side * tiny,
                (2 * most + 2) * Math.sqrt(design.numCols) * tiny);
    }

    /** The sums of a step. */
    SumRoundings sums() {
        return sums;
    }

    /** Bound on the norm of the residual's error per unit of the parameters. */
    double residualFactor() {
        return residualFactor;
    }

    /** Bound on the norm of the gradient's error per unit of the residual, without loss scale. */
    double gradientFactor() {
        return gradientFactor;
    }

    /** Relative error of a factor that is rounded to the precision before use. */
    private static double scalarError(Precision precision, double value) {
        return value == 0 ? 0 : Math.abs(precision.round(value) - value) / Math.abs(value);
    }

    /** Errors of a step whose computed state has these norms. */
    Step at(State state) {
        StepErrors errors = new StepErrors(1);
        along(PathNorms.of(state), 1, errors);
        return errors.step(0);
    }

    /** Errors of so many steps whose computed states have these norms. */
    void along(PathNorms path, int steps, StepErrors errors) {
        setLinear(path, steps, errors);
        for (int step = 0; step < steps; step++) {
            errors.storage[step] += underflow.storage;
            errors.gradientStep[step] += underflow.gradientStep;
            errors.residual[step] += underflow.residual;
        }
    }

    /** Growth of the errors per unit by which parameters, and learning rate times velocity, stray. */
    Step growth() {
        double rate = optimizer.learningRate();
        double curvature = lossScale * designNorm * designNorm + optimizer.weightDecay();
        StepErrors errors = new StepErrors(1);
        setLinear(PathNorms.of(new State(1, 1, designNorm, rate * curvature, 1, 1)), 1, errors);
        return errors.step(0);
    }

    private void setLinear(PathNorms path, int steps, StepErrors errors) {
        double rate = optimizer.learningRate();
        double momentum = optimizer.momentum();
        double ofResidual = rate * lossScale * gradientFactor;
        double ofDecay = rate * optimizer.weightDecay() * decayFactor;
        for (int step = 0; step < steps; step++) {
            double residual = residualFactor * path.parameters[step];
            errors.residual[step] = residual;
            errors.gradientStep[step] =
                    ofResidual * (path.residuals[step] + residual) + ofDecay * path.parameters[step];
            errors.storage[step] = unit * path.parameters[step + 1];
        }
        for (int step = 0; path.isMeasured && step < steps; step++) {
            double residual = Math.min(errors.residual[step], path.ofResiduals[step]);
            double ofSums = Math.min(gradientFactor * path.residuals[step], path.ofGradients[step]);
            errors.residual[step] = residual;
            errors.gradientStep[step] =
                    rate * lossScale * (ofSums + gradientFactor * residual) + ofDecay * path.parameters[step];
        }
        if (momentum == 0) {
            return;
        }
        if (optimizer.nesterov()) {
            addLookAhead(path, steps, errors);
        }
        double ofVelocity = momentumFactor * momentum;
        double stored = optimizer.nesterov() ? 0 : rateFactor;
        for (int step = 0; step < steps; step++) {
            double after = path.velocitySteps[step + 1];
            errors.gradientStep[step] += ofVelocity * path.velocitySteps[step] + unit * after;
            errors.storage[step] += stored * after;
        }
    }

    /** Nesterov's update, from the gradient's error before the velocity's is added. */
    private void addLookAhead(PathNorms path, int steps, StepErrors errors) {
        double momentum = optimizer.momentum();
        double ofVelocity = momentumFactor * momentum;
        double pull = optimizer.learningRate() * lossScale * designNorm;
        for (int step = 0; step < steps; step++) {
            double velocity = ofVelocity * path.velocitySteps[step] + unit * path.velocitySteps[step + 1];
            double look = momentum * path.velocitySteps[step + 1];
            double computedGradient =
                    path.gradientSteps[step] + errors.gradientStep[step] + pull * errors.residual[step];
            errors.storage[step] += velocity
                    + lookFactor * look
                    + rateFactor * computedGradient
                    + unit * ((1 + unit) * path.parameters[step + 1] + (1 + lookFactor) * look);
        }
    }
}
