/**
 * Exact statements on deep networks, and forward passes with bounds of their rounding.
 *
 * <p>Start with {@link org.idem.theory.deep.DeepForward}.
 */
package org.idem.theory.deep;
