package org.idem.training.convolution;

import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.idem.array.Precision;
import org.idem.training.memory.Float32Memory;
import org.idem.training.memory.GrowingMemory;
import org.idem.training.memory.Threads;

/**
 * Threads, and memory that {@link WinogradConvolution} needs only within a call. Convolutions that never run at the
 * same time may share it. Constructing a convolution makes it grow where necessary, so that it suits the largest of
 * them.
 */
public final class WinogradScratch {
    /** The arrays of one thread. */
    static final class Worker {
        /** A row in the order of images. */
        private float[] row = new float[0];

        /** Columns of whole rows of an image, or several numbers for each of some weights. */
        private float[][] wide = new float[0][];

        /** The columns of a row's tiles. */
        private float[][] narrow = new float[0][];

        /** Transformed weights, or their gradients, while they are in use. */
        private final Native block = new Native(1);

        private final Native outputs = new Native(1);
        private final Native inputs = new Native(1);

        /** Band of tiles whose rows the wide arrays hold, or −1. */
        private int band = -1;

        Native block() {
            return block;
        }

        /** For transformed outputs of one row of the transforms, or their gradients. */
        Native outputs() {
            return outputs;
        }

        /**
         * For transformed inputs of one row of the transforms, unless they are kept, or gradients with respect to them.
         */
        Native inputs() {
            return inputs;
        }

        float[] row() {
            return row;
        }

        float[][] wide() {
            return wide;
        }

        float[][] narrow() {
            return narrow;
        }

        /** The wide arrays hold the rows of a band, for as long as this run's parts use them for nothing else. */
        void holds(int band) {
            this.band = band;
        }

        /** Whether the wide arrays hold the rows of the band before. */
        boolean follows(int band) {
            return band > 0 && this.band == band - 1;
        }
    }

    /** Native memory with a buffer that reads and writes it. */
    static final class Native {
        private final GrowingMemory memory;
        private FloatBuffer buffer;

        Native(int length) {
            memory = new GrowingMemory(length, Precision.FLOAT32);
            buffer = memory().buffer(length);
        }

        private void reserve(int atLeast) {
            if (atLeast > memory().length()) {
                memory.reserve(atLeast);
                buffer = memory().buffer(atLeast);
            }
        }

        Float32Memory memory() {
            return (Float32Memory) memory.memory();
        }

        FloatBuffer buffer() {
            return buffer;
        }
    }

    interface Part {
        void run(int part, Worker worker);
    }

    private final Threads threads;
    private final Worker[] workers;
    private final Native weights = new Native(1);
    private final Native transposed = new Native(1);
    private final Native halfWeights = new Native(1);
    private float[][] lines = new float[0][];

    /**
     * Scratch without memory yet.
     *
     * @param threads that share the work of a call, at least 1
     */
    public WinogradScratch(int threads) {
        this.threads = new Threads(threads);
        workers = new Worker[threads];
        for (int i = 0; i < threads; i++) {
            workers[i] = new Worker();
        }
    }

    /** Runs parts 0, …, parts − 1 once each, in any order, each with arrays that no other part uses meanwhile. */
    void run(int parts, Part part) {
        AtomicInteger next = new AtomicInteger();
        threads.run(workers.length, thread -> {
            workers[thread].holds(-1);
            for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
                part.run(i, workers[thread]);
            }
        });
    }

    void reserveRow(int length) {
        for (Worker worker : workers) {
            worker.row = worker.row.length < length ? new float[length] : worker.row;
        }
    }

    /** Arrays of workers; lines are as long as wide arrays, for workers exchange them. */
    void reserveArrays(int wideCount, int wideLength, int narrowCount, int narrowLength, int lineCount) {
        for (Worker worker : workers) {
            worker.wide = grown(worker.wide, wideCount, wideLength);
            worker.narrow = grown(worker.narrow, narrowCount, narrowLength);
        }
        lines = grown(lines, lineCount, wideLength);
    }

    void reserveNative(int outputLength, int inputLength, int blockLength) {
        for (Worker worker : workers) {
            worker.outputs.reserve(outputLength);
            worker.inputs.reserve(inputLength);
            worker.block.reserve(blockLength);
        }
    }

    /** For gradients. */
    void reserveGradients(int weightLength) {
        weights.reserve(weightLength);
        transposed.reserve(weightLength);
    }

    /** Weights transformed by half in passes that no gradient follows. */
    Native halfWeights(int length) {
        halfWeights.reserve(length);
        return halfWeights;
    }

    private static float[][] grown(float[][] arrays, int count, int length) {
        int longest = arrays.length == 0 ? 0 : arrays[0].length;
        return count <= arrays.length && length <= longest
                ? arrays
                : new float[Math.max(count, arrays.length)][Math.max(wholeLines(length), longest)];
    }

    /**
     * A length of arrays with which an array takes whole cache lines, its header of 16 bytes included. Arrays that
     * follow each other then begin at the same place of a line, so that loops over several of them can align them all.
     */
    private static int wholeLines(int length) {
        return (length + 4 + 15) / 16 * 16 - 4;
    }

    /** For gradients with respect to weights transformed by half. */
    Native weights() {
        return weights;
    }

    /** For weights transformed by half, whose matrices are transposed. */
    Native transposed() {
        return transposed;
    }

    /** The r lines of every band of tiles, or the rows that bands of neighbouring tiles add up to. */
    float[][] lines() {
        return lines;
    }
}
