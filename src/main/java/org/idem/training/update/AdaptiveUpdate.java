package org.idem.training.update;

import java.util.ArrayList;
import java.util.List;
import org.idem.array.Precision;
import org.idem.network.Adagrad;
import org.idem.network.Adam;
import org.idem.network.Optimizer;
import org.idem.network.RmsProp;
import org.idem.training.memory.Memory;

/**
 * Adam, RMSProp and Adagrad, which divide the gradient by the size of past gradients. Each step is computed in double
 * for a few thousand parameters at a time; then parameters and state are rounded once, to the training's precision.
 */
final class AdaptiveUpdate implements Update {
    private static final int PIECE = 4096;

    private final Optimizer rule;
    private final int count;
    private final List<Memory> state = new ArrayList<>();
    private final double[] position = new double[PIECE];
    private final double[] gradient = new double[PIECE];
    private final double[] square = new double[PIECE];
    private final double[] mean = new double[PIECE];

    AdaptiveUpdate(Optimizer rule, int count, Precision precision) {
        this.rule = rule;
        this.count = count;
        for (int i = 0; i < (rule instanceof Adam ? 2 : 1); i++) {
            state.add(Memory.allocate(count, precision));
        }
    }

    @Override
    public List<Memory> state() {
        return state;
    }

    @Override
    public void apply(Memory positions, Memory gradients, int step) {
        AdamStep adam = rule instanceof Adam constants ? AdamStep.of(constants, step) : null;
        for (int from = 0; from < count; from += PIECE) {
            int length = Math.min(PIECE, count - from);
            positions.load(from, position, length);
            gradients.load(from, gradient, length);
            state.get(0).load(from, square, length);
            if (adam == null) {
                move(length);
            } else {
                state.get(1).load(from, mean, length);
                adam.move(position, mean, square, gradient, length);
                state.get(1).store(from, mean, length);
            }
            positions.store(from, position, length);
            state.get(0).store(from, square, length);
        }
    }

    private void move(int length) {
        if (rule instanceof RmsProp decaying) {
            scaled(
                    decaying.squareDecay(),
                    1 - decaying.squareDecay(),
                    decaying.learningRate(),
                    decaying.epsilon(),
                    length);
        } else if (rule instanceof Adagrad adagrad) {
            scaled(1, 1, adagrad.learningRate(), adagrad.epsilon(), length);
        } else {
            throw new IllegalArgumentException("no adaptive rule: " + rule);
        }
    }

    private void scaled(double keep, double take, double rate, double epsilon, int length) {
        for (int i = 0; i < length; i++) {
            square[i] = keep * square[i] + take * gradient[i] * gradient[i];
            position[i] -= rate * gradient[i] / (Math.sqrt(square[i]) + epsilon);
        }
    }
}
