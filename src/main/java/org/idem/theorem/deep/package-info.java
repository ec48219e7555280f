/**
 * T3: exact facts about training networks of any depth. Nothing says beforehand which weights such a network will meet,
 * so claims take weights, losses and gradients from the run itself and say how they are tied together; what rounding
 * may add is computed from the same numbers. Start with {@link org.idem.theorem.deep.DeepTheorems}.
 */
package org.idem.theorem.deep;
