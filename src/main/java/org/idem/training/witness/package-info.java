/**
 * Do the engines that were written here train as an engine does that was written elsewhere?
 *
 * <p>The witness builds a network out of ND4J's own operations and lets ND4J differentiate it (SameDiff): forward pass,
 * padding, loss and its normalisation, and every gradient are ND4J's. Only the update rules are written here, in the
 * formulas of {@link org.idem.network.Optimizer}. It takes networks of any depth that
 * {@link org.idem.training.deep.DeepTrainer} takes and a thousand times as long for a small one, so it is asked about a
 * share of what the fast engines do.
 *
 * <p>Start with {@link org.idem.training.witness.Witness}.
 */
package org.idem.training.witness;
