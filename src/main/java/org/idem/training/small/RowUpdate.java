package org.idem.training.small;

import org.idem.network.LinearMethod;

/**
 * One step of a linear method on rows of parameters. Rates, momentum and decay stand in rows of the same width, one for
 * each column.
 */
final class RowUpdate {
    private static final int RATE = 0;
    private static final int MOMENTUM = 1;
    private static final int DECAY = 2;
    private static final int LOOK_AHEAD = 3;
    private static final int SCALARS = 4;

    private final RunKey key;
    private final Rows scalars;

    RowUpdate(RunKey key, int width) {
        this(key, Rows.allocate(SCALARS, width, key.precision()));
    }

    private RowUpdate(RunKey key, Rows scalars) {
        this.key = key;
        this.scalars = scalars;
    }

    /** Sets the method of one column. */
    void set(int index, LinearMethod optimizer) {
        scalars.set(RATE, index, optimizer.learningRate());
        scalars.set(MOMENTUM, index, optimizer.momentum());
        scalars.set(DECAY, index, optimizer.weightDecay());
        scalars.set(LOOK_AHEAD, index, optimizer.learningRate() * optimizer.momentum());
    }

    /** The same for rows from an index on. */
    RowUpdate from(int first) {
        return new RowUpdate(key, scalars.from(first));
    }

    /** Learning rates, in row 0. */
    Rows rates() {
        return scalars;
    }

    /** Moves one row of parameters, and of velocities if the method has any, along the gradient in row 0. */
    void move(Rows position, Rows velocity, int row, Rows gradient) {
        if (key.decay()) {
            gradient.addProduct(0, scalars, DECAY, position, row);
        }
        if (!key.momentum()) {
            position.subtractProduct(row, scalars, RATE, gradient, 0);
            return;
        }
        velocity.scale(row, scalars, MOMENTUM);
        velocity.add(row, gradient, 0);
        if (key.nesterov()) {
            position.subtractProduct(row, scalars, RATE, gradient, 0);
            position.subtractProduct(row, scalars, LOOK_AHEAD, velocity, row);
        } else {
            position.subtractProduct(row, scalars, RATE, velocity, row);
        }
    }
}
