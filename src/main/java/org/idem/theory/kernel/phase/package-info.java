/**
 * How the mean over infinitely wide networks goes with depth and time, for all depths at once: what depth × kernel size
 * alone say of identity and constant.
 *
 * <p>Kernels of all depths come from one recursion; t steps of gradient descent are taken in the small space that they
 * can reach, so that no spectrum is needed. Start with {@link org.idem.theory.kernel.phase.MeansByDepth}. Source:
 * proofs/kernel.md, section 6.
 */
package org.idem.theory.kernel.phase;
