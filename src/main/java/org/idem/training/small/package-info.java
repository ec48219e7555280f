/**
 * Trains many small one-layer networks together: each lane of a vector register holds a unit.
 *
 * <p>Start with {@link org.idem.training.small.SmallGroup}.
 */
package org.idem.training.small;
