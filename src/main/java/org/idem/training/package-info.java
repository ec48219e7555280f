/**
 * Real training by gradient steps.
 *
 * <p>A network's outputs come from its forward pass and its gradient from its backward pass; nothing here uses a closed
 * form, a Gram matrix or a spectrum. {@link org.idem.training.Trainer} trains one network of any depth and picks one of
 * the first two engines for it; {@link org.idem.training.SmallNetworks} trains many small networks side by side with
 * the third:
 *
 * <ul>
 *   <li>{@link org.idem.training.layer}: one linear map, a block of its units at a time, on ND4J's native memory and
 *       BLAS;
 *   <li>{@link org.idem.training.deep}: stage by stage, on native memory, with the fastest way to convolve for every
 *       shape;
 *   <li>{@link org.idem.training.small}: the units of many linear maps, in vector registers, in plain Java.
 * </ul>
 *
 * <p>All three agree up to rounding. Tests and trials compare them with {@link org.idem.training.witness}, whose
 * passes, losses and gradients are ND4J's own. The same in fractions is in {@link org.idem.training.exact}. What a
 * listener sees of a training is a {@link org.idem.training.run.TrainingView}.
 */
package org.idem.training;
