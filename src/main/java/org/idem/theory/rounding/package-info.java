/**
 * Error budgets: how far training in floating-point numbers may stray from exact training. What outputs make of it, and
 * how far the prediction is off, is the question of {@code theory.output}.
 *
 * <p>Start with {@link org.idem.theory.rounding.RoundingBudget}. Sources: proofs/rounding.md, and for
 * {@link org.idem.theory.rounding.RandomRounding} proofs/check.md, §2.
 *
 * <p>Every bound is worked out for one row θ of the parameters, that of one output. Words: a <em>mode</em> is an
 * eigenvector of the spectrum; a <em>lag</em> k is the number of steps between an error and the end; a <em>block</em>
 * is some steps or lags in a row that are worked on together; a <em>stray</em> is the distance between a computed and
 * an exact state.
 *
 * <table>
 * <caption>Names in this package and symbols in the proof; η is the learning rate, c the loss scale, ω the weight
 * decay.</caption>
 * <tr><th>code</th><th>proof</th><th>meaning</th><th>shape, unit</th></tr>
 * <tr><td>{@code unit}</td><td>u</td><td>unit roundoff of the training</td><td>2⁻²⁴ or 2⁻⁵³</td></tr>
 * <tr><td>{@code spectrumError}</td><td>ε</td><td>error of the spectrum</td><td>unit of the inputs²</td></tr>
 * <tr><td>{@code designNorm}</td><td>σ̂, in §§6 and 7 ‖X‖_F</td><td>bound on ‖X‖</td><td>unit of the inputs</td></tr>
 * <tr><td>{@code effectiveStep}</td><td>α = ηc</td><td>learning rate times loss scale</td><td>number</td></tr>
 * <tr><th colspan="4">One step, §2</th></tr>
 * <tr><td>{@code LocalErrors.State}</td><td>‖θ̂_t‖, ‖θ̂_{t+1}‖, ‖ρ‖, η‖g‖, η‖v̂_t‖, η‖v̂_{t+1}‖</td>
 *     <td>norms around a step</td><td>numbers; {@code PathNorms} holds a block of them</td></tr>
 * <tr><td>{@code storage}</td><td>‖s_t‖</td><td>error of the stored parameters</td><td>norm of a row</td></tr>
 * <tr><td>{@code gradientStep}</td><td>η‖h_t‖</td><td>error of the gradient times the learning rate</td>
 *     <td>norm of a row</td></tr>
 * <tr><td>{@code residual}</td><td>‖e_t‖</td><td>error of the residuals</td><td>norm over the columns</td></tr>
 * <tr><td>{@code growth}</td><td>ℓ_s, ηℓ_g, ℓ_e</td><td>growth of these three per unit of stray</td>
 *     <td>numbers</td></tr>
 * <tr><td>{@code residualFactor}, {@code gradientFactor}</td><td>Γ_r, Γ_g; §13: Γ'_r, Γ'_g</td>
 *     <td>errors of θX and of ρXᵀ per unit of ‖θ‖ and ‖ρ‖</td><td>numbers</td></tr>
 * <tr><td>{@code SumRoundings.ofEntries}, {@code ofTerms}</td><td>χ_i, μ_i of §13</td>
 *     <td>relative error of a term of a gradient's entry, with and without that of the additions</td>
 *     <td>one for each row of X</td></tr>
 * <tr><td>{@code decayFactor}</td><td>χ'</td><td>relative error of ωθ</td><td>number</td></tr>
 * <tr><th colspan="4">How an error spreads, §3</th></tr>
 * <tr><td>{@code Response.inMode}</td><td>R_k(μ_j), G_k(μ_j)</td>
 *     <td>error of the parameters in a mode after a unit error of storage, of gradient</td>
 *     <td>modes × lags of a block</td></tr>
 * <tr><td>{@code Response.kept}</td><td>z_k = R_k(ω), G_k(ω)</td>
 *     <td>kept part: the same where data see nothing</td><td>lags of a block</td></tr>
 * <tr><td>{@code Response.lift}</td><td>b_kj</td>
 *     <td>lift: coordinates of the examples that the kept part excites</td><td>modes × lags of a block</td></tr>
 * <tr><td>{@code lengthWeights}, {@code modeWeights}</td><td>ρ_k, w_kj</td>
 *     <td>squared response as a quadratic form, ρ_k‖x‖² + Σ_j w_kj x_j²</td><td>lags; modes × lags</td></tr>
 * <tr><td>{@code typical}</td><td>τ_k</td><td>typical response: root mean square over the test inputs</td>
 *     <td>lags</td></tr>
 * <tr><td>{@code ErrorTable}</td><td>e_i</td><td>errors of all steps, three kinds</td><td>groups of rows × steps</td></tr>
 * <tr><td>{@code ErrorSums.at}</td><td>Σ e_iN_i(x)</td><td>first-order bound for one test input</td>
 *     <td>unit of the outputs</td></tr>
 * <tr><td>{@code ModePaths.kept}</td><td>κ_t</td><td>share of θ_0 that is kept, θ_t = κ_tθ_0 + a_tXᵀ</td>
 *     <td>steps of a block</td></tr>
 * <tr><td>{@code multiples} times {@code ModeRun.places}</td><td>a_tj</td><td>coordinates of the path in a mode, a
 *     row's first pull times a path that all rows share</td><td>modes × steps of a block</td></tr>
 * <tr><td>{@code PathNorms.coordinates}</td><td>‖a_t‖; parameter side: ‖θ_t‖</td>
 *     <td>what the error of the spectrum meets</td><td>steps of a block</td></tr>
 * <tr><th colspan="4">Errors of errors, §5</th></tr>
 * <tr><td>{@code PathMaxima.stateError}, {@code residualError}</td><td>L, e</td><td>largest errors of a step on the
 *     exact path</td><td>one for each row</td></tr>
 * <tr><td>{@code ResponseSums.ofState}, {@code ofResidual}</td><td>S, S_e; then S', S'_e</td>
 *     <td>sums over the lags of the largest responses</td><td>numbers</td></tr>
 * <tr><td>{@code liftOfState}, {@code liftOfResidual}</td><td>S_b, S_be</td><td>the same for the lifts</td>
 *     <td>numbers</td></tr>
 * <tr><td>{@code largest}</td><td>max_k K_k</td><td>largest response to a unit error of a step</td>
 *     <td>number, at least 1</td></tr>
 * <tr><td>{@code Stray.state}</td><td>ξ</td><td>stray: bound on the error of (parameters, η·velocity)</td>
 *     <td>norm of a row</td></tr>
 * <tr><td>{@code Stray.lift}</td><td>B</td><td>bound on the lift of the error</td><td>norm over the examples</td></tr>
 * <tr><td>{@code gain}</td><td>ψ</td><td>by how much an error feeds itself; below 1, or nothing is
 *     bounded</td><td>number</td></tr>
 * <tr><th colspan="4">One example at a time, waypoints, §§8 and 13</th></tr>
 * <tr><td>{@code CyclicModel.misfit}</td><td>m</td><td>bound on ‖X − X̂‖ on the computed span</td>
 *     <td>unit of the inputs</td></tr>
 * <tr><td>{@code moved}, {@code residualMoved}</td><td>‖θ_t − θ_w‖², ‖ρ_t − ρ_w‖²</td><td>squared distances from the
 *     last waypoint</td><td>steps of a block</td></tr>
 * <tr><td>{@code sizes}, {@code sums}</td><td>S, s</td><td>sizes of the terms of a sum, and the sum</td>
 *     <td>one for each sum</td></tr>
 * <tr><th colspan="4">Random rounding, proofs/check.md, §2</th></tr>
 * <tr><td>{@code shares}</td><td>u_ij²</td><td>share of each mode in a unit vector e_j</td><td>d × (modes + 1)</td></tr>
 * <tr><td>{@code ownStorage}, {@code otherStorage}</td><td>|α|, ‖(R_k − αI)e_j‖</td><td>response of a parameter to an
 *     error of its own and to errors of the others</td><td>numbers</td></tr>
 * <tr><td>{@code ownGradient}, {@code otherGradient}</td><td>|β|, ‖(G_k − βI)e_j‖</td><td>the same for η times the
 *     gradient</td><td>numbers</td></tr>
 * <tr><td>{@code certain}, {@code random}</td><td>C_j, Σ_tσ_t(j)</td><td>the two parts of the bound</td>
 *     <td>multiples of u</td></tr>
 * <tr><td>{@code multiple}, {@code alongMultiple}</td><td>λ, λ'</td><td>standard deviations allowed for at the end, and
 *     at all times</td><td>numbers</td></tr>
 * <tr><td>{@code RandomStray.stray}, {@code residualStray}</td><td>κ, κ_ρ</td><td>strays of every parameter, and of the
 *     residuals</td><td>largest entry; norm</td></tr>
 * <tr><td>{@code dataOfStorage}, {@code dataOfGradient}, {@code dataOfResidual}</td><td>Σa_k, Σb_k, Σe_k</td><td>what the
 *     residuals see of errors</td><td>sums over lags</td></tr>
 * </table>
 */
package org.idem.theory.rounding;
