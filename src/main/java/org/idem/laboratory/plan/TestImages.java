package org.idem.laboratory.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.idem.array.Array;
import org.idem.array.DataFormatException;
import org.idem.image.DrawnImages;
import org.idem.image.Image;
import org.idem.image.ImageSource;
import org.idem.image.Resizing;

/** The images on which trained networks are tested. */
final class TestImages {
    private static final int DIGITS = 10;
    /** No digit of the drawn set that training uses has these seeds. */
    private static final long FIRST_SEED = 100;

    private TestImages() {}

    /** All images of a source, resized if a size is given. */
    static List<TestImage> given(String source, Size size, boolean resized) throws IOException {
        List<TestImage> tests = new ArrayList<>();
        String shown = source.substring(Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\')) + 1);
        for (Image image : ImageSource.readAll(source)) {
            String name =
                    image.name().startsWith(source) ? shown + image.name().substring(source.length()) : image.name();
            Materials.requireMeasurable("--test", image.name(), image.pixels());
            Image named = new Image(name, image.pixels());
            tests.add(
                    new TestImage(Group.GIVEN, resized ? Resizing.byArea(named, size.height(), size.width()) : named));
        }
        if (tests.isEmpty()) {
            throw new DataFormatException(source, "at least one test image must be there, got none");
        }
        return tests;
    }

    /** Images of the training image's shape, and, where networks take other sizes, two of other sizes. */
    static List<TestImage> drawn(Image trained, boolean otherSizes) {
        int channels = trained.channels();
        int height = trained.height();
        int width = trained.width();
        List<TestImage> tests = new ArrayList<>();
        for (int digit = 0; digit < DIGITS; digit++) {
            tests.add(drawn(Group.DIGITS, "digit-" + digit, DrawnImages.Kind.DIGIT, trained, FIRST_SEED + digit));
        }
        for (DrawnImages.Kind kind : List.of(
                DrawnImages.Kind.LINES,
                DrawnImages.Kind.CHECKERBOARD,
                DrawnImages.Kind.GRADIENT,
                DrawnImages.Kind.BLOBS,
                DrawnImages.Kind.SUM)) {
            tests.add(drawn(Group.PATTERNS, kind.toString(), kind, trained, FIRST_SEED));
        }
        for (int i = 0; i < 2; i++) {
            tests.add(drawn(Group.NOISE, "noise-" + (i + 1), DrawnImages.Kind.NOISE, trained, FIRST_SEED + i));
        }
        tests.add(new TestImage(Group.BLANK, new Image("blank", Array.zeros(channels, height, width))));
        tests.add(new TestImage(Group.SHIFTED, shifted(trained, "shifted-down", Math.max(1, height / 7), 0)));
        tests.add(new TestImage(Group.SHIFTED, shifted(trained, "shifted-right", 0, Math.max(1, width / 7))));
        tests.add(new TestImage(Group.RESCALED, rescaled(trained, "half-as-bright", 0.5)));
        tests.add(new TestImage(Group.RESCALED, rescaled(trained, "twice-as-bright", 2)));
        if (otherSizes) {
            tests.add(resized(trained, "smaller", Math.max(1, height * 3 / 4), Math.max(1, width * 3 / 4)));
            tests.add(resized(
                    trained, "larger", Math.max(height + 1, height * 3 / 2), Math.max(width + 1, width * 3 / 2)));
        }
        return tests;
    }

    private static TestImage drawn(Group group, String name, DrawnImages.Kind kind, Image like, long seed) {
        Image drawn = DrawnImages.draw(kind, like.channels(), like.height(), like.width(), seed);
        return new TestImage(group, new Image(name, drawn.pixels()));
    }

    private static TestImage resized(Image image, String name, int height, int width) {
        return new TestImage(
                Group.RESIZED,
                new Image(name, Resizing.byArea(image, height, width).pixels()));
    }

    private static Image shifted(Image image, String name, int down, int right) {
        double[] pixels = new double[image.pixels().length()];
        double[] from = image.pixels().values();
        for (int i = 0; i < pixels.length; i++) {
            int column = i % image.width() - right;
            int row = i / image.width() % image.height() - down;
            if (row >= 0 && column >= 0) {
                pixels[i] = from[i - down * image.width() - right];
            }
        }
        return new Image(name, Array.of(pixels, image.pixels().shape()));
    }

    private static Image rescaled(Image image, String name, double factor) {
        double[] pixels = image.pixels().values().clone();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] *= factor;
        }
        return new Image(name, Array.of(pixels, image.pixels().shape()));
    }
}
