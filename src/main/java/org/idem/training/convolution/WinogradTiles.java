package org.idem.training.convolution;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Two-dimensional transforms of images (image, row, column, channel), cut into overlapping square tiles whose corners
 * are {@link WinogradTransform#TILE} apart, to r² matrices (tile, channel), and their adjoints. Tiles may reach beyond
 * the lower and right edges, where images count as 0.
 *
 * <p>The work comes in bands: the tiles in one row of one image. Rows are transformed whole, along the image's columns,
 * before tiles are cut. They lie in arrays in another order: first the first column of every tile, then the second, up
 * to as many as tiles are apart. So any column of all tiles is one piece of an array.
 */
final class WinogradTiles {
    private static final int STEP = WinogradTransform.TILE;

    private final PairedMap map;
    private final int side;
    private final int rows;
    private final int columns;
    private final int channels;
    private final int tileRows;
    private final int tileColumns;
    private final int tiles;

    /** Numbers in an array between a tile's column and the next. */
    private final int phase;

    /**
     * @param map r × side of a tile
     * @param rows rows of an image
     * @param columns columns of an image
     */
    WinogradTiles(PairedMap map, int images, int rows, int columns, int channels, int tileRows, int tileColumns) {
        this.map = map;
        this.side = map.columns();
        this.rows = rows;
        this.columns = columns;
        this.channels = channels;
        this.tileRows = tileRows;
        this.tileColumns = tileColumns;
        tiles = Math.multiplyExact(Math.multiplyExact(images, tileRows), tileColumns);
        phase = Math.multiplyExact(tileColumns + (side - 1) / STEP, channels);
    }

    /** Numbers in a row of an image as far as tiles reach, and on to a multiple of the step. */
    int wideLength() {
        return Math.multiplyExact(STEP, phase);
    }

    /** Where an array has a column of an image, or that column of the first tile, which those of the others follow. */
    private int place(int column) {
        return column % STEP * phase + column / STEP * channels;
    }

    /** Columns of an image as far as tiles reach. */
    private int reached() {
        return Math.min(columns, wideLength() / channels);
    }

    /** A worker's array for a row in the order of images. */
    private float[] line(WinogradScratch.Worker worker) {
        return worker.wide()[side + map.rows()];
    }

    int narrowLength() {
        return Math.multiplyExact(tileColumns, channels);
    }

    /** Wide arrays that a worker needs. */
    int wideCount() {
        return side + map.rows() + 1;
    }

    int narrowCount() {
        return side + map.rows();
    }

    /** Rows that a band reaches. */
    int side() {
        return side;
    }

    /** Overwrites a band's rows in the r² matrices with its transformed tiles. */
    void transform(int band, FloatBuffer images, FloatBuffer matrices, WinogradScratch.Worker worker) {
        int r = map.rows();
        float[][] wide = worker.wide();
        float[][] narrow = worker.narrow();
        int image = band / tileRows;
        int top = band % tileRows * STEP;
        for (int j = 0; j < side; j++) {
            Arrays.fill(wide[j], 0, wideLength(), 0);
            if (top + j < rows) {
                readRow(image * rows + top + j, images, wide[j], line(worker));
            }
        }
        map.apply(wide, 0, wide, side, wideLength());
        int length = narrowLength();
        for (int p = 0; p < r; p++) {
            float[] row = wide[side + p];
            for (int j = 0; j < side; j++) {
                System.arraycopy(row, place(j), narrow[j], 0, length);
            }
            map.apply(narrow, 0, narrow, side, length);
            for (int q = 0; q < r; q++) {
                matrices.put(at(p * r + q, band), narrow[side + q], 0, length);
            }
        }
    }

    /**
     * The adjoint of {@link #transform} for one band: overwrites as many rows as a tile has, from {@code first} on,
     * with the sums of the band's transformed tiles, as far as tiles reach.
     */
    void adjoint(int band, FloatBuffer matrices, float[][] sums, int first, WinogradScratch.Worker worker) {
        int r = map.rows();
        float[][] wide = worker.wide();
        float[][] narrow = worker.narrow();
        float[] overlap = wide[r];
        int length = narrowLength();
        for (int p = 0; p < r; p++) {
            for (int q = 0; q < r; q++) {
                matrices.get(at(p * r + q, band), narrow[q], 0, length);
            }
            map.applyTransposed(narrow, 0, narrow, r, length);
            float[] row = wide[p];
            spread(narrow, 0, row);
            for (int from = STEP; from < side; from += STEP) {
                spread(narrow, from, overlap);
                add(row, overlap, wideLength());
            }
        }
        map.applyTransposed(wide, 0, sums, first, wideLength());
    }

    /** Overwrites an array with up to as many columns of every tile as tiles are apart, which do not overlap. */
    private void spread(float[][] narrow, int from, float[] row) {
        Arrays.fill(row, 0, wideLength(), 0);
        for (int j = from; j < Math.min(side, from + STEP); j++) {
            System.arraycopy(narrow[map.rows() + j], 0, row, place(j), narrowLength());
        }
    }

    /** As {@link #adjoint} where tiles do not overlap: overwrites the band's rows of the images. */
    void writeAdjoint(int band, FloatBuffer matrices, FloatBuffer images, WinogradScratch.Worker worker) {
        float[][] wide = worker.wide();
        int first = map.rows();
        adjoint(band, matrices, wide, first, worker);
        for (int j = 0; j < STEP; j++) {
            writeRow(band, j, wide[first + j], images, line(worker));
        }
    }

    /**
     * Overwrites a band's first rows of the images with the sums that {@link #adjoint} left for it and for the bands
     * above, and, after an image's last band, the rows below.
     *
     * @param sums of the bands from {@code firstBand} on, which is the first of an image
     */
    void writeSum(int band, int firstBand, float[][] sums, FloatBuffer images, WinogradScratch.Worker worker) {
        int own = (band - firstBand) * side;
        boolean last = band % tileRows == tileRows - 1;
        for (int j = 0; j < side; j++) {
            if (j < STEP || last) {
                for (int above = 1; above <= band % tileRows && j + above * STEP < side; above++) {
                    add(sums[own + j], sums[own - above * side + j + above * STEP], wideLength());
                }
                writeRow(band, j, sums[own + j], images, line(worker));
            }
        }
    }

    private void readRow(int row, FloatBuffer images, float[] into, float[] line) {
        images.get(row * columns * channels, line, 0, reached() * channels);
        for (int column = 0; column < reached(); column++) {
            System.arraycopy(line, column * channels, into, place(column), channels);
        }
    }

    private void writeRow(int band, int j, float[] values, FloatBuffer images, float[] line) {
        int row = band % tileRows * STEP + j;
        if (row < rows) {
            for (int column = 0; column < reached(); column++) {
                System.arraycopy(values, place(column), line, column * channels, channels);
            }
            images.put((band / tileRows * rows + row) * columns * channels, line, 0, reached() * channels);
        }
    }

    private int at(int matrix, int band) {
        return (matrix * tiles + band * tileColumns) * channels;
    }

    private static void add(float[] to, float[] from, int n) {
        for (int i = 0; i < n; i++) {
            to[i] += from[i];
        }
    }
}
