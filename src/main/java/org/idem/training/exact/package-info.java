/**
 * Gradient training without rounding: every number is rational, every step is exact.
 *
 * <p>Outputs come from a network's forward pass and gradients from its backward pass, written as loops over the network
 * itself: no Gram matrix, patch matrix or closed form is known here. Start with
 * {@link org.idem.training.exact.ExactTrainer}.
 */
package org.idem.training.exact;
