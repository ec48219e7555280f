package org.idem.laboratory.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.idem.array.Array;
import org.idem.array.DataFormatException;
import org.idem.array.Digest;
import org.idem.image.Image;
import org.idem.image.ImageSource;
import org.idem.image.Resizing;
import org.idem.network.Architecture;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.TrainingProblem;
import org.jspecify.annotations.Nullable;

/** Reads the images that the points of a grid name, each source once, and makes tasks of them. */
public final class Materials {
    /** Mean and deviation of the pixels of MNIST's training images. */
    private static final double MEAN = 0.1307;

    private static final double DEVIATION = 0.3081;
    private static final double MOST_OF_A_PIXEL = 0x1p240;

    private final @Nullable String testSource;
    private final Map<String, Array> sources = new HashMap<>();
    /** By source, number and size. */
    private final Map<String, List<Image>> resized = new HashMap<>();

    private final Map<String, Shown> shown = new HashMap<>();

    /** Images of a point, as its network sees them. */
    private record Shown(Array inputs, Array targets, List<Task.Test> tests, String digest) {}

    /**
     * Nothing is read yet.
     *
     * @param testSource images to test on; null for those that are drawn
     */
    public Materials(@Nullable String testSource) {
        this.testSource = testSource;
    }

    /**
     * What the network of a point learns.
     *
     * @param given a point of a grid
     * @return the task; its point has a size
     * @throws IllegalArgumentException in one line, if axes of the point contradict each other or the images do not fit
     * @throws DataFormatException if a file cannot be read as images
     * @throws IOException if reading fails
     */
    public Task task(Point given) throws IOException {
        Rules.check(given);
        List<Image> images = images(given);
        Image first = images.get(0);
        Point point = given.with(StudyAxes.SIZE, new Size(first.height(), first.width()).toString());
        boolean convolutional = point.convolutional();
        int features = convolutional ? first.channels() : first.pixels().length();
        int width = point.get(convolutional ? StudyAxes.CHANNELS : StudyAxes.WIDTH);
        Limits.checkNetwork(
                point,
                new Extent(
                        point.get(StudyAxes.DEPTH),
                        features,
                        width,
                        features,
                        convolutional ? point.get(StudyAxes.KERNEL) : 1),
                convolutional ? (double) first.height() * first.width() : 1);
        Architecture architecture = architecture(point);
        Network network = architecture.network(features, width, features);
        Shown seen = shown(point, given.words().containsKey(StudyAxes.SIZE.name()), images, architecture, network);
        return new Task(point, architecture, network, seen.inputs(), seen.targets(), seen.tests(), seen.digest());
    }

    /**
     * The network of a point apart from widths.
     *
     * @param point any
     * @return its architecture
     */
    public static Architecture architecture(Point point) {
        return point.convolutional()
                ? Architecture.cnn(
                        point.get(StudyAxes.DEPTH),
                        point.get(StudyAxes.KERNEL),
                        point.get(StudyAxes.PADDING),
                        point.get(StudyAxes.ACTIVATION),
                        point.get(StudyAxes.BIAS),
                        point.get(StudyAxes.RESIDUAL))
                : Architecture.fcn(
                        point.get(StudyAxes.DEPTH),
                        point.get(StudyAxes.ACTIVATION),
                        point.get(StudyAxes.BIAS),
                        point.get(StudyAxes.RESIDUAL));
    }

