/**
 * Closed forms without rounding: the least-squares trajectory, its limit and the identity's constructions in rational
 * arithmetic, ranks decided exactly by elimination.
 *
 * <p>Nothing here takes a gradient step. Notation as in {@link org.idem.theory} and proofs/trajectory.md: X is the d ×
 * n design matrix, θ the k × d parameters, c the loss scale, ω the weight decay, S = cXXᵀ + ωI the curvature. Start
 * with {@link org.idem.theory.exact.ExactClosedForm}.
 */
package org.idem.theory.exact;
