package org.idem.theory.deep;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.theory.arithmetic.AccurateProduct;
import org.idem.theory.arithmetic.Rounding;

/**
 * How far rounding can carry a layer off the span of its inputs, from the weights and losses that training met. Source:
 * proofs/rounding.md, section 11.
 */
public final class OffSpanBudget {
    private final TrainingProblem problem;
    private final int stage;
    private final LinearMethod optimizer;
    private final double lossScale;
    private final double unit;
    private final double underflow;
    private final int sites;
    private final OffSpan span;
    /** Those of the span, one for each column of θ. */
    private final double[] inputNorms;
    /** A factor 1 + γ_8 for second-order terms: nothing that a step computes passes more than eight roundings. */
    private final double enlarged;
    /** Bounds on the errors of each parameter, in the shape of θ. */
    private final DMatrixRMaj errors;
    /** Bounds on η times velocity of each parameter at the step that is looked at, in the shape of θ. */
    private final DMatrixRMaj velocity;
    /** Bounds on the drift of each row along what is not quite off the span. */
    private final double[] drift;

    private OffSpanBudget(
            TrainingProblem problem, int stage, OffSpan span, LinearMethod optimizer, int batch, Precision precision) {
        this.problem = problem;
        this.stage = stage;
        this.span = span;
        this.optimizer = optimizer;
        unit = precision.unitRoundoff();
        underflow = precision.smallestNormal();
        int examples = problem.examples();
        lossScale = problem.loss().scale(problem.targets().length() / examples * (long) batch);
        int[] shape = problem.network().signalShapes(problem.inputs().shape()).get(stage + 1);
        int outputs = shape[1];
        sites = Array.lengthOf(shape) / outputs / examples * batch;
        inputNorms = span.inputNorms();
        enlarged = 1 + Rounding.accumulated(8, unit);
        errors = new DMatrixRMaj(outputs, inputNorms.length);
        velocity = new DMatrixRMaj(outputs, inputNorms.length);
        drift = new double[outputs];
    }

    /**
     * Bounds the distance of θΠ⊥ of a trained layer from {@link OffSpan#remaining}.
     *
     * @param problem data and network, in the training's precision
     * @param stage of the layer, from 0
     * @param span of the layer's inputs
     * @param optimizer method
     * @param batch examples in each step, a divisor of their number
     * @param path parameters before each step and after the last
     * @param losses before each step
     * @param precision arithmetic of the training
     * @return in the shape of {@link OffSpan#of}
     */
    public static Array of(
            TrainingProblem problem,
            int stage,
            OffSpan span,
            LinearMethod optimizer,
            int batch,
            List<List<StageParameters>> path,
            List<Double> losses,
            Precision precision) {
        OffSpanBudget budget = new OffSpanBudget(problem, stage, span, optimizer, batch, precision);
        budget.addSteps(path, losses);
        return budget.projected(path.get(0).get(stage), path.get(losses.size()).get(stage), losses.size());
    }

    /**
     * Bounds on the rounding of a layer by itself: training takes it from its initial weights times what weight decay
     * leaves of them, plus something in the span of its inputs, plus this.
     *
     * @param problem data and network, in the training's precision
     * @param stage of the layer, from 0
     * @param span of the layer's inputs
     * @param optimizer method
     * @param batch examples in each step, a divisor of their number
     * @param path parameters before each step and after the last
     * @param losses before each step
     * @param precision arithmetic of the training
     * @return in the shape of the layer's weights, with a bias as last column
     */
    static DMatrixRMaj errors(
            TrainingProblem problem,
            int stage,
            OffSpan span,
            LinearMethod optimizer,
            int batch,
            List<List<StageParameters>> path,
            List<Double> losses,
            Precision precision) {
        OffSpanBudget budget = new OffSpanBudget(problem, stage, span, optimizer, batch, precision);
        budget.addSteps(path, losses);
        return budget.errors;
    }

    private void addSteps(List<List<StageParameters>> path, List<Double> losses) {
        int steps = losses.size();
        double[] ofPosition = new double[steps];
        double[] ofGradient = new double[steps];
        responses(ofPosition, ofGradient);
        double passed = 1 + Rounding.accumulated(GradientReach.operations(problem, stage), unit);
        for (int step = 0; step < steps; step++) {
            double[] reach = GradientReach.of(problem.network(), path.get(step), stage);
            double residual = passed * Math.sqrt(2 * lossScale * losses.get(step));
            DMatrixRMaj before = DeepForward.rows(path.get(step).get(stage));
            DMatrixRMaj after = DeepForward.rows(path.get(step + 1).get(stage));
            int left = steps - 1 - step;
            for (int row = 0; row < errors.numRows; row++) {
                double gradient = optimizer.learningRate() * residual * reach[row];
                drift[row] += ofGradient[left] * gradient;
                for (int column = 0; column < errors.numCols; column++) {
                    int at = row * errors.numCols + column;
                    double data = Rounding.accumulated(sites, unit) * gradient * inputNorms[column];
                    StepErrors made = made(at, before.data[at], after.data[at], data);
                    errors.data[at] += ofPosition[left] * made.position + ofGradient[left] * made.gradient;
                }
            }
        }
    }

