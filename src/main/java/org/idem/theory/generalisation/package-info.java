/**
 * What training leaves open on the test image: directions, errors, their laws and bounds.
 *
 * <p>Start with {@link org.idem.theory.generalisation.Unlearned}; sources: proofs/T2.mean-error.md, T2.law.md,
 * T2.image-bound.md and T2.uniform-bound.md.
 */
package org.idem.theory.generalisation;
