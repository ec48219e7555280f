package org.idem.training;

import org.idem.array.Precision;
import org.idem.network.Optimizer;
import org.idem.network.TrainingProblem;
import org.idem.training.deep.DeepTrainer;
import org.idem.training.run.Training;

/**
 * An engine that trains networks of any depth: {@link DeepTrainer}, or the witness, which consists of ND4J's own
 * operations.
 */
@FunctionalInterface
public interface TrainingEngine {
    /**
     * Prepares a run on parts of the examples, taken in cyclic order.
     *
     * @param problem data, initial parameters and loss; rounded to the precision by the engine
     * @param rule how gradients move parameters
     * @param precision arithmetic of every step
     * @param batchSize examples in a step, at least 1; the last part of a cycle may be smaller, and a mean loss
     *     averages over the part
     * @return a training before its first step
     */
    Training start(TrainingProblem problem, Optimizer rule, Precision precision, int batchSize);
}
