package org.idem.laboratory.plan;

/**
 * When a network's training ends.
 *
 * @param until training error, relative to the mean square of the targets, at which it is done; positive
 * @param mostSteps steps after which it ends in any case, at least 0
 */
public record Stop(double until, int mostSteps) {
    /** What is meant where nothing is said. */
    public static final Stop STANDARD = new Stop(1e-4, 2000);

    /** Checks the numbers; a NaN fails. */
    public Stop {
        if (!(until > 0 && until < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("--until must be a positive number, got " + until);
        }
        if (mostSteps < 0) {
            throw new IllegalArgumentException("--most-steps must be at least 0, got " + mostSteps);
        }
    }
}
