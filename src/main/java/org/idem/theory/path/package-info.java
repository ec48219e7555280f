/**
 * What steps make of the modes of a least-squares problem: residual polynomials, coefficients of predictions, and steps
 * of one example at a time.
 *
 * <p>Start with {@link org.idem.theory.path.ResidualPolynomial}. Sources: proofs/trajectory.md, §§3, 6 and 10, and for
 * steps of one example proofs/rounding.md, §8.
 *
 * <table>
 * <caption>Names in this package and symbols in the proofs. One row of θ is one output; η is the learning rate.</caption>
 * <tr><th>code</th><th>proof</th><th>meaning</th><th>shape, unit</th></tr>
 * <tr><td>{@code ResidualPolynomial.value}, {@code at}</td><td>r_t(μ)</td>
 *     <td>factor by which t steps multiply the error in a mode of curvature μ</td><td>number, 1 at μ = 0</td></tr>
 * <tr><td>{@code dividedDifference}, {@code difference}</td><td>r_t[a, b]</td>
 *     <td>(r_t(a) − r_t(b))/(a − b), the derivative at a = b</td><td>number, in units of η</td></tr>
 * <tr><td>{@code curvature}</td><td>μ = cλ + ω</td><td>curvature of the loss in a mode</td><td>1/η</td></tr>
 * <tr><td>{@code Coefficients.kept}</td><td>κ_t = r_t(ω)</td>
 *     <td>share of θ_0 that is kept where data see nothing</td><td>number</td></tr>
 * <tr><td>{@code Coefficients.ofStart}</td><td>r_t[cλ_j + ω, ω]</td>
 *     <td>what the start contributes in a mode, divided by c</td><td>one for each mode, in units of η</td></tr>
 * <tr><td>{@code Coefficients.ofTargets}</td><td>r_t[cλ_j + ω, 0]</td>
 *     <td>what the targets contribute in a mode, divided by −c</td><td>one for each mode, in units of η</td></tr>
 * <tr><td>{@code inModes}</td><td>a</td><td>change of the parameters in coordinates of the modes</td>
 *     <td>rows × modes</td></tr>
 * <tr><td>{@code CyclicModel.range().basis()}</td><td>Q</td><td>basis of the span of all examples</td>
 *     <td>d × rank</td></tr>
 * <tr><td>{@code CyclicModel.design(i)}</td><td>X_i</td><td>the columns of one example</td><td>d × columns</td></tr>
 * <tr><td>{@code CyclicModel.columns(i)}</td><td>Z_i = QᵀX_i</td><td>the same, seen on the span</td>
 *     <td>rank × columns</td></tr>
 * <tr><td>{@code CyclicModel.targets(i)}</td><td>Y_i</td><td>targets of one example</td><td>rows × columns</td></tr>
 * <tr><td>{@code CyclicModel.norm(i)}</td><td>‖X_i‖</td><td>bound on the operator norm</td><td>unit of the inputs</td></tr>
 * <tr><td>{@code misfit}</td><td>m</td><td>bound on ‖X − Q*Z‖</td><td>unit of the inputs</td></tr>
 * <tr><td>{@code rows(i)}, their {@code coordinates}</td><td>C_i</td>
 *     <td>Z_iᵀ in a basis of its own span</td><td>its rank × rank</td></tr>
 * <tr><td>{@code CyclicPath.coordinates}</td><td>φ = θQ</td><td>parameters, seen on the span</td>
 *     <td>rows × rank</td></tr>
 * <tr><td>{@code effectiveStep}</td><td>α = ηc</td><td>learning rate times loss scale of one example</td>
 *     <td>1/unit of the inputs²</td></tr>
 * <tr><td>{@code AffinePower.linear}, {@code shift}</td><td>M, B</td>
 *     <td>a composition of steps, φ → φM + B</td><td>rank × rank, rows × rank</td></tr>
 * </table>
 */
package org.idem.theory.path;
