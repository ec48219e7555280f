/**
 * Real training by gradient steps on ND4J's native memory and BLAS.
 *
 * <p>A network's outputs come from its forward pass and its gradient from its backward pass; no closed form, Gram
 * matrix or spectrum is known here. Start with {@link org.idem.training.Trainer}.
 */
package org.idem.training;
