/**
 * Deep linear networks under gradient flow: what the product of aligned equal layers makes of its example after any
 * time. Start with {@link org.idem.theory.flow.StrengthFlow}. Notation of proofs/T4.flow.md: L depth, q strength of a
 * layer in units of the one that fits the target, p = q^L what is learnt, μ rate.
 */
package org.idem.theory.flow;
