package org.idem.theory.deep;

import org.idem.array.Array;

/**
 * Moves images down and to the right.
 *
 * @param rows by how many rows, negative is up
 * @param columns by how many columns, negative is left
 */
public record Shift(int rows, int columns) {
    /**
     * Moves images round: what leaves on one side comes in on the other.
     *
     * @param images (n, C, H, W), not changed
     * @return fresh, the same shape
     */
    public Array round(Array images) {
        return moved(images, true);
    }

    /**
     * Moves images, zeros come in.
     *
     * @param images (n, C, H, W), not changed
     * @return fresh, the same shape
     */
    public Array out(Array images) {
        return moved(images, false);
    }

    private Array moved(Array images, boolean wraps) {
        Array moved = Array.zeros(images.shape());
        int height = images.size(2);
        int width = images.size(3);
        for (int i = 0; i < images.length(); i++) {
            int row = i / width % height + rows;
            int column = i % width + columns;
            boolean inside = row >= 0 && row < height && column >= 0 && column < width;
            if (inside || wraps) {
                int plane = i / (height * width);
                int to = (plane * height + Math.floorMod(row, height)) * width + Math.floorMod(column, width);
                moved.values()[to] = images.values()[i];
            }
        }
        return moved;
    }
}
