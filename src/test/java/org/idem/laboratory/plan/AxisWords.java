package org.idem.laboratory.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Grids of tests in one line, as {@code depth=1,2 size=7}. */
public final class AxisWords {
    private AxisWords() {}

    /**
     * A grid.
     *
     * @param convolutional whether networks are convolutional
     * @param line axes with their words, separated by spaces; may be empty
     * @return without axes that walk together
     */
    public static Grid grid(boolean convolutional, String line) {
        return grid(convolutional, line, List.of());
    }

    /**
     * A grid.
     *
     * @param convolutional whether networks are convolutional
     * @param line axes with their words, separated by spaces; may be empty
     * @param zips axes that walk together
     * @return the grid
     */
    public static Grid grid(boolean convolutional, String line, List<List<String>> zips) {
        Map<String, List<String>> words = new LinkedHashMap<>();
        for (String axis : line.isEmpty() ? new String[0] : line.split(" ")) {
            String[] parts = axis.split("=");
            words.put(parts[0], List.of(parts[1].split(",")));
        }
        return new Grid(convolutional, words, zips);
    }
}
