/**
 * Design matrices of one-layer networks, their spectra and their ranges, and training as least squares.
 *
 * <p>Start with {@link org.idem.theory.design.LeastSquares}; source: proofs/trajectory.md.
 */
package org.idem.theory.design;
