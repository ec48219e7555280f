package org.idem.laboratory.finding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.idem.laboratory.plan.Grid;
import org.idem.laboratory.plan.Stop;

/** The small networks on which findings are tested: they show the effects, and a seed takes seconds. */
final class Grids {
    /** CNNs stop here: the correlations hardly change after that, which is a finding of its own. */
    static final Stop CNN_STOP = new Stop(1e-3, 1000);

    /** FCNs are so cheap that they stop at the usual place. */
    static final Stop FCN_STOP = Stop.STANDARD;

    private Grids() {}

    /** CNNs with bias on one drawn digit of 14 × 14 pixels, 8 channels and kernels 5 × 5 where nothing else is said. */
    static Grid cnn(String... axes) {
        return cnnZipped(List.of(), axes);
    }

    /** The same with axes walked together. */
    static Grid cnnZipped(List<List<String>> zips, String... axes) {
        Map<String, List<String>> words = new LinkedHashMap<>();
        words.put("channels", List.of("8"));
        words.put("kernel", List.of("5"));
        words.put("bias", List.of("yes"));
        words.put("size", List.of("14"));
        return new Grid(true, with(words, axes), zips);
    }

    /** FCNs of width 64 on one drawn digit of 14 × 14 pixels. */
    static Grid fcn(String... axes) {
        return fcnZipped(List.of(), axes);
    }

    /** The same with axes walked together. */
    static Grid fcnZipped(List<List<String>> zips, String... axes) {
        Map<String, List<String>> words = new LinkedHashMap<>();
        words.put("width", List.of("64"));
        words.put("size", List.of("14"));
        return new Grid(false, with(words, axes), zips);
    }

    private static Map<String, List<String>> with(Map<String, List<String>> words, String... axes) {
        for (int i = 0; i < axes.length; i += 2) {
            words.put(axes[i], List.of(axes[i + 1].split(",")));
        }
        return words;
    }
}
