package org.idem.laboratory.prediction;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.laboratory.result.TheoryRow;

/**
 * What theorems say about a run.
 *
 * @param rows about its measures
 * @param arrays what they say image by image, by name; see {@link TrainedBrightness}
 */
public record Predicted(List<TheoryRow> rows, Map<String, Array> arrays) {
    /** Nothing. */
    public static final Predicted NOTHING = new Predicted(List.of(), Map.of());

    /** Copies both. */
    public Predicted {
        rows = List.copyOf(rows);
        arrays = Map.copyOf(arrays);
    }

    /** Both together; no two arrays have the same name. */
    Predicted and(Predicted other) {
        return new Predicted(
                Stream.concat(rows.stream(), other.rows.stream()).toList(),
                Stream.concat(arrays.entrySet().stream(), other.arrays.entrySet().stream())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
