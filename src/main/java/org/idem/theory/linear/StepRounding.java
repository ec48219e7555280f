package org.idem.theory.linear;

import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.Rounding;

/**
 * What rounding adds in one step of the training, and in the same step of the recursion.
 *
 * @param task what is learnt, and how
 * @param widest largest number of inputs or outputs of a layer
 * @param precision arithmetic of the training
 */
record StepRounding(Task task, int widest, Precision precision) {
    /** Roundings of c, η, the residual and of stored products in one gradient. */
    private static final int FEW = 16;

    /**
     * Errors of a step, norms over all layers, all in units of the weights.
     *
     * @param gradient of η times the gradient
     * @param velocity of η times the velocity
     * @param position of the weights
     */
    record Local(double gradient, double velocity, double position) {
        double sum() {
            return gradient + velocity + position;
        }
    }

    /**
     * Bounds the errors of a step.
     *
     * @param here before the step
     * @param next after it
     * @param off bound on the error of the velocity, times η
     */
    Local of(Nearby here, Nearby next, double off) {
        int depth = here.norms().length;
        double unit = precision.unitRoundoff();
        LinearMethod method = task.method();
        double momentum = method.momentum();
        double[] signals = new double[depth + 1];
        double[] errors = new double[depth + 1];
        double sum = Rounding.accumulated(widest + 2, unit);
        signals[0] = task.size();
        for (int layer = 0; layer < depth; layer++) {
            double norm = here.norms()[layer];
            signals[layer + 1] = norm * signals[layer];
            errors[layer + 1] = norm * errors[layer] + sum * here.sizes()[layer] * (signals[layer] + errors[layer]);
        }
        double few = Rounding.accumulated(FEW + task.examples() - 1, unit);
        double rate = method.learningRate();
        double pulled = few * method.weightDecay();
        double gradient = task.lossScale() * (here.residual() + errors[depth]);
        double error = task.lossScale() * errors[depth] + few * gradient;
        double ofGradient = 0;
        double ofVelocity = 0;
        double ofPosition = 0;
        for (int layer = depth - 1; layer >= 0; layer--) {
            double input = signals[layer] + errors[layer];
            double made = error * input + gradient * errors[layer] + few * (gradient + error) * input;
            ofGradient =
                    Math.hypot(ofGradient, rate * (made + pulled * here.sizes()[layer]) + ofRecursion(here, layer));
            double moved = momentum * (here.numbers().speeds()[layer] + off);
            double move = next.numbers().speeds()[layer] + off + moved;
            ofVelocity = Math.hypot(ofVelocity, (few + FEW * Rounding.UNIT) * (momentum > 0 ? moved + move : 0));
            double own = 4 * Rounding.UNIT * next.numbers().stored()[layer];
            double stores = method.nesterov() ? 2 : 1;
            ofPosition = Math.hypot(ofPosition, unit * (stores * next.sizes()[layer] + 2 * moved) + few * move + own);
            error = here.norms()[layer] * error + sum * here.sizes()[layer] * (gradient + error);
            gradient *= here.norms()[layer];
        }
        double numbers = (double) depth * widest * (widest + 4);
        double smallest = numbers * precision.smallestNormal() * (1 + rate) * (1 + gradient + signals[0]);
        double rounded = 1 + 0x1p-10;
        return new Local(
                ofGradient * rounded + smallest,
                ofVelocity * rounded + (momentum > 0 ? smallest : 0),
                ofPosition * rounded + smallest);
    }

    private double ofRecursion(Nearby here, int layer) {
        return Rounding.accumulated(2 * (here.norms().length + widest) + 16)
                * task.method().learningRate()
                * here.numbers().gradients()[layer];
    }
}
