package org.idem.theory.linear;

import org.idem.array.Precision;
import org.idem.theory.arithmetic.Rounding;

/**
 * What rounding adds in one step of the training, and in the same step of the recursion.
 *
 * @param path the recursion
 * @param across bounds on the Frobenius norms of R_j at the start
 * @param widest largest number of inputs or outputs of a layer
 * @param precision arithmetic of the training
 */
record StepRounding(AlignedPath path, double[] across, int widest, Precision precision) {
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
    Local of(PathState here, PathState next, double off) {
        int depth = across.length;
        double unit = precision.unitRoundoff();
        double momentum = path.method().momentum();
        double[] signals = new double[depth + 1];
        double[] errors = new double[depth + 1];
        double sum = Rounding.accumulated(widest + 2, unit);
        signals[0] = path.inputNorm();
        for (int layer = 0; layer < depth; layer++) {
            double norm = here.norms()[layer];
            signals[layer + 1] = norm * signals[layer];
            errors[layer + 1] = norm * errors[layer] + sum * here.sizes()[layer] * (signals[layer] + errors[layer]);
        }
        double few = Rounding.accumulated(FEW, unit);
        double rate = path.method().learningRate();
        double pulled = few * path.method().weightDecay();
        double gradient = path.lossScale() * (here.residual() + errors[depth]);
        double error = path.lossScale() * errors[depth] + few * gradient;
        double ofGradient = 0;
        double ofVelocity = 0;
        double ofPosition = 0;
        for (int layer = depth - 1; layer >= 0; layer--) {
            double input = signals[layer] + errors[layer];
            double made = error * input + gradient * errors[layer] + few * (gradient + error) * input;
            ofGradient += square(rate * (made + pulled * here.sizes()[layer]) + ofRecursion(here.point(), layer));
            double moved = momentum * (speed(here.point(), layer) + off);
            double move = speed(next.point(), layer) + off + moved;
            ofVelocity += square((few + FEW * Rounding.UNIT) * (momentum > 0 ? moved + move : 0));
            double own = 4
                    * Rounding.UNIT
                    * (Math.abs(next.point().strengths()[layer])
                            + Math.abs(next.point().kept()) * across[layer]);
            double stores = path.method().nesterov() ? 2 : 1;
            ofPosition += square(unit * (stores * next.sizes()[layer] + 2 * moved) + few * move + own);
            error = norm(here, layer) * error + sum * here.sizes()[layer] * (gradient + error);
            gradient *= norm(here, layer);
        }
        double numbers = (double) depth * widest * (widest + 4);
        double smallest = numbers * precision.smallestNormal() * (1 + rate) * (1 + gradient + signals[0]);
        double rounded = 1 + 0x1p-10;
        return new Local(
                Math.sqrt(ofGradient) * rounded + smallest,
                Math.sqrt(ofVelocity) * rounded + (momentum > 0 ? smallest : 0),
                Math.sqrt(ofPosition) * rounded + smallest);
    }

    private static double norm(PathState state, int layer) {
        return state.norms()[layer];
    }

    private static double square(double number) {
        return number * number;
    }

    /** η times the velocity of a layer. */
    private double speed(AlignedPath.Point point, int layer) {
        double along = point.velocities()[layer];
        return path.method().learningRate() * Math.hypot(along, point.keptVelocity() * across[layer]);
    }

    private double ofRecursion(AlignedPath.Point point, int layer) {
        double[] strengths = point.strengths();
        double all = path.inputNorm() * Math.abs(point.product()) + path.targetNorm();
        double pull = path.lossScale() * path.inputNorm() * all * Math.abs(AlignedPath.product(strengths, layer));
        double size = Math.abs(strengths[layer]) + Math.abs(point.kept()) * across[layer];
        double gradient = pull + path.method().weightDecay() * size;
        return Rounding.accumulated(2 * (strengths.length + widest) + 16)
                * path.method().learningRate()
                * gradient;
    }
}
