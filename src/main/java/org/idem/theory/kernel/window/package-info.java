/**
 * Deep linear CNNs of infinite width as one layer: what the network sees through a soft window.
 *
 * <p>Start with {@link org.idem.theory.kernel.window.SoftWindow}, the one-layer problem;
 * {@link org.idem.theory.kernel.window.WindowBudget} bounds how far the kernel of the deep network, as it is computed,
 * may lie from it. Source: proofs/T7.linear-cnn.md.
 *
 * <table>
 * <caption>Names in this package and symbols in the proof.</caption>
 * <tr><th>code</th><th>proof</th><th>meaning</th><th>shape</th></tr>
 * <tr><td>{@code weights}</td><td>b_L</td><td>L-fold convolution of the uniform law on K offsets</td>
 *     <td>L(K − 1) + 1</td></tr>
 * <tr><td>{@code factor}</td><td>κ</td><td>Lσ_w^(2L)/C</td><td>number</td></tr>
 * <tr><td>{@code share}</td><td>γ</td><td>relative error of an entry of the kernel</td><td>number</td></tr>
 * </table>
 */
package org.idem.theory.kernel.window;
