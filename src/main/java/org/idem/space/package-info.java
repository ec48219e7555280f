/**
 * Axes and configurations: what a theorem draws its trials from, printed as one line and replayed from it.
 *
 * <p>Knows nothing of networks. Start with {@link org.idem.space.Configuration}.
 */
package org.idem.space;
