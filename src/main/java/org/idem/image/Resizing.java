package org.idem.image;

import org.idem.array.Array;

/** Images of another size. */
public final class Resizing {
    private Resizing() {}

    /**
     * Resizes by area: a pixel of the result is the mean of the pixels that it covers, each weighted by the area that
     * it shares. Halving both sides averages blocks of 2 × 2 pixels.
     *
     * @param image any
     * @param height rows of the result, at least 1
     * @param width columns of the result, at least 1
     * @return of the same name; the image itself if it has this size
     */
    public static Image byArea(Image image, int height, int width) {
        if (image.height() == height && image.width() == width) {
            return image;
        }
        double[] pixels = new double[Array.lengthOf(image.channels(), height, width)];
        int next = 0;
        for (int channel = 0; channel < image.channels(); channel++) {
            int plane = channel * image.height() * image.width();
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    pixels[next++] = mean(image, plane, row, height, column, width);
                }
            }
        }
        return new Image(image.name(), Array.of(pixels, image.channels(), height, width));
    }

    /** Mean of the pixels that a cell of the other grid touches, each weighted by the area that it shares. */
    private static double mean(Image image, int plane, int row, int rows, int column, int columns) {
        double top = (double) row * image.height() / rows;
        double bottom = (double) (row + 1) * image.height() / rows;
        double left = (double) column * image.width() / columns;
        double right = (double) (column + 1) * image.width() / columns;
        double sum = 0;
        for (int y = (int) top; y < Math.min(image.height(), Math.ceil(bottom)); y++) {
            double down = Math.min(bottom, y + 1) - Math.max(top, y);
            for (int x = (int) left; x < Math.min(image.width(), Math.ceil(right)); x++) {
                double across = Math.min(right, x + 1) - Math.max(left, x);
                sum += down * across * image.pixels().values()[plane + y * image.width() + x];
            }
        }
        return sum / ((bottom - top) * (right - left));
    }
}
