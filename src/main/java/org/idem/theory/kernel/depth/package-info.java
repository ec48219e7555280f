/**
 * What depth alone makes of one training example in infinitely wide fully connected networks.
 *
 * <p>{@link org.idem.theory.kernel.depth.DepthShare} is the share of the example that shows at another input, told from
 * the angle between the two by a recursion of three numbers. It shares no code with the kernels of
 * {@link org.idem.theory.kernel}. Source: proofs/T7.depth.md.
 *
 * <table>
 * <caption>Names in this package and symbols in the proof.</caption>
 * <tr><th>code</th><th>proof</th><th>meaning</th><th>unit</th></tr>
 * <tr><td>{@code angle}</td><td>θ_l</td><td>angle between the signals of layer l</td><td>radian</td></tr>
 * <tr><td>{@code sum}</td><td>q_l</td><td>tangent kernel over √(S_xx S_zz)</td><td>number</td></tr>
 * <tr><td>{@code value}</td><td>q_L/L</td><td>share at inputs of equal norms</td><td>number</td></tr>
 * </table>
 */
package org.idem.theory.kernel.depth;
