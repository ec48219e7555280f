/**
 * Real training by gradient steps.
 *
 * <p>A network's outputs come from its forward pass and its gradient from its backward pass; no closed form, Gram
 * matrix or spectrum is known here. Three engines share the descriptions of {@link org.idem.network} and agree up to
 * rounding:
 *
 * <ul>
 *   <li>{@link org.idem.training.Trainer}: one network of one layer, on ND4J's native memory and BLAS, a block of its
 *       units at a time;
 *   <li>{@link org.idem.training.SmallNetworks}: many small networks of one layer, whose units advance together in
 *       vector registers, in plain Java;
 *   <li>{@link org.idem.training.DeepTrainer}: networks of any depth, on native memory, with the fastest way to
 *       convolve for every shape.
 * </ul>
 *
 * <p>Start with {@link org.idem.training.Trainer}; the same in fractions is in {@link org.idem.training.exact}.
 */
package org.idem.training;
