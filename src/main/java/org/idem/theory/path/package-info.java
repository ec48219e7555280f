/**
 * What steps make of the modes of a least-squares problem: residual polynomials, coefficients of predictions, losses,
 * steps of one example at a time.
 *
 * <p>Start with {@link org.idem.theory.path.ResidualPolynomial}; source: proofs/trajectory.md.
 */
package org.idem.theory.path;
