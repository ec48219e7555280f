/**
 * T3, T4 and T6: exact facts about training networks of any depth. Nobody can predict the weights of such a network, so
 * claims take weights, losses and gradients from the run itself and say how they depend on each other. The budget for
 * rounding is computed from the same numbers. Start with {@link org.idem.theorem.deep.DeepTheorems}.
 */
package org.idem.theorem.deep;
