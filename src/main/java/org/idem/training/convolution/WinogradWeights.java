package org.idem.training.convolution;

import java.nio.FloatBuffer;

/**
 * The two-dimensional transform of weights, side² matrices (channel, output), to r² such matrices, and its adjoint,
 * each in two steps: along the kernel's columns to r · side matrices, which are kept, then along its rows to the r
 * matrices of one p, which need not leave a cache before they are used.
 */
final class WinogradWeights {
    /** Numbers per array: those of one step stay within a second-level cache. */
    private static final int CHUNK = 512;

    private final PairedMap map;
    private final int length;

    /**
     * @param map r × side of the kernel
     * @param length numbers in a matrix
     */
    WinogradWeights(PairedMap map, int length) {
        this.map = map;
        this.length = length;
    }

    int chunks() {
        return (length + CHUNK - 1) / CHUNK;
    }

    int arrayLength() {
        return Math.min(CHUNK, length);
    }

    int arrayCount() {
        return map.columns() + map.rows();
    }

    /** Numbers in the matrices between the steps. */
    int halfLength() {
        return Math.multiplyExact(map.columns() * map.rows(), length);
    }

    /** First step, for one chunk of every matrix. */
    void halve(int chunk, FloatBuffer weights, FloatBuffer halves, WinogradScratch.Worker worker) {
        int side = map.columns();
        float[][] arrays = worker.wide();
        int at = chunk * CHUNK;
        int n = Math.min(CHUNK, length - at);
        for (int column = 0; column < side; column++) {
            for (int row = 0; row < side; row++) {
                weights.get((row * side + column) * length + at, arrays[row], 0, n);
            }
            map.apply(arrays, 0, arrays, side, n);
            for (int p = 0; p < map.rows(); p++) {
                halves.put((p * side + column) * length + at, arrays[side + p], 0, n);
            }
        }
    }

    /** Second step, for numbers from, …, from + count − 1 of the r matrices of one p, one after the other. */
    void complete(int p, int from, int count, FloatBuffer halves, FloatBuffer matrices, WinogradScratch.Worker worker) {
        int side = map.columns();
        float[][] arrays = worker.wide();
        for (int at = 0; at < count; at += CHUNK) {
            int n = Math.min(CHUNK, count - at);
            for (int column = 0; column < side; column++) {
                halves.get((p * side + column) * length + from + at, arrays[column], 0, n);
            }
            map.apply(arrays, 0, arrays, side, n);
            for (int q = 0; q < map.rows(); q++) {
                matrices.put(q * count + at, arrays[side + q], 0, n);
            }
        }
    }

    /** Adjoint of the second step. */
    void completeAdjoint(
            int p, int from, int count, FloatBuffer matrices, FloatBuffer halves, WinogradScratch.Worker worker) {
        int r = map.rows();
        float[][] arrays = worker.wide();
        for (int at = 0; at < count; at += CHUNK) {
            int n = Math.min(CHUNK, count - at);
            for (int q = 0; q < r; q++) {
                matrices.get(q * count + at, arrays[q], 0, n);
            }
            map.applyTransposed(arrays, 0, arrays, r, n);
            for (int column = 0; column < map.columns(); column++) {
                halves.put((p * map.columns() + column) * length + from + at, arrays[r + column], 0, n);
            }
        }
    }

    /** Adjoint of the first step. */
    void halveAdjoint(int chunk, FloatBuffer halves, FloatBuffer weights, WinogradScratch.Worker worker) {
        int side = map.columns();
        int r = map.rows();
        float[][] arrays = worker.wide();
        int at = chunk * CHUNK;
        int n = Math.min(CHUNK, length - at);
        for (int column = 0; column < side; column++) {
            for (int p = 0; p < r; p++) {
                halves.get((p * side + column) * length + at, arrays[p], 0, n);
            }
            map.applyTransposed(arrays, 0, arrays, r, n);
            for (int row = 0; row < side; row++) {
                weights.put((row * side + column) * length + at, arrays[r + row], 0, n);
            }
        }
    }
}
