package org.idem.training;

import java.nio.FloatBuffer;

/**
 * The two-dimensional transform of weights, side² matrices (channel, output), to r² such matrices, and its adjoint. The
 * work comes in blocks of weights at the same place in every matrix.
 */
final class WinogradWeights {
    /** A block's arrays together stay within a second-level cache. */
    private static final int BLOCK = 1024;

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

    int blocks() {
        return (length + BLOCK - 1) / BLOCK;
    }

    int wideLength() {
        return Math.min(BLOCK, length);
    }

    int wideCount() {
        int side = map.columns();
        return side * side + map.rows() * side + Math.max(map.rows(), side);
    }

    void transform(int block, FloatBuffer weights, FloatBuffer matrices, WinogradScratch.Worker worker) {
        int side = map.columns();
        int r = map.rows();
        float[][] wide = worker.wide();
        int half = side * side;
        int last = half + r * side;
        int at = block * BLOCK;
        int n = Math.min(BLOCK, length - at);
        for (int tap = 0; tap < side * side; tap++) {
            weights.get(tap * length + at, wide[tap], 0, n);
        }
        for (int column = 0; column < side; column++) {
            map.apply(wide, column, side, wide, half + column * r, n);
        }
        for (int p = 0; p < r; p++) {
            map.apply(wide, half + p, r, wide, last, n);
            for (int q = 0; q < r; q++) {
                matrices.put((p * r + q) * length + at, wide[last + q], 0, n);
            }
        }
    }

    void adjoint(int block, FloatBuffer matrices, FloatBuffer weights, WinogradScratch.Worker worker) {
        int side = map.columns();
        int r = map.rows();
        float[][] wide = worker.wide();
        int half = Math.max(r, side);
        int at = block * BLOCK;
        int n = Math.min(BLOCK, length - at);
        for (int p = 0; p < r; p++) {
            for (int q = 0; q < r; q++) {
                matrices.get((p * r + q) * length + at, wide[q], 0, n);
            }
            map.applyTransposed(wide, 0, 1, wide, half + p * side, n);
        }
        for (int column = 0; column < side; column++) {
            map.applyTransposed(wide, half + column, side, wide, 0, n);
            for (int row = 0; row < side; row++) {
                weights.put((row * side + column) * length + at, wide[row], 0, n);
            }
        }
    }
}
