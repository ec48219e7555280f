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
    /**
     * Norms of one row's state around a step.
     *
     * @param parameters ‖θ_t‖
     * @param parametersAfter ‖θ_{t+1}‖
     * @param residual ‖ρ_t‖
     * @param gradientStep η‖g_t‖
     * @param velocityStep η‖v_t‖
     * @param velocityStepAfter η‖v_{t+1}‖
     */
    record State(
            double parameters,
            double parametersAfter,
            double residual,
            double gradientStep,
            double velocityStep,
            double velocityStepAfter) {}

    /**
     * Norms of the errors of one step.
     *
     * @param storage ‖s_t‖, of the stored parameters
     * @param gradientStep η‖h_t‖, of the gradient times the learning rate
     * @param residual ‖e_t‖, of the residual
     */
    record Step(double storage, double gradientStep, double residual) {}

    private final double momentum;
    private final boolean nesterov;
    /** η, ηc and ηω. */
    private final double rate;

    private final double effectiveStep;
    private final double decayStep;
    /** η(cσ̂² + ω), the largest norm of η times gradient for a unit of the parameters. */
    private final double largestPull;
    /** σ̂. */
    private final double designNorm;
    /** u. */
    private final double unit;
    /** Γ_r and Γ_g, where sizes of terms are looked at Γ'_r and Γ'_g. */
    private final double residualFactor;

    private final double gradientFactor;
    /** χ', ζ_β ⊕ u, ζ_η ⊕ u and ζ_ηβ ⊕ U ⊕ u: relative errors of products with ω, β, η and ηβ. */
    private final double decayFactor;

    private final double momentumFactor;
    private final double rateFactor;
    private final double lookFactor;
    private final SumRoundings sums;
    private final Step underflow;

    /**
     * Of the steps of a method in some precision.
     *
     * @param design d × n with numbers of the precision
     * @param bias whether the last row of the design is that of a bias
     * @param designNorm σ̂
     */
    LocalErrors(
            LinearMethod optimizer,
            double lossScale,
            Precision precision,
            DMatrixRMaj design,
            boolean bias,
            double designNorm) {
        this.designNorm = designNorm;
        momentum = optimizer.momentum();
        nesterov = optimizer.nesterov();
        rate = optimizer.learningRate();
        effectiveStep = rate * lossScale;
        decayStep = rate * optimizer.weightDecay();
        largestPull = rate * (lossScale * designNorm * designNorm + optimizer.weightDecay());
        unit = precision.unitRoundoff();
        momentumFactor = Rounding.both(scalarError(precision, momentum), unit);
        rateFactor = Rounding.both(scalarError(precision, rate), unit);
        lookFactor = Rounding.both(Rounding.both(scalarError(precision, rate * momentum), Rounding.UNIT), unit);
        // gradient descent multiplies by the rate before anything is stored, the others multiply the velocity
        double ofRate = momentum == 0 ? rateFactor : 0;
        double decayError = scalarError(precision, optimizer.weightDecay());
        decayFactor = Rounding.both(Rounding.both(decayError, Rounding.accumulated(2, unit)), ofRate);
        int others = 1 + (lossScale == 1 ? 0 : 1) + (optimizer.weightDecay() > 0 ? 1 : 0);
        sums = new SumRoundings(design, unit, bias, others, Rounding.both(scalarError(precision, lossScale), ofRate));
        // where sizes of terms are looked at, errors grow by a little more than norms say
        double enlargement = sums.isLong() ? sums.enlargement() : 1;
        gradientFactor = enlargement * sums.gradientFactor();
        residualFactor = enlargement * sums.residualFactor();
        underflow = underflow(design, precision, sums.mostInColumn(), optimizer);
    }

    /** Number of operations times the smallest normal number; of a design of zeros, only decay computes anything. */
    private static Step underflow(DMatrixRMaj design, Precision precision, int mostTerms, LinearMethod optimizer) {
        double tiny = mostTerms == 0 && optimizer.weightDecay() == 0 ? 0 : precision.smallestNormal();
        double side = Math.sqrt(design.numRows);
        return new Step(
                8 * side * tiny,
                optimizer.learningRate() * (2 * design.numCols + 8) * side * tiny,
                (2 * mostTerms + 2) * Math.sqrt(design.numCols) * tiny);
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

    /** ℓ_s, ηℓ_g and ℓ_e: growth of the errors per unit by which parameters, and η times velocity, stray. */
    Step growth() {
        StepErrors errors = new StepErrors(1);
        setLinear(PathNorms.of(new State(1, 1, designNorm, largestPull, 1, 1)), 1, errors);
        return errors.step(0);
    }

    /** The errors without underflow, linear in the norms. */
    private void setLinear(PathNorms path, int steps, StepErrors errors) {
        setFromNorms(path, steps, errors);
        if (path.isMeasured) {
            sharpen(path, steps, errors);
        }
        if (momentum != 0 && nesterov) {
            addLookAhead(path, steps, errors);
        }
        if (momentum != 0) {
            addVelocity(path, steps, errors);
        }
    }

    /** Residual, gradient and the last sum of a step, items 1 to 3 of §2. */
    private void setFromNorms(PathNorms path, int steps, StepErrors errors) {
        double ofResidual = effectiveStep * gradientFactor;
        double ofDecay = decayStep * decayFactor;
        for (int step = 0; step < steps; step++) {
            double residual = residualFactor * path.parameters[step];
            errors.residual[step] = residual;
            errors.gradientStep[step] =
                    ofResidual * (path.residuals[step] + residual) + ofDecay * path.parameters[step];
            errors.storage[step] = unit * path.parameters[step + 1];
        }
    }

    /** Replaces the errors of residual and gradient where the sizes of the terms say less, §13. */
    private void sharpen(PathNorms path, int steps, StepErrors errors) {
        double ofDecay = decayStep * decayFactor;
        for (int step = 0; step < steps; step++) {
            double residual = Math.min(errors.residual[step], path.ofResiduals[step]);
            double ofSums = Math.min(gradientFactor * path.residuals[step], path.ofGradients[step]);
            errors.residual[step] = residual;
            errors.gradientStep[step] =
                    effectiveStep * (ofSums + gradientFactor * residual) + ofDecay * path.parameters[step];
        }
    }

    /**
     * The velocity, and for the heavy ball its product with the rate, which other frameworks multiply the gradient by:
     * items 4 and 6 of §2.
     */
    private void addVelocity(PathNorms path, int steps, StepErrors errors) {
        double ofVelocity = momentumFactor * momentum;
        double stored = nesterov ? 0 : rateFactor;
        for (int step = 0; step < steps; step++) {
            double after = path.velocitySteps[step + 1];
            errors.gradientStep[step] += ofVelocity * path.velocitySteps[step]
                    + unit * after
                    + rateFactor * computedGradient(path, step, errors);
            errors.storage[step] += stored * after;
        }
    }

    /** η times the gradient as it is stored, from the gradient's error before the velocity's is added. */
    private double computedGradient(PathNorms path, int step, StepErrors errors) {
        return path.gradientSteps[step]
                + errors.gradientStep[step]
                + effectiveStep * designNorm * errors.residual[step];
    }

    /** Nesterov's update, items 4 and 6 of §2, from the gradient's error before the velocity's is added. */
    private void addLookAhead(PathNorms path, int steps, StepErrors errors) {
        double ofVelocity = momentumFactor * momentum;
        for (int step = 0; step < steps; step++) {
            double velocity = ofVelocity * path.velocitySteps[step] + unit * path.velocitySteps[step + 1];
            double look = momentum * path.velocitySteps[step + 1];
            double computedGradient = computedGradient(path, step, errors);
            errors.storage[step] += velocity
                    + (lookFactor + momentumFactor + rateFactor) * look
                    + (rateFactor + unit) * computedGradient
                    + unit * ((1 + unit) * path.parameters[step + 1] + (1 + lookFactor) * look);
        }
    }
}
