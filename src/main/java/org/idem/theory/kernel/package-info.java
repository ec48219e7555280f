/**
 * What infinitely wide networks do: their kernels at initialisation, and mean and variance of their outputs while they
 * are trained.
 *
 * <p>Everything is meant in the tangent-kernel parametrisation h = σ_w/√fan-in · ω z + σ_b β, with all ω and β drawn
 * from N(0, 1) and trained at one rate; {@link org.idem.theory.kernel.InfiniteNetwork} describes such a network. In
 * standard parametrisation the same network has rates ησ_w²/fan-in for weights and ησ_b² for biases. Start with
 * {@link org.idem.theory.kernel.InfiniteKernel}; {@link org.idem.theory.kernel.KernelTraining} makes predictions of it.
 * Source: proofs/kernel.md.
 *
 * <table>
 * <caption>Names in this package and symbols in the proofs.</caption>
 * <tr><th>code</th><th>proof</th><th>meaning</th><th>shape, unit</th></tr>
 * <tr><td>{@code weightVariance}, {@code biasVariance}</td><td>σ_w², σ_b²</td><td>factors of variance</td>
 *     <td>numbers</td></tr>
 * <tr><td>{@code covariance}</td><td>S</td><td>covariance of one unit's signal at two sites</td>
 *     <td>sites × sites, 4^scale</td></tr>
 * <tr><td>{@code tangent}</td><td>Θ</td><td>sum of the products of the derivatives of one unit's signal</td>
 *     <td>sites × sites, 4^tangentScale</td></tr>
 * <tr><td>{@code received}, {@code passed}</td><td>E[zz′]</td><td>second moments of what the next layer gets</td>
 *     <td>as S</td></tr>
 * <tr><td>{@code boxSums}, {@code across}, {@code down}</td><td>A(M)</td>
 *     <td>sum over the kernel's offsets, which move both pixels</td><td>as M, times K²</td></tr>
 * <tr><td>{@code gap}</td><td>√(S_xx S_zz) − S_xz</td><td>what a covariance falls short of the largest</td>
 *     <td>number</td></tr>
 * <tr><td>{@code gains}</td><td>g_t(λ)</td><td>c(1 − r_t(cλ + ω))/(cλ + ω)</td><td>one for each mode</td></tr>
 * <tr><td>{@code cut}</td><td>ε_Θ</td><td>what rounding may make of an eigenvalue of 0</td><td>as Θ</td></tr>
 * </table>
 */
package org.idem.theory.kernel;
