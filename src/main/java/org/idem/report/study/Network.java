package org.idem.report.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.idem.laboratory.StudyResults;
import org.idem.laboratory.plan.Point;
import org.idem.laboratory.result.Ending;
import org.idem.laboratory.result.Measures;
import org.idem.laboratory.result.RunResult;
import org.jspecify.annotations.Nullable;

/**
 * A network of a study.
 *
 * @param words on all axes, as pages show them
 * @param point its words on all axes, as asked for
 * @param seed of its initial weights
 * @param result what its run left
 * @param measures means over the test images, null if the network diverged or failed
 */
record Network(
        Map<String, String> words,
        Point point,
        long seed,
        RunResult result,
        @Nullable Measures measures) {
    /** A network whose words on axes that lead others name these, too. */
    static Network of(StudyResults.Row row, List<Bundle> bundles) {
        Map<String, String> words = new LinkedHashMap<>();
        row.point().words().forEach((axis, word) -> words.put(axis, Layout.plain(word)));
        Map<String, String> plain = Map.copyOf(words);
        bundles.forEach(bundle ->
                words.put(bundle.leader(), bundle.word(plain, row.point().convolutional())));
        return new Network(
                Collections.unmodifiableMap(words),
                row.point(),
                row.seed(),
                row.result(),
                row.result().lasting().orElse(null));
    }

    /**
     * What became of those networks that have no measures, for instance "diverged or failed"; empty if all have some.
     */
    static String lost(List<Network> networks) {
        return networks.stream()
                .filter(network -> network.measures == null)
                .map(network -> network.result.ending())
                .sorted()
                .map(Ending::words)
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    /** The word on an axis, empty if the grid leaves it to the images. */
    String word(String axis) {
        return words.getOrDefault(axis, "");
    }
}
