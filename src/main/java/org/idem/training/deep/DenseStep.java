package org.idem.training.deep;

import java.util.List;
import org.idem.training.memory.Memory;
import org.idem.training.update.Update;

/** One step of the parameters of fully connected stages on a single example, some rows of weights at a time. */
interface DenseStep {
    /**
     * Moves rows of weights, whose gradient is the outer product of the outputs' gradient and the inputs.
     *
     * @param stage number of the stage
     * @param first number of the first weight among the stage's parameters
     * @param block these weights, (rows, columns)
     * @param delta gradient with respect to the outputs that they make, as many as rows
     * @param rows how many
     * @param inputs of the stage, as many as columns
     * @param columns how many
     */
    void weights(int stage, int first, Memory block, Memory delta, int rows, Memory inputs, int columns);

    /**
     * Moves all biases of a stage.
     *
     * @param stage number of the stage
     * @param first number of the first bias among the stage's parameters
     * @param bias of the stage
     * @param delta its gradient; may be overwritten
     * @param length how many
     */
    void bias(int stage, int first, Memory bias, Memory delta, int length);

    /**
     * Plain gradient descent.
     *
     * @param rate learning rate
     */
    record Descent(double rate) implements DenseStep {
        @Override
        public void weights(int stage, int first, Memory block, Memory delta, int rows, Memory inputs, int columns) {
            block.addOuter(rows, columns, -rate, delta, inputs);
        }

        @Override
        public void bias(int stage, int first, Memory bias, Memory delta, int length) {
            bias.add(length, -rate, delta);
        }
    }

    /**
     * The step of any rule.
     *
     * @param updates of each stage
     * @param step number of steps taken before
     * @param gradients memory of each stage, the first part of which is overwritten
     */
    record ByRule(List<Update> updates, int step, List<Memory> gradients) implements DenseStep {
        @Override
        public void weights(int stage, int first, Memory block, Memory delta, int rows, Memory inputs, int columns) {
            updates.get(stage).applyOuter(block, delta, rows, inputs, columns, gradients.get(stage), first, step);
        }

        @Override
        public void bias(int stage, int first, Memory bias, Memory delta, int length) {
            updates.get(stage).apply(bias, delta, first, length, step);
        }
    }
}
