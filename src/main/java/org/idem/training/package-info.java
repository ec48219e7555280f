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
 * <p>All three are held against {@link org.idem.training.witness}, whose passes, losses and gradients are ND4J's own.
 * What engines of any depth have in common is {@link org.idem.training.run.DeepTraining}, and what a listener sees of
 * one is a {@link org.idem.training.run.TrainingView}.
 *
 * <p>Start with {@link org.idem.training.Trainer}; the same in fractions is in {@link org.idem.training.exact}.
 */
package org.idem.training;
