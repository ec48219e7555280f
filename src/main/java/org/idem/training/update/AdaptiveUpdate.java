package org.idem.training.update;

import java.util.List;
import java.util.stream.Stream;
import org.idem.array.Precision;
import org.idem.network.Optimizer;
import org.idem.training.memory.Float32Memory;
import org.idem.training.memory.Memory;
import org.idem.training.memory.Numbers;

/**
 * Adam, RMSProp and Adagrad, which divide the gradient by the size of past gradients. A few thousand parameters are
 * copied out of native memory at a time, moved in their own format, and copied back.
 */
final class AdaptiveUpdate implements Update {
    private static final int PIECE = 4096;

    private final Optimizer rule;
    private final int count;
    private final List<Memory> state;
    private final Mover mover;

    /** Moves one piece, which is here in parameters and gradient, and there in the state. */
    private interface Mover {
        void move(AdaptiveStep step, Memory positions, Memory gradients, int at, int first, int length);
    }

    AdaptiveUpdate(Optimizer rule, int count, Precision precision) {
        this.rule = rule;
        this.count = count;
        state = Stream.generate(() -> Memory.allocate(count, precision))
                .limit(AdaptiveStep.states(rule))
                .toList();
        int most = Math.min(PIECE, count);
        mover = precision == Precision.FLOAT32 ? singles(most) : doubles(most);
    }

    /** Bytes of Java's own memory into which pieces are copied: parameters, gradient and state. */
    static double heapBytes(Optimizer rule, int count, Precision precision) {
        int bytes = precision == Precision.FLOAT32 ? Float.BYTES : Double.BYTES;
        return (2.0 + AdaptiveStep.states(rule)) * bytes * Math.min(PIECE, count);
    }

    private Mover doubles(int most) {
        double[] position = new double[most];
        double[] gradient = new double[most];
        double[][] pieces = new double[state.size()][most];
        return (step, positions, gradients, at, first, length) -> {
            positions.load(at, position, length);
            gradients.load(at, gradient, length);
            for (int i = 0; i < pieces.length; i++) {
                state.get(i).load(first, pieces[i], length);
            }
            step.move(position, pieces, gradient, length);
            for (int i = 0; i < pieces.length; i++) {
                state.get(i).store(first, pieces[i], length);
            }
            positions.store(at, position, length);
        };
    }

    private Mover singles(int most) {
        float[] position = new float[most];
        float[] gradient = new float[most];
        float[][] pieces = new float[state.size()][most];
        return (step, positions, gradients, at, first, length) -> {
            ((Float32Memory) positions).load(at, position, 0, length);
            ((Float32Memory) gradients).load(at, gradient, 0, length);
            for (int i = 0; i < pieces.length; i++) {
                ((Float32Memory) state.get(i)).load(first, pieces[i], 0, length);
            }
            step.move(position, pieces, gradient, 0, length);
            for (int i = 0; i < pieces.length; i++) {
                ((Float32Memory) state.get(i)).store(first, pieces[i], 0, length);
            }
            ((Float32Memory) positions).store(at, position, 0, length);
        };
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public List<Numbers> state() {
        return List.copyOf(state);
    }

    @Override
    public void apply(Memory positions, Memory gradients, int first, int length, int step) {
        AdaptiveStep constants = AdaptiveStep.of(rule, step);
        for (int at = 0; at < length; at += PIECE) {
            mover.move(constants, positions, gradients, at, first + at, Math.min(PIECE, length - at));
        }
    }
}
