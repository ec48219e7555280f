package org.idem.laboratory.result;

/**
 * A network on its way.
 *
 * @param step steps taken
 * @param trainError training error there, relative to the mean square of the targets
 * @param measures means over the test images
 */
public record StepMeasures(int step, double trainError, Measures measures) {}
