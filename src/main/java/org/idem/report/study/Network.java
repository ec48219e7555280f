package org.idem.report.study;

import java.util.Map;
import org.idem.laboratory.StudyResults;
import org.idem.laboratory.result.Measures;
import org.idem.laboratory.result.RunResult;
import org.jspecify.annotations.Nullable;

/**
 * A network of a study.
 *
 * @param words on all axes
 * @param seed of its initial weights
 * @param result what its run left
 * @param measures means over the test images, null if its outputs are not finite
 */
record Network(
        Map<String, String> words,
        long seed,
        RunResult result,
        @Nullable Measures measures) {
    static Network of(StudyResults.Row row) {
        return new Network(
                row.point().words(),
                row.seed(),
                row.result(),
                row.result().measures().orElse(null));
    }

    /** The word on an axis, empty if the grid leaves it to the images. */
    String word(String axis) {
        return words.getOrDefault(axis, "");
    }
}
