package org.idem.laboratory.prediction;

import java.util.Arrays;
import java.util.Optional;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.laboratory.plan.Point;
import org.idem.laboratory.plan.Rules;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.network.Cnn;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.theory.BoundedOutputs;
import org.idem.theory.ClosedForm;
import org.idem.theory.CyclicForm;
import org.idem.theory.SteppedForm;
import org.idem.theory.design.Design;

/**
 * A run that T1 or T2 speaks about: one linear map, trained on all examples in every step by gradient descent with or
 * without momentum and decay, or on one example in every step by plain gradient descent, inside the stable range.
 *
 * @param problem data and initial weights, numbers of the precision
 * @param design of its inputs
 * @param form its closed form, a {@link CyclicForm} where steps see one of several examples
 * @param method how it is trained
 * @param precision arithmetic of the training
 */
record OneLayer(LinearProblem problem, Design design, SteppedForm form, LinearMethod method, Precision precision) {
    /** A prediction about a design of more numbers would cost more than training. */
    static final int MOST_NUMBERS = 1 << 22;
    /** With more modes, as of kernels of side 13 on 28 × 28 pixels, budgets would cost more than training. */
    static final int MOST_MODES = 128;

    /** Squares of smaller inputs meet the smallest numbers of the precision, which no rounding budget covers. */
    private static final double LEAST_SINGLE = 0x1p-48;

    private static final double LEAST_DOUBLE = 0x1p-200;
    /** From as many channels on, single precision may transform convolutions, which no rounding budget covers. */
    private static final int TRANSFORMED = 16;

    /**
     * The view of a run, if the theorems speak about it and the prediction costs little.
     *
     * @param run any
     * @return empty for other runs
     */
    static Optional<OneLayer> of(Run run) {
        Point point = run.task().point();
        if (!run.task().network().isLinearMap() || !(Rules.optimizer(point) instanceof LinearMethod method)) {
            return Optional.empty();
        }
        boolean cyclic = !run.task().usesAllExamples();
        boolean plain = method.momentum() == 0 && method.weightDecay() == 0;
        if (cyclic && !(run.task().batch() == 1 && plain)) {
            return Optional.empty();
        }
        Precision precision = point.get(StudyAxes.PRECISION);
        LinearProblem problem = LinearProblem.of(run.problem()).rounded(precision);
        long columns = problem.targets().length() / problem.map().outputs();
        long rows = problem.map().fanIn() + 1L;
        if (rows * columns > MOST_NUMBERS || Math.min(rows, columns) > MOST_MODES || !isCovered(problem, precision)) {
            return Optional.empty();
        }
        Design design = Design.of(problem.map(), problem.inputs());
        SteppedForm form = cyclic ? new CyclicForm(problem, design) : new ClosedForm(problem, design);
        double steepest = method.learningRate() * (form.largestCurvature() + method.weightDecay());
        return steepest < method.stableProduct()
                ? Optional.of(new OneLayer(problem, design, form, method, precision))
                : Optional.empty();
    }

    /** Whether rounding budgets hold for the engine on such data. */
    private static boolean isCovered(LinearProblem problem, Precision precision) {
        boolean single = precision == Precision.FLOAT32;
        boolean transformed = single
                && problem.map() instanceof Cnn cnn
                && cnn.kernel() > 1
                && Math.min(cnn.channels(), cnn.outputs()) >= TRANSFORMED;
        double largest = largest(problem.inputs());
        return !transformed && (largest == 0 || largest >= (single ? LEAST_SINGLE : LEAST_DOUBLE));
    }

    private static double largest(Array array) {
        return Arrays.stream(array.values()).map(Math::abs).max().orElse(0);
    }

    /** Whether steps see one of several examples, in order. */
    boolean cyclic() {
        return form instanceof CyclicForm;
    }

    /**
     * Outputs after some steps, with the rounding budget of each.
     *
     * @param steps that were taken
     * @param inputs numbers of the precision
     */
    BoundedOutputs afterSteps(int steps, Array inputs) {
        return form instanceof ClosedForm full
                ? full.afterSteps(method, steps, precision, inputs)
                : new BoundedOutputs(
                        form.outputs(form.parameters(method, new Horizon.Steps(steps)), inputs),
                        form.budget(method, steps, precision, inputs));
    }

    /** Family of theorems, T1 for fully connected networks, T2 for convolutional ones. */
    String family() {
        return problem.map() instanceof Cnn ? "T2" : "T1";
    }

    /** The theorem about trajectories that says most of the run's setting. */
    String theorem() {
        String part;
        if (cyclic()) {
            part = "cyclic";
        } else if (method.momentum() > 0) {
            part = method.nesterov() ? "nesterov" : "heavy-ball";
        } else if (method.weightDecay() > 0) {
            part = "decay";
        } else if (problem.map().bias()) {
            part = "bias";
        } else if (problem.examples() > 1) {
            part = problem.map() instanceof Cnn ? "images" : "examples";
        } else {
            part = "steps";
        }
        return family() + "." + part;
    }
}
