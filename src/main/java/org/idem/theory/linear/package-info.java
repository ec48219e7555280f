/**
 * What gradient descent makes of deep linear networks that start aligned: a handful of numbers, one for each layer,
 * that follow a recursion of their own, and how far rounding can carry training from it. Start with
 * {@link org.idem.theory.linear.AlignedPath}. Notation of proofs/T4.path.md: s strengths, ρ norm of the input, τ norm
 * of the target, c scale of the loss, η learning rate, ω weight decay, R_j what a layer does across the path.
 */
package org.idem.theory.linear;
