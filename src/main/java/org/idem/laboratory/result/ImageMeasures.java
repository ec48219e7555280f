package org.idem.laboratory.result;

/**
 * Measures of one test image.
 *
 * @param image its name
 * @param group its kind
 * @param measures of the trained network's output
 */
public record ImageMeasures(String image, String group, Measures measures) {}
