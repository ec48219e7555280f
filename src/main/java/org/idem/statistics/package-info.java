/**
 * How surprising are these trials if the theorem holds? p-values, limits and numbers of trials whose error is known.
 *
 * <p>Pure functions that use no other package of Idem. A p-value p is <em>valid</em> if P(p ≤ α) ≤ α under its
 * hypothesis for every α, and <em>exact</em> if it is the probability, under the hypothesis, of evidence at least as
 * strong. Each class says which of the two it gives, or that it approximates. Start with
 * {@link org.idem.statistics.BinomialTail}.
 */
package org.idem.statistics;
