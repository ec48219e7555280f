/**
 * Networks, data and optimisers whose numbers are rational, so that nothing is ever rounded.
 *
 * <p>These classes describe what is trained and how; they contain neither gradients nor closed forms. Every float64
 * number is rational, so any {@link org.idem.network.LinearProblem} has an exact twin. Start with
 * {@link org.idem.network.exact.RationalRun}.
 */
package org.idem.network.exact;
