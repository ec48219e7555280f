/**
 * Convolutions on native memory: by patches, scattered, shifted, to a single output, by the transforms of Winograd, or
 * by oneDNN. {@link org.idem.training.convolution.Convolutions} picks one.
 *
 * <p>Start with {@link org.idem.training.convolution.Convolution}.
 */
package org.idem.training.convolution;
