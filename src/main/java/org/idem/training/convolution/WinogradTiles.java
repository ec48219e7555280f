package org.idem.training.convolution;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Two-dimensional transforms of images (image, row, column, channel), cut into overlapping square tiles whose corners
 * are {@link WinogradTransform#TILE} apart, to r² matrices (tile, channel), and their adjoints. Tiles may begin some
 * rows and columns before the images and reach beyond their lower and right edges, where images count as 0.
 *
 * <p>The work has two steps. The first comes in bands, the tiles in one row of one image, whose rows are transformed
 * whole, along the image's columns, to r lines. The second takes line p of every band to the r matrices of one p, band
 * by band, so that what is at work stays in a first-level cache and the matrices of a p need not leave a second-level
 * one before they are used.
 *
 * <p>A row or line lies in as many arrays as tiles are apart: the first holds the columns 0, 4, 8, …, the second 1, 5,
 * 9, …. So the first four columns of all tiles are used where they are. A tile's other columns are the first of its
 * neighbours, a few numbers further on in the same arrays. Loops use copies of them, because HotSpot makes vector
 * instructions only of loops that use all their arrays at the same index.
 */
final class WinogradTiles {
    private static final int STEP = WinogradTransform.TILE;

    private final PairedMap map;
    private final int side;
    private final int rows;
    private final int columns;
    private final int channels;
    private final int zeros;
    private final int tileRows;
    private final int tileColumns;
    private final int tiles;
    private final int bands;

    /** Numbers in an array. */
    private final int phase;

    /**
     * @param map r × side of a tile
     * @param rows rows of an image
     * @param columns columns of an image
     * @param zeros rows and columns of the first tiles before an image
     */
    WinogradTiles(
            PairedMap map, int images, int rows, int columns, int channels, int zeros, int tileRows, int tileColumns) {
        this.map = map;
        this.side = map.columns();
        this.rows = rows;
        this.columns = columns;
        this.channels = channels;
        this.zeros = zeros;
        this.tileRows = tileRows;
        this.tileColumns = tileColumns;
        bands = Math.multiplyExact(images, tileRows);
        tiles = Math.multiplyExact(bands, tileColumns);
        phase = Math.multiplyExact(tileColumns + (side - 1) / STEP, channels);
    }

    /** Numbers in the longest of a worker's arrays, and of lines. */
    int arrayLength() {
        return phase;
    }

    /** Numbers in a row of tiles, and on to a multiple of the step. */
    int rowLength() {
        return Math.multiplyExact(STEP, phase);
    }

    /** Columns of an image as far as tiles reach. */
    private int reached() {
        return Math.min(columns, rowLength() / channels - zeros);
    }

    /** Numbers of a band in a matrix. */
    private int bandLength() {
        return Math.multiplyExact(tileColumns, channels);
    }

    /** Arrays for rows that a worker needs: one after the other those of the first columns, then of the second. */
    int wideCount() {
        return STEP * side;
    }

    /** Arrays for the numbers of a band in a column of tiles: those of the matrices, and copied columns. */
    int narrowCount() {
        return map.rows() + side - STEP;
    }

    /** Arrays of the lines of all bands. */
    int lineCount() {
        return Math.multiplyExact(bands * STEP, map.rows());
    }

    /** Index of the array with some columns of the first line of a band; those of the other lines follow. */
    private int lineIndex(int band, int column) {
        return (band * STEP + column) * map.rows();
    }

    /** First step: overwrites the r lines of a band. */
    void transformRows(int band, FloatBuffer images, float[][] lines, WinogradScratch.Worker worker) {
        float[][] wide = worker.wide();
        for (int j = keepRows(band, worker); j < side; j++) {
            int row = band % tileRows * STEP - zeros + j;
            if (row >= 0 && row < rows) {
                readRow(band / tileRows * rows + row, images, j, worker);
            } else {
                for (int column = 0; column < STEP; column++) {
                    Arrays.fill(wide[column * side + j], 0, phase, 0);
                }
            }
        }
        for (int column = 0; column < STEP; column++) {
            map.apply(wide, column * side, lines, lineIndex(band, column), phase);
        }
    }

    /**
     * Moves the last rows of the band above, where they are this band's first, to the place of these.
     *
     * @return how many rows a worker has of a band
     */
    private int keepRows(int band, WinogradScratch.Worker worker) {
        boolean follows = band % tileRows > 0 && worker.follows(band);
        worker.holds(band);
        if (!follows) {
            return 0;
        }
        float[][] wide = worker.wide();
        for (int column = 0; column < STEP; column++) {
            for (int i = column * side; i < (column + 1) * side - STEP; i++) {
                float[] row = wide[i];
                wide[i] = wide[i + STEP];
                wide[i + STEP] = row;
            }
        }
        return side - STEP;
    }

    /**
     * Second step: overwrites the r matrices of one p from line p of every band.
     *
     * @param first number of matrices before them
     */
    void transformTiles(int p, float[][] lines, FloatBuffer matrices, int first, WinogradScratch.Worker worker) {
        float[][] narrow = worker.narrow();
        float[][] tileColumn = new float[side][];
        for (int band = 0; band < bands; band++) {
            for (int j = 0; j < side; j++) {
                float[] line = lines[lineIndex(band, j % STEP) + p];
                tileColumn[j] = j < STEP ? line : copied(worker, j);
                if (j >= STEP) {
                    System.arraycopy(line, shift(j), tileColumn[j], 0, bandLength());
                }
            }
            map.apply(tileColumn, 0, narrow, 0, bandLength());
            for (int q = 0; q < map.rows(); q++) {
                matrices.put(at(first + q, band), narrow[q], 0, bandLength());
            }
        }
    }

    /** How much further on a tile's column is than one that the tile before it does not have. */
    private int shift(int column) {
        return column / STEP * channels;
    }

    /** A worker's array for a column that the tile before has, too. */
    private float[] copied(WinogradScratch.Worker worker, int column) {
        return worker.narrow()[map.rows() + column - STEP];
    }

    /** The adjoint of {@link #transformTiles}: overwrites line p of every band. */
    void adjointTiles(int p, FloatBuffer matrices, float[][] lines, WinogradScratch.Worker worker) {
        float[][] narrow = worker.narrow();
        float[][] tileColumn = new float[side][];
        for (int band = 0; band < bands; band++) {
            for (int q = 0; q < map.rows(); q++) {
                matrices.get(at(q, band), narrow[q], 0, bandLength());
            }
            for (int j = 0; j < side; j++) {
                tileColumn[j] = j < STEP ? lines[lineIndex(band, j) + p] : copied(worker, j);
            }
            map.applyTransposed(narrow, 0, tileColumn, 0, bandLength());
            addNeighbours(tileColumn);
        }
    }

    /** Adds the columns of every tile that belong to its neighbours to the others, which lie in the first arrays. */
    private void addNeighbours(float[][] tileColumn) {
        for (int column = 0; column < STEP; column++) {
            Arrays.fill(tileColumn[column], bandLength(), phase, 0);
        }
        for (int from = STEP; from < side; from += STEP) {
            for (int column = 0; column < STEP; column++) {
                if (from + column < side) {
                    float[] moved = tileColumn[from + column];
                    System.arraycopy(moved, 0, moved, shift(from), bandLength());
                    Arrays.fill(moved, 0, shift(from), 0);
                    Arrays.fill(moved, shift(from) + bandLength(), phase, 0);
                    add(tileColumn[column], moved, phase);
                } else {
                    addZero(tileColumn[column], phase);
                }
            }
        }
    }

    /**
     * The adjoint of {@link #transformRows} for one band where tiles do not overlap: overwrites the band's rows of the
     * images. Its lines are used as scratch.
     */
    void writeAdjoint(int band, float[][] lines, FloatBuffer images, WinogradScratch.Worker worker) {
        applyTransposed(band, lines, worker);
        for (int j = 0; j < STEP; j++) {
            writeRow(band, j, worker.wide(), j, side, images, worker);
        }
    }

    private void applyTransposed(int band, float[][] lines, WinogradScratch.Worker worker) {
        for (int column = 0; column < STEP; column++) {
            map.applyTransposed(lines, lineIndex(band, column), worker.wide(), column * side, phase);
        }
    }

    /**
     * The adjoint of {@link #transformRows} for one band: puts as many rows as a tile has, as far as tiles reach, in
     * the place of its first lines, whose arrays the worker takes.
     */
    void adjointRows(int band, float[][] lines, WinogradScratch.Worker worker) {
        applyTransposed(band, lines, worker);
        float[][] wide = worker.wide();
        for (int i = 0; i < STEP * side; i++) {
            int line = lineIndex(band, i / side) + i % side;
            float[] row = wide[i];
            wide[i] = lines[line];
            lines[line] = row;
        }
    }

    /**
     * Overwrites a band's first rows of the images with the sums of what {@link #adjointRows} left for it and for the
     * bands above, and, after an image's last band, the rows below.
     */
    void writeSum(int band, float[][] sums, FloatBuffer images, WinogradScratch.Worker worker) {
        boolean last = band % tileRows == tileRows - 1;
        for (int j = 0; j < side; j++) {
            if (j < STEP || last) {
                for (int above = 1; above <= band % tileRows && j + above * STEP < side; above++) {
                    for (int column = 0; column < STEP; column++) {
                        add(
                                sums[lineIndex(band, column) + j],
                                sums[lineIndex(band - above, column) + j + above * STEP],
                                phase);
                    }
                }
                writeRow(band, j, sums, lineIndex(band, 0) + j, map.rows(), images, worker);
            }
        }
    }

    /** Copies a row of the images to row j of a worker. */
    private void readRow(int row, FloatBuffer images, int j, WinogradScratch.Worker worker) {
        float[] line = worker.row();
        Arrays.fill(line, 0, zeros * channels, 0);
        images.get(row * columns * channels, line, zeros * channels, reached() * channels);
        Arrays.fill(line, (zeros + reached()) * channels, rowLength(), 0);
        for (int column = 0; column < STEP; column++) {
            float[] array = worker.wide()[column * side + j];
            for (int to = 0; to < phase; to += channels) {
                System.arraycopy(line, to * STEP + column * channels, array, to, channels);
            }
        }
    }

    /** @param first index of the array with a row's first columns, whose others are apart as told */
    private void writeRow(
            int band,
            int j,
            float[][] arrays,
            int first,
            int apart,
            FloatBuffer images,
            WinogradScratch.Worker worker) {
        int row = band % tileRows * STEP - zeros + j;
        if (row >= 0 && row < rows) {
            float[] line = worker.row();
            for (int phaseColumn = 0; phaseColumn < STEP; phaseColumn++) {
                float[] array = arrays[first + phaseColumn * apart];
                for (int column = phaseColumn; column < zeros + reached(); column += STEP) {
                    System.arraycopy(array, shift(column), line, column * channels, channels);
                }
            }
            if (zeros > 0) {
                addZero(line, (zeros + reached()) * channels);
            }
            images.put(
                    (band / tileRows * rows + row) * columns * channels, line, zeros * channels, reached() * channels);
        }
    }

    private int at(int matrix, int band) {
        return (matrix * tiles + band * tileColumns) * channels;
    }

    /** Turns zeros positive, as every sum with a zero does. */
    private static void addZero(float[] to, int n) {
        for (int i = 0; i < n; i++) {
            to[i] += 0;
        }
    }

    private static void add(float[] to, float[] from, int n) {
        for (int i = 0; i < n; i++) {
            to[i] += from[i];
        }
    }
}
