/**
 * Does a network that was trained elsewhere obey T1 or T2, and if not, what is the likeliest reason?
 *
 * <p>θ are the parameters, one row per output with the bias last; D is the deviation of the trained from the predicted
 * ones. Start with {@link org.idem.check.Checker}. Source of the bounds: proofs/check.md.
 */
package org.idem.check;
