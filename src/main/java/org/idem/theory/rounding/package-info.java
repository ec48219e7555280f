/**
 * Error budgets: how far training and prediction in floating-point numbers may lie from the exact ones.
 *
 * <p>Start with {@link org.idem.theory.rounding.RoundingBudget}; source: proofs/rounding.md.
 */
package org.idem.theory.rounding;
