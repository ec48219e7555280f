package org.idem.theory.rounding;

/**
 * Bounds e_i on the errors of every step of a run, in the three kinds that spread differently. Where there are too many
 * rows, all of them share one group, which holds their largest errors. Source: proofs/rounding.md, §3.
 */
final class ErrorTable {
    /** Memory: beyond so many numbers all rows share a group. */
    private static final int MOST_NUMBERS = 1 << 22;

    private final StepErrors[] groups;
    private final int steps;

    /** Zeros for the steps of so many rows. */
    ErrorTable(int rows, int steps) {
        this.steps = steps;
        groups = new StepErrors[(long) rows * steps > MOST_NUMBERS ? 1 : rows];
        for (int group = 0; group < groups.length; group++) {
            groups[group] = new StepErrors(steps);
        }
    }

    int groups() {
        return groups.length;
    }

    /** The group that a row belongs to. */
    int groupOf(int row) {
        return row % groups.length;
    }

    /** Errors of all steps of a group; live. */
    StepErrors of(int group) {
        return groups[group];
    }

    /** Raises the errors of some steps of a row, from a first one on, to at least these. */
    void raise(int row, int first, int count, StepErrors least) {
        StepErrors errors = groups[groupOf(row)];
        raise(errors.storage, first, count, least.storage);
        raise(errors.gradientStep, first, count, least.gradientStep);
        raise(errors.residual, first, count, least.residual);
    }

    private static void raise(double[] numbers, int first, int count, double[] least) {
        for (int i = 0; i < count; i++) {
            numbers[first + i] = Math.max(numbers[first + i], least[i]);
        }
    }

    /** Adds the same errors to every step of a group. */
    void addToAll(int group, LocalErrors.Step more) {
        StepErrors errors = groups[group];
        for (int step = 0; step < steps; step++) {
            errors.storage[step] += more.storage();
            errors.gradientStep[step] += more.gradientStep();
            errors.residual[step] += more.residual();
        }
    }
}
