package org.idem.training.convolution;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Two-dimensional transforms of images (image, row, column, channel), cut into overlapping square tiles whose corners
 * are {@link WinogradTransform#TILE} apart, to r² matrices (tile, channel), and their adjoints. Tiles may reach beyond
 * the lower and right edges, where images count as 0.
 *
 * <p>The work has two steps. The first comes in bands, the tiles in one row of one image, whose rows are transformed
 * whole, along the image's columns, to r lines. The second takes line p of every band to the r matrices of one p, some
 * bands together, so that loops are long and the matrices of a p need not leave a cache before they are used. Lines lie
 * in arrays in another order than rows: first the first column of every tile, then the second, up to as many as tiles
 * are apart. So any column of all tiles is one piece of an array.
 */
final class WinogradTiles {
    private static final int STEP = WinogradTransform.TILE;

    /** Numbers of neighbouring bands that are transformed together, if a band does not have more. */
    private static final int TOGETHER = 2048;

    private final PairedMap map;
    private final int side;
    private final int rows;
    private final int columns;
    private final int channels;
    private final int tileRows;
    private final int tileColumns;
    private final int tiles;
    private final int bands;
    private final int bandsTogether;

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
        bands = Math.multiplyExact(images, tileRows);
        tiles = Math.multiplyExact(bands, tileColumns);
        phase = Math.multiplyExact(tileColumns + (side - 1) / STEP, channels);
        bandsTogether = Math.max(1, Math.min(bands, TOGETHER / bandLength()));
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
        return worker.wide()[side];
    }

    /** Numbers of a band in a matrix. */
    private int bandLength() {
        return Math.multiplyExact(tileColumns, channels);
    }

    int narrowLength() {
        return Math.multiplyExact(bandsTogether, bandLength());
    }

    /** Wide arrays that a worker needs. */
    int wideCount() {
        return side + 1;
    }

    int narrowCount() {
        return side + map.rows();
    }

    /** First step: overwrites the r lines of a band. */
    void transformRows(int band, FloatBuffer images, float[][] lines, WinogradScratch.Worker worker) {
        float[][] wide = worker.wide();
        int image = band / tileRows;
        int top = band % tileRows * STEP;
        for (int j = 0; j < side; j++) {
            Arrays.fill(wide[j], 0, wideLength(), 0);
            if (top + j < rows) {
                readRow(image * rows + top + j, images, wide[j], line(worker));
            }
        }
        map.apply(wide, 0, lines, band * map.rows(), wideLength());
    }

    /**
     * Second step: overwrites the r matrices of one p from line p of every band.
     *
     * @param first number of matrices before them
     */
    void transformTiles(int p, float[][] lines, FloatBuffer matrices, int first, WinogradScratch.Worker worker) {
        float[][] narrow = worker.narrow();
        int length = bandLength();
        for (int from = 0; from < bands; from += bandsTogether) {
            int count = Math.min(bandsTogether, bands - from);
            for (int j = 0; j < side; j++) {
                for (int i = 0; i < count; i++) {
                    System.arraycopy(line(lines, from + i, p), place(j), narrow[j], i * length, length);
                }
            }
            map.apply(narrow, 0, narrow, side, count * length);
            for (int q = 0; q < map.rows(); q++) {
                matrices.put(at(first + q, from), narrow[side + q], 0, count * length);
            }
        }
    }

    /** The adjoint of {@link #transformTiles}: overwrites line p of every band. */
    void adjointTiles(int p, FloatBuffer matrices, float[][] lines, WinogradScratch.Worker worker) {
        int r = map.rows();
        float[][] narrow = worker.narrow();
        float[] overlap = worker.wide()[0];
        int length = bandLength();
        for (int from = 0; from < bands; from += bandsTogether) {
            int count = Math.min(bandsTogether, bands - from);
            for (int q = 0; q < r; q++) {
                matrices.get(at(q, from), narrow[q], 0, count * length);
            }
            map.applyTransposed(narrow, 0, narrow, r, count * length);
            for (int i = 0; i < count; i++) {
                float[] row = line(lines, from + i, p);
                spread(narrow, i * length, 0, row);
                for (int column = STEP; column < side; column += STEP) {
                    spread(narrow, i * length, column, overlap);
                    add(row, overlap, wideLength());
                }
            }
        }
    }

    private float[] line(float[][] lines, int band, int p) {
        return lines[band * map.rows() + p];
    }

    /** Overwrites an array with up to as many columns of every tile as tiles are apart, which do not overlap. */
    private void spread(float[][] narrow, int at, int from, float[] row) {
        Arrays.fill(row, 0, wideLength(), 0);
        for (int j = from; j < Math.min(side, from + STEP); j++) {
            System.arraycopy(narrow[map.rows() + j], at, row, place(j), bandLength());
        }
    }

    /**
     * The adjoint of {@link #transformRows} for one band where tiles do not overlap: overwrites the band's rows of the
     * images. Its lines are used as scratch.
     */
    void writeAdjoint(int band, float[][] lines, FloatBuffer images, WinogradScratch.Worker worker) {
        float[][] wide = worker.wide();
        map.applyTransposed(lines, band * map.rows(), wide, 0, wideLength());
        for (int j = 0; j < STEP; j++) {
            writeRow(band, j, wide[j], images, line(worker));
        }
    }

    /**
     * The adjoint of {@link #transformRows} for one band: puts as many rows as a tile has, as far as tiles reach, in
     * the place of its first lines, whose arrays the worker takes.
     */
    void adjointRows(int band, float[][] lines, WinogradScratch.Worker worker) {
        float[][] wide = worker.wide();
        int first = band * map.rows();
        map.applyTransposed(lines, first, wide, 0, wideLength());
        for (int j = 0; j < side; j++) {
            float[] row = wide[j];
            wide[j] = lines[first + j];
            lines[first + j] = row;
        }
    }

    /**
     * Overwrites a band's first rows of the images with the sums of what {@link #adjointRows} left for it and for the
     * bands above, and, after an image's last band, the rows below.
     */
    void writeSum(int band, float[][] sums, FloatBuffer images, WinogradScratch.Worker worker) {
        int stride = map.rows();
        int own = band * stride;
        boolean last = band % tileRows == tileRows - 1;
        for (int j = 0; j < side; j++) {
            if (j < STEP || last) {
                for (int above = 1; above <= band % tileRows && j + above * STEP < side; above++) {
                    add(sums[own + j], sums[own - above * stride + j + above * STEP], wideLength());
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
