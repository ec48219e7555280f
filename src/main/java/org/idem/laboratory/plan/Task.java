package org.idem.laboratory.plan;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.network.Architecture;
import org.idem.network.Network;
import org.idem.network.Padding;

/**
 * What the network of a point learns and is tested on, whatever its seed.
 *
 * @param point words on all axes, the size among them
 * @param architecture the network apart from widths
 * @param network the network
 * @param inputs training inputs as the network sees them: (n, d) or (n, C, H, W)
 * @param targets what is asked for, in the shape of the network's outputs
 * @param tests images on which the trained network is tested
 * @param digest hash of training inputs, targets and tests
 */
public record Task(
        Point point,
        Architecture architecture,
        Network network,
        Array inputs,
        Array targets,
        List<Test> tests,
        String digest) {
    private static final int NARROW_CHANNELS = 16;
    private static final int NARROW_KERNEL = 5;
    private static final int NARROW_WIDTH = 64;

    /** Copies the list. */
    public Task {
        tests = List.copyOf(tests);
    }

    /**
     * One test image as the network sees it.
     *
     * @param name unique among the tests
     * @param group kind of image
     * @param input (1, d) or (1, C, H, W)
     * @param target the image as a target would be, in the shape of the outputs
     */
    public record Test(String name, Group group, Array input, Array target) {}

    /**
     * The task of a point whose images are at hand.
     *
     * @param point words on all axes, the size among them
     * @param inputs training inputs as the network sees them: (n, d) or (n, C, H, W)
     * @param targets in the shape of the network's outputs
     * @param tests images on which the trained network is tested
     * @param digest hash of all of these
     * @return as {@link Materials#task} makes it
     */
    public static Task of(Point point, Array inputs, Array targets, List<Test> tests, String digest) {
        Architecture architecture = Materials.architecture(point);
        int features = inputs.size(1);
        int width = point.get(point.convolutional() ? StudyAxes.CHANNELS : StudyAxes.WIDTH);
        return new Task(
                point, architecture, architecture.network(features, width, features), inputs, targets, tests, digest);
    }

    /**
     * A task of a narrower network on one example, whose results take as many bytes: they hold images and a line for
     * each layer, whatever its width.
     *
     * @return this one's point apart from width or channels, kernel and examples
     */
    public Task narrow() {
        Point narrow = point;
        if (point.convolutional()) {
            narrow = atMost(narrow, StudyAxes.CHANNELS, NARROW_CHANNELS);
            // without margins the kernel decides how large outputs are
            if (point.get(StudyAxes.PADDING) != Padding.VALID) {
                narrow = atMost(narrow, StudyAxes.KERNEL, NARROW_KERNEL);
            }
        } else {
            narrow = atMost(narrow, StudyAxes.WIDTH, NARROW_WIDTH);
        }
        narrow = narrow.with(StudyAxes.EXAMPLES, "1").normal();
        return of(narrow, inputs.slices(0, 1), targets.slices(0, 1), tests, digest);
    }

    private static Point atMost(Point point, StudyAxis<Integer> axis, int most) {
        return point.with(axis, String.valueOf(Math.min(most, point.get(axis))));
    }

    /**
     * The axes that decide how large the network is.
     *
     * @return options with their words, as {@code --depth 3 --width 256 --size 28}
     */
    public String size() {
        return Limits.words(point);
    }

    /**
     * Examples that one step uses.
     *
     * @return all of them if fewer are not asked for
     */
    public int batch() {
        int examples = inputs.size(0);
        return Math.min(examples, point.get(StudyAxes.BATCH).orElse(examples));
    }

    /**
     * Whether every step uses all examples.
     *
     * @return false for batches
     */
    public boolean usesAllExamples() {
        return batch() == inputs.size(0);
    }

    /**
     * Tests of the training images' size, evenly taken from all of these.
     *
     * @param most how many at most, at least 0
     * @return in their order; none if no test has this size
     */
    public List<Test> ofTrainedSize(int most) {
        int[] size = inputs.slices(0, 1).shape();
        List<Test> fitting = tests.stream()
                .filter(test -> Arrays.equals(test.input().shape(), size))
                .toList();
        int count = Math.min(most, fitting.size());
        return IntStream.range(0, count)
                .mapToObj(i -> fitting.get((int) ((long) i * fitting.size() / count)))
                .toList();
    }

    /**
     * Mean over the examples of the training targets, which a network that has memorised them answers with.
     *
     * @return (1, k) or (1, C_out, H', W')
     */
    public Array constant() {
        int[] shape = targets.shape();
        int length = targets.length() / shape[0];
        double[] mean = new double[length];
        for (int i = 0; i < targets.length(); i++) {
            mean[i % length] += targets.values()[i];
        }
        for (int i = 0; i < length; i++) {
            mean[i] /= shape[0];
        }
        shape[0] = 1;
        return Array.of(mean, shape);
    }

    /**
     * Mean square of the targets, to which training errors are relative.
     *
     * @return 1 where all targets are 0
     */
    public double unit() {
        double sum = 0;
        for (double value : targets.values()) {
            sum += value * value;
        }
        return sum == 0 ? 1 : sum / targets.length();
    }
}
