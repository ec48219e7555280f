/**
 * Vectors and matrices of either precision on native memory, and the threads that work on them.
 *
 * <p>Start with {@link org.idem.training.memory.Memory}.
 */
package org.idem.training.memory;