    /** |R_k| and |G_k|: what a unit error of the position, or of η times the gradient, is k steps later. */
    private void responses(double[] ofPosition, double[] ofGradient) {
        double look = optimizer.nesterov() ? 1 + optimizer.momentum() : 1;
        double[] position = {1, 0};
        double[] gradient = {-look, 1};
        for (int k = 0; k < ofPosition.length; k++) {
            ofPosition[k] = Math.abs(position[0]);
            ofGradient[k] = Math.abs(gradient[0]);
            advance(position);
            advance(gradient);
        }
    }

    /** One step of (position, η times velocity) in a direction without data. */
    private void advance(double[] state) {
        double pull = optimizer.learningRate() * optimizer.weightDecay() * state[0];
        state[1] = optimizer.momentum() * state[1] + pull;
        state[0] -= optimizer.nesterov() ? pull + optimizer.momentum() * state[1] : state[1];
    }

    /**
     * Bounds on what one step gets wrong in one parameter.
     *
     * @param position s_t
     * @param gradient η|h_t|
     */
    private record StepErrors(double position, double gradient) {}

    /**
     * The errors that a step makes in one parameter, after which its velocity is that of the next step. All gradients
     * and velocities are times η.
     *
     * @param at index of the parameter
     * @param before its value before the step
     * @param after its value after the step
     * @param data error of the gradient's data part
     */
    private StepErrors made(int at, double before, double after, double data) {
        double momentum = optimizer.momentum();
        double earlier = velocity.data[at];
        double moved = Math.abs(after - before) + unit * Math.abs(after);
        double gradient;
        double position;
        if (optimizer.nesterov()) {
            double between = unit * (Math.abs(after) + moved + momentum * momentum * earlier);
            gradient = enlarged * (moved + between + momentum * momentum * earlier) / (1 + momentum);
            velocity.data[at] = enlarged * (momentum * earlier + gradient);
            double look = momentum * velocity.data[at];
            position = unit * gradient
                    + (2 * unit + Rounding.UNIT) * enlarged * look
                    + unit * (2 * Math.abs(after) + enlarged * look);
        } else {
            velocity.data[at] = enlarged * moved;
            gradient = velocity.data[at] + enlarged * momentum * earlier;
            position = unit * velocity.data[at] + unit * Math.abs(after);
        }
        double ofGradient = data + (sites + 8) * underflow * Math.max(1, optimizer.learningRate());
        double decay = optimizer.learningRate() * optimizer.weightDecay() * Math.abs(before);
        ofGradient += decay > 0 ? unit * enlarged * (decay + gradient) : 0;
        if (momentum > 0) {
            double carried = unit * enlarged * (momentum * earlier + velocity.data[at]);
            ofGradient += carried;
            position += optimizer.nesterov() ? carried : 0;
        }
        return new StepErrors(position + 8 * underflow, ofGradient);
    }

    /** Off the span, with what the computed projector lets through and the rounding of both sides. */
    private Array projected(StageParameters initial, StageParameters trained, int steps) {
        DMatrixRMaj projector = span.projector();
        DMatrixRMaj bound = CommonOps_DDRM.mult(errors, DeepForward.absolute(projector), null);
        double[] through = span.leak();
        Array claimed = span.remaining(initial, optimizer, steps);
        Array seen = span.of(trained);
        Array budget = Array.zeros(bound.numRows, bound.numCols);
        for (int i = 0; i < budget.length(); i++) {
            // the claim is a product, its factor one of a few powers, each correct almost to the last bit
            double own = Math.abs(seen.values()[i]) + 4 * Math.abs(claimed.values()[i]);
            budget.values()[i] =
                    bound.data[i] + drift[i / bound.numCols] * through[i % bound.numCols] + own * Rounding.UNIT;
        }
        DMatrixRMaj sizes = CommonOps_DDRM.mult(
                DeepForward.absolute(DeepForward.rows(initial)), DeepForward.absolute(projector), null);
        CommonOps_DDRM.addEquals(
                sizes,
                CommonOps_DDRM.mult(
                        DeepForward.absolute(DeepForward.rows(trained)), DeepForward.absolute(projector), null));
        for (int i = 0; i < budget.length(); i++) {
            budget.values()[i] += AccurateProduct.SECOND_ORDER * sizes.data[i];
        }
        return budget;
    }
}
