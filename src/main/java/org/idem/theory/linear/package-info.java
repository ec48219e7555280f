/**
 * What training makes of deep linear networks that start aligned: a handful of numbers, one for each layer, that follow
 * the method on a loss of their own, and how far rounding can carry training from them. Start with
 * {@link org.idem.theory.linear.AlignedPath}; {@link org.idem.theory.linear.AlignedStart} says whether given layers are
 * aligned, {@link org.idem.theory.linear.AlignedBudget} bounds what rounding does;
 * {@link org.idem.theory.linear.ModesPath} and {@link org.idem.theory.linear.ModesBudget} do so for many examples on
 * the identity task, mode by mode. Notation of proofs/T4.path.md: s strengths, ρ norm of the input, τ norm of the
 * target, c scale of the loss, η learning rate, β momentum, ω weight decay, R_j what a layer does across the path.
 */
package org.idem.theory.linear;
