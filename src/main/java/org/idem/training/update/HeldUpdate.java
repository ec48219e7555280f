package org.idem.training.update;

import java.util.List;
import java.util.stream.Stream;
import org.idem.network.Optimizer;
import org.idem.training.memory.Float32Memory;
import org.idem.training.memory.Memory;
import org.idem.training.memory.Numbers;

/**
 * Adam, RMSProp and Adagrad for at most a million 32-bit parameters. Their state lies in Java's own memory, so that one
 * loop reads it, moves it and writes it back: it need not be copied out of native memory first, and is fetched while
 * the processor computes.
 */
final class HeldUpdate implements Update {
    /** More parameters than this would take too much of Java's own memory. */
    static final int MOST = 1 << 20;

    private final Optimizer rule;
    private final int count;
    private final List<Pieces> state;
    private final float[] position = new float[Pieces.LENGTH];
    private final float[] gradient = new float[Pieces.LENGTH];

    /** Gives a part of a gradient. */
    private interface Slopes {
        /** From an element on, so many into an array from a place on. */
        void load(int at, float[] into, int from, int length);
    }

    HeldUpdate(Optimizer rule, int count) {
        this.rule = rule;
        this.count = count;
        state = Stream.generate(() -> new Pieces(count))
                .limit(AdaptiveStep.states(rule))
                .toList();
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
    public void apply(Memory position, Memory gradient, int first, int length, int step) {
        move(position, ((Float32Memory) gradient)::load, first, length, step);
    }

    @Override
    public void applyOuter(
            Memory position,
            Memory rowFactors,
            int rows,
            Memory columnFactors,
            int columns,
            Memory unused,
            int first,
            int step) {
        float[] down = new float[rows];
        float[] across = new float[columns];
        ((Float32Memory) rowFactors).load(0, down, 0, rows);
        ((Float32Memory) columnFactors).load(0, across, 0, columns);
        Slopes outer = (at, into, from, length) -> {
            for (int i = 0; i < length; ) {
                int column = (at + i) % columns;
                int some = Math.min(columns - column, length - i);
                System.arraycopy(across, column, into, from + i, some);
                multiply(into, from + i, from + i + some, down[(at + i) / columns]);
                i += some;
            }
        };
        move(position, outer, first, rows * columns, step);
    }

    /** Adding 0 turns −0 into 0, as a sum that begins with 0 does. */
    private static void multiply(float[] numbers, int from, int to, float factor) {
        for (int i = from; i < to; i++) {
            numbers[i] = numbers[i] * factor + 0f;
        }
    }

    private void move(Memory positions, Slopes slopes, int first, int length, int step) {
        Float32Memory parameters = (Float32Memory) positions;
        AdaptiveStep constants = AdaptiveStep.of(rule, step);
        float[][] pieces = new float[state.size()][];
        for (int at = 0; at < length; ) {
            int from = (first + at) % Pieces.LENGTH;
            int some = Math.min(Pieces.LENGTH - from, length - at);
            for (int i = 0; i < pieces.length; i++) {
                pieces[i] = state.get(i).of(first + at);
            }
            parameters.load(at, position, from, some);
            slopes.load(at, gradient, from, some);
            constants.move(position, pieces, gradient, from, from + some);
            parameters.store(at, position, from, some);
            at += some;
        }
    }
}
