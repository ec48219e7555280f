/**
 * Networks before training, and after one step: the exact law and the moments of their outputs, how far residual ones
 * lead away from their input, and how far tangent kernels stray from their mean.
 *
 * <p>All statements hold at every width and depth. Start with {@link org.idem.theory.initialisation.RandomFcn}, which
 * describes a network, and {@link org.idem.theory.initialisation.NormLaw}. Source: proofs/T5.law.md and the other pages
 * of T5.
 *
 * <table>
 * <caption>Names in this package and symbols in the proofs.</caption>
 * <tr><th>code</th><th>proof</th><th>meaning</th><th>shape, unit</th></tr>
 * <tr><td>{@code units}</td><td>n_l</td><td>outputs of a layer, k those of the last</td><td>number</td></tr>
 * <tr><td>{@code weightVariance}, {@code biasVariance}</td><td>σ_l², σ_b²</td><td>variance of one weight, one bias</td>
 *     <td>numbers</td></tr>
 * <tr><td>{@code rectified}</td><td></td><td>whether ReLU follows</td><td></td></tr>
 * <tr><td>{@code atom}</td><td>P(f(x) = 0)</td><td>probability of a dead network</td><td>in [0, 1)</td></tr>
 * <tr><td>{@code transform}</td><td>M(s)</td><td>E X^s, of centred logarithms</td><td>complex</td></tr>
 * <tr><td>{@code line}, {@code far}</td><td>c, r</td><td>where the transform is inverted, and bounded</td>
 *     <td>real</td></tr>
 * <tr><td>{@code gains}</td><td>γ_l</td><td>E‖W_l v‖²/‖v‖²</td><td>one for each stage</td></tr>
 * </table>
 */
package org.idem.theory.initialisation;
