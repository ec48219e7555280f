/**
 * What is trained, as plain descriptions: a {@link org.idem.network.Network} is an architecture of any depth, a
 * {@link org.idem.network.Model} a network with its parameters, {@link org.idem.network.Initialization} draws them, a
 * {@link org.idem.network.TrainingProblem} adds data and loss, and an {@link org.idem.network.Optimizer} moves
 * parameters.
 *
 * <p>Closed forms and real training both start from these descriptions and share nothing else. Notation: the effective
 * step is the learning rate times the loss scale c, where the loss is (c/2) times the sum of squared residuals. Start
 * with {@link org.idem.network.TrainingProblem}; closed forms need its case of a single linear map,
 * {@link org.idem.network.LinearProblem}.
 */
package org.idem.network;
