/**
 * Theorems: each with its configuration space, prediction, observation and false variants.
 *
 * <p>The only place where closed forms and real training meet. Start with {@link org.idem.theorem.Theorem} and
 * {@link org.idem.theorem.Theorems}.
 */
package org.idem.theorem;
