package org.idem.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.idem.array.Array;
import org.idem.report.figure.Numbers;
import org.idem.report.figure.Table;
import org.idem.theorem.exhibit.ImageStrip;

/**
 * A row of pictures.
 *
 * @param title network
 * @param numbers errors and the scale of the difference
 * @param pictures training image to difference
 */
record Strip(String title, String numbers, List<Picture> pictures) {
    /**
     * One picture.
     *
     * @param label below it
     * @param source data URI
     */
    record Picture(String label, String source) {}

    static List<Strip> of(List<ImageStrip> strips) {
        return strips.stream().map(Strip::of).toList();
    }

    private static Strip of(ImageStrip strip) {
        double black =
                Math.min(least(strip.train().pixels()), least(strip.test().pixels()));
        double white = Math.max(most(strip.train().pixels()), most(strip.test().pixels()));
        Array difference = strip.difference();
        double scale = Math.max(most(difference), -least(difference));
        String error = Double.isNaN(strip.meanSquaredError())
                ? ""
                : "mean-squared error on the test image " + Numbers.brief(strip.meanSquaredError()) + ", ";
        return new Strip(
                strip.network(),
                error + "trained and predicted differ by at most " + Numbers.brief(scale),
                List.of(
                        new Picture("training image", Pixels.image(strip.train().pixels(), black, white)),
                        new Picture("test image", Pixels.image(strip.test().pixels(), black, white)),
                        new Picture("predicted", Pixels.image(strip.predicted(), black, white)),
                        new Picture("trained", Pixels.image(strip.trained(), black, white)),
                        new Picture("difference", Pixels.difference(difference, scale))));
    }

    private static double least(Array array) {
        return Arrays.stream(array.values()).min().orElse(0);
    }

    private static double most(Array array) {
        return Arrays.stream(array.values()).max().orElse(0);
    }

    /** All pixels of the outputs. */
    static Table table(List<ImageStrip> strips) {
        List<List<Object>> rows = new ArrayList<>();
        for (ImageStrip strip : strips) {
            Array trained = strip.trained();
            boolean sameSize = trained.length() == strip.test().pixels().length();
            for (int i = 0; i < trained.length(); i++) {
                int row = i / trained.size(2);
                rows.add(List.of(
                        strip.network(),
                        row / trained.size(1),
                        row % trained.size(1),
                        i % trained.size(2),
                        sameSize ? strip.test().pixels().values()[i] : "",
                        strip.predicted().values()[i],
                        trained.values()[i],
                        trained.values()[i] - strip.predicted().values()[i]));
            }
        }
        return new Table(
                "images.csv",
                List.of("network", "channel", "row", "column", "test", "predicted", "trained", "difference"),
                rows);
    }
}
