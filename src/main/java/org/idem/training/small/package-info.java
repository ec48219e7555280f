/**
 * Many small networks of one layer together, in the lanes of vector registers.
 *
 * <p>Start with {@link org.idem.training.small.SmallGroup}.
 */
package org.idem.training.small;
