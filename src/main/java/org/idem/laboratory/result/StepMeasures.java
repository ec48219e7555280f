package org.idem.laboratory.result;

/**
 * A network on its way.
 *
 * @param step steps taken
 * @param trainError training error there, relative to the mean square of the targets
 * @param measures means over some test images; NaN if none has the training image's size
 */
public record StepMeasures(int step, double trainError, Measures measures) {
    /** Measures on the way are taken on so many test images of the training image's size; at the end on all. */
    public static final int MOST_IMAGES = 10;
}
