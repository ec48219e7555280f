/**
 * Convolutions on native memory: by patches, scattered, shifted, or by the transforms of Winograd.
 *
 * <p>Start with {@link org.idem.training.convolution.Convolution}.
 */
package org.idem.training.convolution;
