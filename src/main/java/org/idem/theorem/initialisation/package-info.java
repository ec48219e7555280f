/**
 * T5: what networks of any width and depth are before training, and after a first step. Weights are drawn as training
 * draws them, outputs and gradients are those of the engines; claims are laws, or means whose values are known to have
 * a variance, no more, because products of many weights have heavy tails. Start with
 * {@link org.idem.theorem.initialisation.InitialisationTheorems}.
 */
package org.idem.theorem.initialisation;
