package org.idem.image;

import java.util.Arrays;
import java.util.List;
import org.idem.array.Array;

/**
 * Images of any sizes side by side on one {@link Picture}: each in the upper left corner of a tile of the largest
 * height and width, on mid grey.
 */
public final class ContactSheet {
    private static final int COLOURS = 3;
    /** What {@link Picture} draws between tiles. */
    private static final double MID_GREY = 128 / 255.0;

    private static final int MOST_SAMPLES = 1 << 24;

    private ContactSheet() {}

    /**
     * Draws images in rows, in their order.
     *
     * @param images at least one; with three channels in colour, else a grey tile for every channel
     * @return the bytes of a PNG
     * @throws IllegalArgumentException if the tiles of a sheet hold more than 2²⁴ samples
     */
    public static byte[] of(List<Image> images) {
        int height = images.stream().mapToInt(Image::height).max().orElse(1);
        int width = images.stream().mapToInt(Image::width).max().orElse(1);
        boolean coloured = images.stream().anyMatch(image -> image.channels() == COLOURS);
        int samples = coloured ? COLOURS : 1;
        long tiles = images.stream().mapToLong(ContactSheet::tiles).sum();
        double needed = (double) tiles * samples * height * width;
        if (needed > MOST_SAMPLES) {
            throw new IllegalArgumentException("a sheet must hold at most " + MOST_SAMPLES + " samples, got " + tiles
                    + " tiles of " + samples + "x" + height + "x" + width);
        }
        Array sheet = Array.zeros((int) tiles, samples, height, width);
        Arrays.fill(sheet.values(), MID_GREY);
        int plane = 0;
        for (Image image : images) {
            boolean grey = image.channels() != COLOURS;
            for (int channel = 0; channel < image.channels(); channel++) {
                for (int copy = 0; copy < (grey ? samples : 1); copy++) {
                    place(image, channel, sheet, plane++);
                }
            }
        }
        return Picture.of(sheet);
    }

    private static int tiles(Image image) {
        return image.channels() == COLOURS ? 1 : image.channels();
    }

    private static void place(Image image, int channel, Array sheet, int plane) {
        int height = sheet.size(2);
        int width = sheet.size(3);
        for (int row = 0; row < image.height(); row++) {
            System.arraycopy(
                    image.pixels().values(),
                    (channel * image.height() + row) * image.width(),
                    sheet.values(),
                    (plane * height + row) * width,
                    image.width());
        }
    }
}
