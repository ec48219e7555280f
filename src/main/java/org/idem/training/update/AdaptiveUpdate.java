package org.idem.training.update;

import java.util.List;
import java.util.stream.Stream;
import org.idem.array.Precision;
import org.idem.network.Optimizer;
import org.idem.training.memory.Float32Memory;
import org.idem.training.memory.Memory;

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

    /** Moves one piece. */
    private interface Mover {
        void move(AdaptiveStep step, Memory positions, Memory gradients, long from, int length);
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

    private Mover doubles(int most) {
        double[] position = new double[most];
        double[] gradient = new double[most];
        double[][] pieces = new double[state.size()][most];
        return (step, positions, gradients, from, length) -> {
            positions.load(from, position, length);
            gradients.load(from, gradient, length);
            for (int i = 0; i < pieces.length; i++) {
                state.get(i).load(from, pieces[i], length);
            }
            step.move(position, pieces, gradient, length);
            for (int i = 0; i < pieces.length; i++) {
                state.get(i).store(from, pieces[i], length);
            }
            positions.store(from, position, length);
        };
    }

    private Mover singles(int most) {
        float[] position = new float[most];
        float[] gradient = new float[most];
        float[][] pieces = new float[state.size()][most];
        return (step, positions, gradients, from, length) -> {
            ((Float32Memory) positions).load(from, position, length);
            ((Float32Memory) gradients).load(from, gradient, length);
            for (int i = 0; i < pieces.length; i++) {
                ((Float32Memory) state.get(i)).load(from, pieces[i], length);
            }
            step.move(position, pieces, gradient, length);
            for (int i = 0; i < pieces.length; i++) {
                ((Float32Memory) state.get(i)).store(from, pieces[i], length);
            }
            ((Float32Memory) positions).store(from, position, length);
        };
    }

    @Override
    public List<Memory> state() {
        return state;
    }

    @Override
    public void apply(Memory positions, Memory gradients, int step) {
        AdaptiveStep constants = AdaptiveStep.of(rule, step);
        for (int from = 0; from < count; from += PIECE) {
            mover.move(constants, positions, gradients, from, Math.min(PIECE, count - from));
        }
    }
}
