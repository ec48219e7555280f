package org.idem.laboratory.run;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.laboratory.plan.Batches;
import org.idem.laboratory.plan.Task;
import org.idem.training.run.TrainingView;

/** Images of which a network sees many at once. */
final class Probes {
    /** More images at once would take memory and no less time. */
    private static final int MOST_AT_ONCE = 32;

    private final Batches batches;

    /** Images (1, …) each. */
    Probes(List<Array> inputs) {
        batches = new Batches(inputs, MOST_AT_ONCE);
    }

    static Probes of(List<Task.Test> tests) {
        return new Probes(tests.stream().map(Task.Test::input).toList());
    }

    static Probes ofExamples(Array inputs) {
        return new Probes(IntStream.range(0, inputs.size(0))
                .mapToObj(i -> inputs.slices(i, i + 1))
                .toList());
    }

    /**
     * Shapes of the batches that a network sees.
     *
     * @param inputs shapes (1, …) of all inputs
     * @return (n, …) each
     */
    static List<int[]> batches(List<int[]> inputs) {
        Map<String, List<int[]>> bySize = inputs.stream().collect(Collectors.groupingBy(Arrays::toString));
        return bySize.values().stream()
                .flatMap(same -> parts(same.get(0), same.size(), MOST_AT_ONCE).stream())
                .toList();
    }

    /** Shapes of as many images as there are at once, and of the rest. */
    static List<int[]> parts(int[] shape, int count, int most) {
        return IntStream.of(Math.min(most, count), count % most)
                .filter(images -> images > 0)
                .distinct()
                .mapToObj(images -> {
                    int[] part = shape.clone();
                    part[0] = images;
                    return part;
                })
                .toList();
    }

    /** Outputs of the network in its present state, (1, …) each, in the order of the inputs. */
    List<Array> outputs(TrainingView training) {
        return batches.map(training::outputs, Array::slices);
    }
}
