/**
 * Numbers and sums whose rounding is known: twice the double precision, accurate products, powers with bounds, ranks
 * modulo a prime.
 *
 * <p>Knows nothing of networks. Start with {@link org.idem.theory.arithmetic.Rounding}.
 */
package org.idem.theory.arithmetic;
