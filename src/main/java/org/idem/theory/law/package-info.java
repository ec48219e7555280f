/**
 * Laws of quadratic forms of Gaussian vectors.
 *
 * <p>Knows nothing of networks. Start with {@link org.idem.theory.law.QuadraticFormLaw}; source:
 * proofs/quadratic-form.md.
 */
package org.idem.theory.law;
