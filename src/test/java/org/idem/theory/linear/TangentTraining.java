package org.idem.theory.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.network.LinearMethod;

/**
 * Training of a deep linear network in matrices, scale of the loss 1, and what it makes of small changes of its initial
 * weights: the derivative of every step, by the chain rule.
 */
final class TangentTraining {
    private final DMatrixRMaj inputs;
    private final DMatrixRMaj targets;
    private final LinearMethod method;
    private List<DMatrixRMaj> weights;
    private List<DMatrixRMaj> changes;
    private final List<DMatrixRMaj> velocities;
    private final List<DMatrixRMaj> velocityChanges;

    /**
     * Before the first step.
     *
     * @param start weights, kept
     * @param changes of the weights, kept
     * @param inputs one column for each example
     * @param targets the same
     */
    private TangentTraining(
            List<DMatrixRMaj> start,
            List<DMatrixRMaj> changes,
            DMatrixRMaj inputs,
            DMatrixRMaj targets,
            LinearMethod method) {
        this.inputs = inputs;
        this.targets = targets;
        this.method = method;
        weights = start;
        this.changes = changes;
        velocities = start.stream().map(DMatrixRMaj::createLike).toList();
        velocityChanges = start.stream().map(DMatrixRMaj::createLike).toList();
    }

    /** The weights of all layers after some steps, one after another. */
    static double[] weights(
            List<DMatrixRMaj> start, DMatrixRMaj inputs, DMatrixRMaj targets, LinearMethod method, int steps) {
        List<DMatrixRMaj> nothing = start.stream().map(DMatrixRMaj::createLike).toList();
        TangentTraining training = new TangentTraining(start, nothing, inputs, targets, method);
        training.train(steps);
        return joined(training.weights);
    }

    /** What becomes of a change of the initial weights. */
    static double[] changes(
            List<DMatrixRMaj> start,
            List<DMatrixRMaj> change,
            DMatrixRMaj inputs,
            DMatrixRMaj targets,
            LinearMethod method,
            int steps) {
        TangentTraining training = new TangentTraining(start, change, inputs, targets, method);
        training.train(steps);
        return joined(training.changes);
    }

    /** What becomes of every change of one weight by 1, one column for each. */
    static DMatrixRMaj map(
            List<DMatrixRMaj> start, DMatrixRMaj inputs, DMatrixRMaj targets, LinearMethod method, int steps) {
        int length = joined(start).length;
        DMatrixRMaj map = new DMatrixRMaj(length, length);
        int column = 0;
        for (int layer = 0; layer < start.size(); layer++) {
            for (int i = 0; i < start.get(layer).data.length; i++, column++) {
                List<DMatrixRMaj> change =
                        start.stream().map(DMatrixRMaj::createLike).toList();
                change.get(layer).data[i] = 1;
                double[] after = changes(start, change, inputs, targets, method, steps);
                for (int row = 0; row < length; row++) {
                    map.set(row, column, after[row]);
                }
            }
        }
        return map;
    }

    private static double[] joined(List<DMatrixRMaj> matrices) {
        return matrices.stream()
                .flatMapToDouble(matrix -> Arrays.stream(matrix.data))
                .toArray();
    }

    private void train(int steps) {
        for (int step = 0; step < steps; step++) {
            step();
        }
    }

    private void step() {
        int depth = weights.size();
        List<DMatrixRMaj> signals = new ArrayList<>(List.of(inputs));
        List<DMatrixRMaj> moved = new ArrayList<>(List.of(inputs.createLike()));
        for (int layer = 0; layer < depth; layer++) {
            DMatrixRMaj change = CommonOps_DDRM.mult(weights.get(layer), moved.get(layer), null);
            CommonOps_DDRM.multAdd(changes.get(layer), signals.get(layer), change);
            signals.add(CommonOps_DDRM.mult(weights.get(layer), signals.get(layer), null));
            moved.add(change);
        }
        DMatrixRMaj error = CommonOps_DDRM.subtract(signals.get(depth), targets, null);
        DMatrixRMaj errorChange = moved.get(depth);
        List<DMatrixRMaj> next = new ArrayList<>(weights);
        List<DMatrixRMaj> nextChanges = new ArrayList<>(changes);
        for (int layer = depth - 1; layer >= 0; layer--) {
            DMatrixRMaj gradient = CommonOps_DDRM.multTransB(error, signals.get(layer), null);
            DMatrixRMaj gradientChange = CommonOps_DDRM.multTransB(errorChange, signals.get(layer), null);
            CommonOps_DDRM.multAddTransB(error, moved.get(layer), gradientChange);
            next.set(layer, stepped(weights.get(layer), velocities.get(layer), gradient));
            nextChanges.set(layer, stepped(changes.get(layer), velocityChanges.get(layer), gradientChange));
            errorChange = CommonOps_DDRM.multTransA(weights.get(layer), errorChange, null);
            CommonOps_DDRM.multAddTransA(changes.get(layer), error, errorChange);
            error = CommonOps_DDRM.multTransA(weights.get(layer), error, null);
        }
        weights = next;
        changes = nextChanges;
    }

    /** The method is linear in weights, velocities and gradients, so it moves changes like the weights themselves. */
    private DMatrixRMaj stepped(DMatrixRMaj weight, DMatrixRMaj velocity, DMatrixRMaj gradient) {
        CommonOps_DDRM.addEquals(gradient, method.weightDecay(), weight);
        CommonOps_DDRM.scale(method.momentum(), velocity);
        CommonOps_DDRM.addEquals(velocity, gradient);
        DMatrixRMaj direction = velocity;
        if (method.nesterov()) {
            CommonOps_DDRM.addEquals(gradient, method.momentum(), velocity);
            direction = gradient;
        }
        return CommonOps_DDRM.add(weight, -method.learningRate(), direction, null);
    }
}
