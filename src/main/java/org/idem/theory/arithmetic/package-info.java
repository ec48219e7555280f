/**
 * Numbers and sums whose rounding is known: twice the double precision, accurate products, powers with bounds, ranks
 * modulo a prime.
 *
 * <p>Start with {@link org.idem.theory.arithmetic.Rounding}. Source: proofs/rounding.md, §§1, 4, 5, 6 and 10.
 *
 * <table>
 * <caption>Names in this package and symbols in the proof.</caption>
 * <tr><th>code</th><th>proof</th><th>meaning</th><th>shape, unit</th></tr>
 * <tr><td>{@code unitRoundoff}</td><td>u</td><td>unit roundoff of an arithmetic, that of the training as a rule</td>
 *     <td>2⁻²⁴ or 2⁻⁵³</td></tr>
 * <tr><td>{@code Rounding.UNIT}</td><td>U</td><td>unit roundoff of double precision</td><td>2⁻⁵³</td></tr>
 * <tr><td>{@code Rounding.accumulated(m, u)}</td><td>γ_m</td><td>mu/(1 − mu), bound of m roundings in a row</td>
 *     <td>relative error, +∞ if mu ≥ 1</td></tr>
 * <tr><td>{@code Rounding.both(a, b)}</td><td>a ⊕ b</td><td>a + b + ab, two relative errors in a row</td>
 *     <td>relative error</td></tr>
 * <tr><td>{@code Rounding.sum}</td><td>φ_p(S, s)</td><td>bound on the rounding of a sum of p products in any
 *     order</td><td>unit of the sum</td></tr>
 * <tr><td>{@code size}, {@code sum}</td><td>S, s</td><td>sum of the sizes of the terms, and the sum itself</td>
 *     <td>unit of the sum</td></tr>
 * <tr><td>{@code AccurateProduct.SECOND_ORDER}</td><td>2⁻⁸⁰</td><td>what a product as if in twice the precision still
 *     misses, relative to S</td><td>relative error</td></tr>
 * <tr><td>{@code BoundedPower.high + low}, {@code error}</td><td>A ± E</td><td>entries of a matrix, with bounds on
 *     their errors</td><td>row after row, size × size</td></tr>
 * <tr><td>{@code LongTail.shift}</td><td>β/(1 − β); Nesterov: β²/(1 − β)</td><td>how far a velocity still carries a
 *     parameter</td><td>places per velocity</td></tr>
 * <tr><td>{@code LongTail.growth}</td><td>sup_k ‖M^k‖</td><td>how large a mode may become in all later steps</td>
 *     <td>multiple of the size now</td></tr>
 * <tr><td>{@code OperatorNorm.atMost}</td><td>‖M‖</td><td>upper bound, by ‖M‖⁴ ≤ ‖(MMᵀ)²‖_F</td><td>unit of the
 *     entries</td></tr>
 * </table>
 */
package org.idem.theory.arithmetic;
