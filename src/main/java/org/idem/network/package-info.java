/**
 * What is trained: architectures, losses, optimisers, initialisers and training problems, as plain descriptions.
 *
 * <p>Closed forms and real training both start from these descriptions and share nothing else. Notation: the effective
 * step is the learning rate times the loss scale c, where the loss is (c/2) times the sum of squared residuals. Start
 * with {@link org.idem.network.LinearProblem}, and for networks of several layers with
 * {@link org.idem.network.TrainingProblem}.
 */
package org.idem.network;
