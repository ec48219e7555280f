package org.idem.report.study;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.laboratory.StudyResults;
import org.idem.laboratory.plan.Grid;
import org.idem.laboratory.plan.Point;
import org.idem.laboratory.result.Ending;
import org.idem.laboratory.result.ImageMeasures;
import org.idem.laboratory.result.LayerMeasures;
import org.idem.laboratory.result.Measures;
import org.idem.laboratory.result.RunResult;
import org.idem.laboratory.result.StepMeasures;
import org.idem.laboratory.result.TheoryRow;
import org.idem.provenance.Provenance;

/** Results of studies that nobody trained: mixtures of test image, training image and noise, by depth and seed. */
final class StudySamples {
    static final Provenance PROVENANCE = new Provenance(java.nio.file.Path.of("."), Instant.EPOCH, Duration.ZERO);

    private final boolean convolutional;
    private final Map<String, List<String>> words;
    private final List<List<String>> zips;
    private int seeds = 3;
    private int missing;
    private int channels = 1;
    private int height = 8;
    private int width = 8;
    private int firstDiverged = Integer.MAX_VALUE;
    private int firstFar = Integer.MAX_VALUE;
    private boolean theory;
    private boolean kept = true;
    private boolean otherSizes;
    private String firstTest = "digit-0";

    StudySamples(boolean convolutional, Map<String, List<String>> words, List<List<String>> zips) {
        this.convolutional = convolutional;
        this.words = words;
        this.zips = zips;
    }

    static StudySamples cnn(Map<String, List<String>> words) {
        return new StudySamples(true, words, List.of());
    }

    static StudySamples fcn(Map<String, List<String>> words) {
        return new StudySamples(false, words, List.of());
    }

    StudySamples seeds(int number) {
        seeds = number;
        return this;
    }

    StudySamples missing(int number) {
        missing = number;
        return this;
    }

    StudySamples images(int ofChannels, int ofHeight, int ofWidth) {
        channels = ofChannels;
        height = ofHeight;
        width = ofWidth;
        return this;
    }

    StudySamples diverged() {
        return divergedFrom(0);
    }

    /** Networks of a depth and deeper ones have no finite outputs. */
    StudySamples divergedFrom(int depth) {
        firstDiverged = depth;
        return this;
    }

    /** Networks of a depth and deeper ones diverged, with outputs that are finite still. */
    StudySamples farFrom(int depth) {
        firstFar = depth;
        return this;
    }

    StudySamples withTheory() {
        theory = true;
        return this;
    }

    StudySamples withoutArrays() {
        kept = false;
        return this;
    }

    StudySamples withOtherSizes() {
        otherSizes = true;
        return this;
    }

    StudySamples firstTest(String name) {
        firstTest = name;
        return this;
    }

    private int[] shape(int test) {
        return otherSizes && test % 5 == 4
                ? new int[] {channels, height + 4, width + 2}
                : new int[] {channels, height, width};
    }

    private Array pixels(int test) {
        int[] shape = shape(test);
        return Array.of(
                new SplittableRandom(test)
                        .doubles((long) shape[0] * shape[1] * shape[2])
                        .toArray(),
                shape);
    }

    private Array stored(Array image) {
        return convolutional ? image : image.reshape(image.length());
    }

    StudyResults results() {
        List<String> groups = List.of(
                "digits",
                "digits",
                "digits",
                "digits",
                "digits",
                "digits",
                "patterns",
                "patterns",
                "patterns",
                "noise",
                "noise",
                "blank",
                "shifted",
                "shifted",
                "rescaled",
                "rescaled");
        List<String> tests = new ArrayList<>(IntStream.range(0, groups.size())
                .mapToObj(i -> groups.get(i) + "-" + i)
                .toList());
        tests.set(0, firstTest);
        Map<String, Array> images = new HashMap<>();
        Array target = pixels(1000);
        images.put("train", Array.concatenate(List.of(batch(target))));
        images.put("target", Array.concatenate(List.of(batch(target))));
        for (int i = 0; i < tests.size(); i++) {
            images.put("input-" + i, stored(pixels(i)));
            images.put("identity-" + i, stored(pixels(i)));
        }
        StudyResults.Images all = new StudyResults.Images(tests, groups, images);
        List<StudyResults.Row> rows = new ArrayList<>();
        Map<String, Map<String, Array>> arrays = new HashMap<>();
        for (Point point : new Grid(convolutional, words, zips).points()) {
            for (long seed = 1; seed <= seeds; seed++) {
                Map<String, Array> left = new HashMap<>();
                RunResult result = result("run-" + rows.size(), point, seed, all, target, left);
                rows.add(new StudyResults.Row(point, seed, result));
                if (kept) {
                    arrays.put(result.key(), left);
                }
            }
        }
        return new StudyResults(
                "sample", "Samples of networks", rows.size() + missing, rows, new StudyResults.Arrays() {
                    @Override
                    public Optional<Map<String, Array>> ofRun(String key) {
                        return Optional.ofNullable(arrays.get(key));
                    }

                    @Override
                    public Optional<StudyResults.Images> images(String digest) {
                        return kept ? Optional.of(all) : Optional.empty();
                    }
                });
    }

