package org.idem.laboratory.result;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one run left.
 *
 * @param key of the run
 * @param line the run as one line
 * @param digest hash of the images that the network was trained and tested on
 * @param ending how it ended
 * @param remark why it failed, else null
 * @param steps steps taken
 * @param trainError last training error, relative to the mean square of the targets; NaN or infinite if it diverged
 * @param seconds time of training and measuring
 * @param images measures of every test image; none if an output is not finite
 * @param progress measures at logarithmically spaced steps and at the end, on at most ten of the test images that have
 *     the training image's size
 * @param layers measures of layers, before and after training
 * @param theory what theorems say about the run
 */
public record RunResult(
        String key,
        String line,
        String digest,
        Ending ending,
        @Nullable String remark,
        int steps,
        double trainError,
        double seconds,
        List<ImageMeasures> images,
        List<StepMeasures> progress,
        List<LayerMeasures> layers,
        List<TheoryRow> theory) {
    /** Copies the lists. */
    public RunResult {
        images = List.copyOf(images);
        progress = List.copyOf(progress);
        layers = List.copyOf(layers);
        theory = List.copyOf(theory);
    }

    /**
     * Means over the test images.
     *
     * @return empty if there are no measures
     */
    public Optional<Measures> measures() {
        return images.isEmpty()
                ? Optional.empty()
                : Optional.of(Measures.mean(
                        images.stream().map(ImageMeasures::measures).toList()));
    }

    /**
     * Means over the test images of a network that did not diverge. What a diverged network answers depends on the step
     * at which its training was stopped.
     *
     * @return empty if there are no measures, or the network diverged
     */
    public Optional<Measures> lasting() {
        return ending == Ending.DIVERGED ? Optional.empty() : measures();
    }

    /**
     * The result with what theorems say.
     *
     * @param rows of the run
     * @return a copy
     */
    public RunResult withTheory(List<TheoryRow> rows) {
        return new RunResult(
                key, line, digest, ending, remark, steps, trainError, seconds, images, progress, layers, rows);
    }
}
