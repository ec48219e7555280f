package org.idem.laboratory.result;

/**
 * A network on its way.
 *
 * @param step steps taken
 * @param trainError training error there, relative to the mean square of the targets
 * @param measures means over some test images; NaN if none has the training image's size
 */
public record StepMeasures(int step, double trainError, Measures measures) {}
