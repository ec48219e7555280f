package org.idem.image;

import java.util.List;
import org.idem.array.Array;

/**
 * The user's images, resized to the requested size by averaging over areas.
 *
 * @param source how the command line names them
 * @param images at least one
 */
public record GivenImages(String source, List<Image> images) implements ImagePool {
    /** Checks that there are images. */
    public GivenImages {
        images = List.copyOf(images);
        if (images.isEmpty()) {
            throw new IllegalArgumentException("a pool needs at least one image, got none from " + source);
        }
    }

    @Override
    public List<String> kinds() {
        return List.of("given");
    }

    /** An image with fewer channels than requested repeats its own in order. */
    @Override
    public Array draw(int kind, int channels, int height, int width, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        Image image = images.get(random.integer(0, images.size() - 1));
        double[] pixels = new double[Array.lengthOf(1, channels, height, width)];
        int next = 0;
        for (int channel = 0; channel < channels; channel++) {
            int plane = (channel % image.channels()) * image.height() * image.width();
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    pixels[next++] = mean(image, plane, row, height, column, width);
                }
            }
        }
        return ImagePool.onGrid(Array.of(pixels, 1, channels, height, width));
    }

    /** Mean of the pixels that a cell of the coarser grid touches, each weighted by the area that it shares. */
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
