package org.idem.laboratory.result;

/**
 * What one layer holds of one image.
 *
 * @param layer from 1, counted in stages with weights
 * @param image name of the test image
 * @param trained whether after training, else before
 * @param inputError what a linear readout of the layer misses of the image, relative to its square
 * @param targetError what a linear readout of the layer misses of the training target, relative to its square
 * @param borderDistance how far inside the border's effect lies, in pixels; NaN where there is none
 */
public record LayerMeasures(
        int layer, String image, boolean trained, double inputError, double targetError, double borderDistance) {}
