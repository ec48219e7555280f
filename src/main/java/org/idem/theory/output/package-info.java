/**
 * How far outputs may be off: errors of the prediction, of its limit and of the forward pass that reads outputs off,
 * given how far training strays ({@link org.idem.theory.output.TrainingErrors}, from {@code theory.rounding}).
 *
 * <p>Start with {@link org.idem.theory.output.OutputBudget}. Source: proofs/rounding.md, §§3, 6 and 7.
 *
 * <table>
 * <caption>Names in this package and symbols in the proof; c is the loss scale, ω the weight decay.</caption>
 * <tr><th>code</th><th>proof</th><th>meaning</th><th>shape, unit</th></tr>
 * <tr><td>{@code TestDirections}</td><td>β_j, q_j, also x_j</td><td>a test input in the modes</td><td>modes × tests</td></tr>
 * <tr><td>{@code slowest}</td><td>max |r_t(μ_i)|</td><td>what t steps leave of the slowest mode</td>
 *     <td>number</td></tr>
 * <tr><td>{@code lowest}</td><td>λ_r</td><td>smallest eigenvalue above 2ε</td><td>unit of the inputs²</td></tr>
 * <tr><td>{@code stray}</td><td>ξ</td><td>bound on the error of a row of trained parameters</td>
 *     <td>norm of a row</td></tr>
 * <tr><td>{@code inverseSquares}</td><td>(cλ_j + ω)⁻²</td><td>squared response of ridge regression</td>
 *     <td>modes</td></tr>
 * </table>
 */
package org.idem.theory.output;