    private Array batch(Array image) {
        return convolutional ? image.reshape(1, channels, height, width) : image.reshape(1, image.length());
    }

    private RunResult result(
            String key, Point point, long seed, StudyResults.Images all, Array target, Map<String, Array> left) {
        int depth = Integer.parseInt(point.words().get("depth"));
        boolean finite = depth < firstDiverged;
        double constant = depth / (depth + 4.0) + 0.03 * Math.sin(7 * seed + point.hashCode() % 97);
        List<ImageMeasures> measures = new ArrayList<>();
        List<Array> steps = new ArrayList<>();
        List<StepMeasures> progress = new ArrayList<>();
        List<LayerMeasures> layers = new ArrayList<>();
        if (finite) {
            for (int i = 0; i < all.tests().size(); i++) {
                Array image = pixels(i);
                Array output = mixed(image, target, constant, seed);
                left.put("output-" + i, stored(output));
                measures.add(new ImageMeasures(
                        all.tests().get(i),
                        all.groups().get(i),
                        Measures.of(batchOf(output), batchOf(image), batchOf(target))));
            }
            Measures end =
                    Measures.mean(measures.stream().map(ImageMeasures::measures).toList());
            Array untrained = pixels((int) (100 * depth + seed));
            Measures start = Measures.of(batchOf(untrained), batchOf(target), batchOf(target));
            for (int step = 0; step <= 64; step = step == 0 ? 1 : 2 * step) {
                steps.add(batchOf(mixed(target, pixels(77), 1 - step / 64.0, seed)));
                progress.add(new StepMeasures(step, 1.0 / (1 + depth * step), step == 0 ? start : end));
            }
            for (int layer = 1; layer <= depth; layer++) {
                for (boolean trained : new boolean[] {false, true}) {
                    layers.add(new LayerMeasures(
                            layer,
                            all.tests().get(0),
                            trained,
                            0.01 * layer,
                            1.0 / layer,
                            convolutional ? layer : Double.NaN));
                    left.put("layer-" + layer + (trained ? "-trained" : "-untrained"), stored(pixels(layer)));
                }
            }
            Array grown = Array.concatenate(steps);
            left.put("growth", convolutional ? grown : grown.reshape(steps.size(), target.length()));
            left.put(
                    "growth-steps",
                    Array.of(progress.stream().mapToDouble(StepMeasures::step).toArray(), steps.size()));
        }
        return new RunResult(
                key,
                "line " + key,
                "digest",
                depth >= firstFar
                        ? Ending.DIVERGED
                        : finite ? Ending.CONVERGED : depth % 2 == 0 ? Ending.DIVERGED : Ending.FAILED,
                finite || depth % 2 == 0 ? null : "out of memory",
                64,
                finite ? 1e-4 / depth * seed : Double.POSITIVE_INFINITY,
                1,
                measures,
                progress,
                layers,
                theory && depth == 1
                        ? List.of(
                                new TheoryRow("T1", "identity_correlation", 0.8, 0.7, 0.9),
                                new TheoryRow("T5.moments", "initial_train_error", 2, Double.NaN, Double.NaN),
                                new TheoryRow("T6.no-memory", "shifts_constant_mse", Double.NaN, 0.125, Double.NaN),
                                new TheoryRow("T5.law", "initial_output_norm", Double.NaN, 0.5, 4))
                        : List.of());
    }

    private static Array batchOf(Array image) {
        return image.reshape(1, image.size(0), image.size(1), image.size(2));
    }

    private static Array mixed(Array image, Array target, double constant, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] mixture = new double[image.length()];
        for (int i = 0; i < mixture.length; i++) {
            mixture[i] = (1 - constant) * image.values()[i]
                    + constant * target.values()[i % target.length()]
                    + 0.1 * random.nextDouble();
        }
        return Array.of(mixture, image.shape());
    }
}
