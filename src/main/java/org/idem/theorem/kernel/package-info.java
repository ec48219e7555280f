/**
 * Theorems about networks of infinite width, and about the parametrisation in which they are meant.
 *
 * <p>What infinite width says in closed form is held against networks that are really trained: by T7.linear-cnn against
 * one layer in a soft window, by T7.depth against what a recursion of one angle says, by T7.lazy, T7.mean and
 * T7.covariance against networks of two layers and growing width. Start with
 * {@link org.idem.theorem.kernel.KernelTheorems}.
 */
package org.idem.theorem.kernel;