    /** A way to read images. */
    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    private List<Image> images(Point point) throws IOException {
        String source = point.get(StudyAxes.TRAIN);
        int count = point.get(StudyAxes.EXAMPLES);
        Array all = sources.get(source);
        if (all == null) {
            all = named("--train", () -> ImageSource.readImages(source));
            requireMeasurable("--train", source, all);
            sources.put(source, all);
        }
        if (count > all.size(0)) {
            throw new IllegalArgumentException("--examples must be at most the number of images, " + all.size(0)
                    + " in " + source + ", got " + count);
        }
        Size size = point.words().containsKey(StudyAxes.SIZE.name()) ? point.get(StudyAxes.SIZE) : null;
        String key = count + " " + size + " " + source;
        List<Image> known = resized.get(key);
        if (known != null) {
            return known;
        }
        Limits.checkImages(
                point,
                all.size(1),
                size == null ? all.size(2) : size.height(),
                size == null ? all.size(3) : size.width(),
                Runtime.getRuntime().maxMemory());
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Image image = new Image(all.size(0) == 1 ? source : source + "#" + i, all.slice(i));
            images.add(size == null ? image : Resizing.byArea(image, size.height(), size.width()));
        }
        resized.put(key, images);
        return images;
    }

    /** Reads images; a message about what is wrong with their file names the option as well. */
    private static <T> T named(String option, Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (DataFormatException wrong) {
            throw new DataFormatException(option, String.valueOf(wrong.getMessage()));
        }
    }

    /** Refuses pixels whose squares, of standardised ones as well, would be no finite numbers when they are summed. */
    static void requireMeasurable(String option, String source, Array pixels) {
        for (int i = 0; i < pixels.length(); i++) {
            double pixel = pixels.values()[i];
            if (!(Math.abs(pixel) <= MOST_OF_A_PIXEL)) {
                throw new IllegalArgumentException(option + " must hold pixels of magnitude at most " + MOST_OF_A_PIXEL
                        + ", got " + pixel + " at position " + i + " of " + source);
            }
        }
    }

    private synchronized Shown shown(
            Point point, boolean resized, List<Image> images, Architecture architecture, Network network)
            throws IOException {
        String key = String.join(
                " ",
                point.get(StudyAxes.TRAIN),
                String.valueOf(point.get(StudyAxes.EXAMPLES)),
                String.valueOf(point.get(StudyAxes.SIZE)),
                String.valueOf(resized),
                String.valueOf(point.get(StudyAxes.INPUT)),
                String.valueOf(point.get(StudyAxes.TARGET)),
                String.valueOf(point.convolutional()),
                String.valueOf(margin(architecture)));
        Shown known = shown.get(key);
        if (known == null) {
            known = read(point, resized, images, architecture, network);
            shown.put(key, known);
        }
        return known;
    }

    private Shown read(Point point, boolean resized, List<Image> images, Architecture architecture, Network network)
            throws IOException {
        List<Array> inputs = new ArrayList<>();
        List<Array> targets = new ArrayList<>();
        for (Image image : images) {
            inputs.add(input(point, image));
            targets.add(target(point, image, architecture, network));
        }
        Image first = images.get(0);
        List<TestImage> tests = testSource == null
                ? TestImages.drawn(first, point.convolutional())
                : named("--test", () -> TestImages.given(testSource, point.get(StudyAxes.SIZE), resized));
        Digest digest = new Digest();
        Array trained = Array.concatenate(inputs);
        Array asked = Array.concatenate(targets);
        digest.add(trained).add(asked);
        List<Task.Test> seen = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (TestImage test : tests) {
            Image image = test.image();
            if (testSource == null && !leavesPixels(architecture, image)) {
                // the drawn image of a smaller size, which nobody asked for
                continue;
            }
            if (image.channels() != first.channels()
                    || !point.convolutional()
                            && image.pixels().length() != first.pixels().length()) {
                throw new IllegalArgumentException("--test must hold images of the training images' "
                        + (point.convolutional() ? "channels, " + first.channels() : "size, " + shape(first)) + ", got "
                        + shape(image) + " for " + image.name());
            }
            String name = image.name();
            for (int again = 2; !names.add(name); again++) {
                name = image.name() + "-" + again;
            }
            Task.Test one =
                    new Task.Test(name, test.group(), input(point, image), target(point, image, architecture, network));
            digest.add(name).add(one.input()).add(one.target());
            seen.add(one);
        }
        network.outputShape(trained.shape());
        return new Shown(trained, asked, seen, digest.word());
    }

    private static String shape(Image image) {
        return image.channels() + " × " + image.height() + " × " + image.width();
    }

    /** Pixels that a network loses at each side. */
    private static int margin(Architecture architecture) {
        return architecture.padding() == Padding.VALID ? architecture.depth() * (architecture.kernel() / 2) : 0;
    }

    private static boolean leavesPixels(Architecture architecture, Image image) {
        return 2 * margin(architecture) < Math.min(image.height(), image.width());
    }

    private static Array input(Point point, Image image) {
        return batch(
                point,
                point.get(StudyAxes.INPUT) == StudyAxes.Pixels.RAW ? image.pixels() : standardised(image.pixels()));
    }

    private static Array target(Point point, Image image, Architecture architecture, Network network) {
        if (!leavesPixels(architecture, image)) {
            throw new IllegalArgumentException("--padding valid leaves no pixel of " + image.height() + " × "
                    + image.width() + " images at depth " + architecture.depth() + " with kernels of side "
                    + architecture.kernel() + " (" + image.name()
                    + "); larger images, smaller kernels or fewer layers do");
        }
        Array asked = point.get(StudyAxes.TARGET) == StudyAxes.Asked.INPUT
                ? input(point, image)
                : batch(point, image.pixels());
        return TrainingProblem.identityTargets(network, asked);
    }

    private static Array standardised(Array pixels) {
        double[] values = pixels.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] - MEAN) / DEVIATION;
        }
        return Array.of(values, pixels.shape());
    }

    /** One image as a batch of one. */
    private static Array batch(Point point, Array pixels) {
        return point.convolutional()
                ? pixels.reshape(1, pixels.size(0), pixels.size(1), pixels.size(2))
                : pixels.reshape(1, pixels.length());
    }
}
