package org.idem.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.idem.array.Array;

/** Arrays (C, H, W) as PNG pictures inside the page, one picture pixel for each of theirs. */
final class Pixels {
    private static final int RGB = 3;
    private static final int[] POSITIVE = {178, 24, 43};
    private static final int[] NEGATIVE = {33, 102, 172};
    private static final int WHITE = 255;

    private Pixels() {}

    /** Three channels as colours, otherwise the first as grey; numbers beyond black and white are cut off. */
    static String image(Array image, double black, double white) {
        return png(image, at -> {
            int plane = image.size(1) * image.size(2);
            int color = 0;
            for (int channel = 0; channel < RGB; channel++) {
                double value = image.values()[(image.size(0) == RGB ? channel * plane : 0) + at];
                double share = white > black ? (value - black) / (white - black) : 0;
                color = color << 8 | (int) Math.round(WHITE * Math.max(0, Math.min(1, share)));
            }
            return color;
        });
    }

    /** The channel entry of largest size, red where positive, blue where negative, white for zero. */
    static String difference(Array difference, double scale) {
        return png(difference, at -> {
            double value = extreme(difference, at);
            double share = scale > 0 ? Math.min(1, Math.abs(value) / scale) : 0;
            int[] end = value > 0 ? POSITIVE : NEGATIVE;
            int color = 0;
            for (int part : end) {
                color = color << 8 | (int) Math.round(WHITE + share * (part - WHITE));
            }
            return color;
        });
    }

    private static double extreme(Array image, int at) {
        int plane = image.size(1) * image.size(2);
        double extreme = 0;
        for (int i = at; i < image.length(); i += plane) {
            double value = image.values()[i];
            extreme = Math.abs(value) > Math.abs(extreme) ? value : extreme;
        }
        return extreme;
    }

    private interface Color {
        int at(int pixel);
    }

    private static String png(Array image, Color color) {
        int height = image.size(1);
        int width = image.size(2);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < height * width; pixel++) {
            picture.setRGB(pixel % width, pixel / width, color.at(pixel));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // the usual stream keeps a file in the folder for temporary files, whose disk may be full
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(picture, "png", out);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
