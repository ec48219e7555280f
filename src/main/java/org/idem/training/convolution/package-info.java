/**
 * Convolutions on native memory: by patches, scattered, shifted, by the transforms of Winograd, or by oneDNN.
 * {@link org.idem.training.convolution.Convolutions} picks one.
 *
 * <p>Start with {@link org.idem.training.convolution.Convolution}.
 */
package org.idem.training.convolution;
