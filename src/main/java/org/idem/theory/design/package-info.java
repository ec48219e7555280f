/**
 * Design matrices of one-layer networks, their spectra and their ranges, and training as least squares.
 *
 * <p>Start with {@link org.idem.theory.design.LeastSquares}. Sources: proofs/trajectory.md, §§1, 2, 7 and 8, and for
 * the error of the spectrum proofs/rounding.md, §4. The modes are combinations of examples if n &lt; d (the example
 * side), otherwise of parameters (the parameter side).
 *
 * <table>
 * <caption>Names in this package and symbols in the proofs. A row is one output unit or channel.</caption>
 * <tr><th>code</th><th>proof</th><th>meaning</th><th>shape, unit</th></tr>
 * <tr><td>{@code design}</td><td>X</td><td>inputs or patches, one per column; with bias a last row of ones</td>
 *     <td>d × n, unit of the inputs</td></tr>
 * <tr><td>{@code targets}</td><td>Y</td><td>targets, one row per output</td><td>rows × n</td></tr>
 * <tr><td>{@code initial}</td><td>θ_0</td><td>parameters before training, the bias last</td><td>rows × d</td></tr>
 * <tr><td>{@code lossScale}</td><td>c</td><td>the loss is (c/2)‖θX − Y‖²</td><td>number</td></tr>
 * <tr><td>{@code curvature}</td><td>μ = cλ + ω</td><td>curvature in a mode, with weight decay ω</td>
 *     <td>number</td></tr>
 * <tr><td>{@code squaredNorm}</td><td>‖X‖_F²</td><td>square of the Frobenius norm</td><td>number</td></tr>
 * <tr><td>{@code Spectrum.exampleSide}</td><td>n &lt; d</td><td>whether the spectrum is that of A = XᵀX, not of H =
 *     XXᵀ</td><td></td></tr>
 * <tr><td>{@code Spectrum.values}</td><td>Λ, λ_j</td><td>computed eigenvalues, at least 0</td><td>one for each
 *     mode, unit of the inputs²</td></tr>
 * <tr><td>{@code Spectrum.basis}</td><td>P̃</td><td>computed eigenvectors, one per column; P is the orthogonal matrix
 *     closest to it</td><td>modes × modes</td></tr>
 * <tr><td>{@code Spectrum.error}</td><td>ε</td><td>bound on ‖A − PΛPᵀ‖ or ‖H − PΛPᵀ‖</td><td>unit of the
 *     inputs²</td></tr>
 * <tr><td>{@code Spectrum.designNorm}</td><td>σ̂ = √(λmax + ε)</td><td>bound on ‖X‖</td><td>unit of the inputs</td></tr>
 * <tr><td>{@code Spectrum.skewness}</td><td>σ</td><td>bound on ‖P̃ − P‖</td><td>number</td></tr>
 * <tr><td>{@code skew}, {@code turn}</td><td>W = P̃ᵀP̃ − I</td><td>by how much the computed basis is not
 *     orthonormal</td><td>modes × modes</td></tr>
 * <tr><td>{@code missing}</td><td>A − P̃ΛP̃ᵀ, H − P̃ΛP̃ᵀ</td><td>what the computed decomposition misses</td>
 *     <td>modes × modes</td></tr>
 * <tr><td>{@code ModeCoordinates.start}</td><td>f = θ_0XP, or θ_0P</td><td>the start in the modes: of its outputs on
 *     the example side, of itself on the parameter side</td><td>rows × modes</td></tr>
 * <tr><td>{@code ModeCoordinates.targets}</td><td>y = YP, or YXᵀP</td><td>the targets in the modes</td>
 *     <td>rows × modes</td></tr>
 * <tr><td>{@code ParameterModes.vectors}</td><td>u_i</td><td>eigenvectors of XXᵀ with λ_i &gt; 0</td>
 *     <td>d × rank</td></tr>
 * <tr><td>{@code ParameterModes.pulls}</td><td>cYXᵀu_i</td><td>what the targets pull with in a mode</td>
 *     <td>rows × rank</td></tr>
 * <tr><td>{@code RangeProjector.basis}</td><td>Q_r, Q</td><td>orthonormal basis of the range of X</td>
 *     <td>d × rank</td></tr>
 * <tr><td>{@code RangeProjector.complement}</td><td>(I − Π)x</td><td>what lies outside the range</td>
 *     <td>d × columns</td></tr>
 * <tr><td>{@code MeasuredSpan.coordinates}</td><td>Z = QᵀX</td><td>a matrix, seen on its span</td>
 *     <td>rank × columns</td></tr>
 * <tr><td>{@code MeasuredSpan.misfit}</td><td>m</td><td>bound on ‖X − Q*Z‖, Q* the orthonormal matrix closest to
 *     Q</td><td>unit of the inputs</td></tr>
 * </table>
 */
package org.idem.theory.design;
