/**
 * Where exact theory and exact training meet: random small configurations in which both must give the same fractions.
 *
 * <p>There is no tolerance. A formula that is wrong by one part in 10³⁰ differs from training, and the first difference
 * is reported with both fractions and a line that replays it. Start with {@link org.idem.theorem.exact.ExactCheck};
 * proofs/exact.md says why a limit can be observed in finitely many steps.
 */
package org.idem.theorem.exact;
