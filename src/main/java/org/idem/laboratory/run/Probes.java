package org.idem.laboratory.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.laboratory.plan.Task;
import org.idem.training.run.TrainingView;

/** Test images in batches of one size, so that a network sees many at once. */
final class Probes {
    /** More images at once would take memory and no less time. */
    private static final int MOST_AT_ONCE = 32;

    private final List<Array> batches = new ArrayList<>();
    /** For each batch, the places of its images among all. */
    private final List<List<Integer>> places = new ArrayList<>();

    private final int count;

    Probes(List<Array> inputs) {
        count = inputs.size();
        Map<String, List<Integer>> bySize = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            bySize.computeIfAbsent(Arrays.toString(inputs.get(i).shape()), size -> new ArrayList<>())
                    .add(i);
        }
        for (List<Integer> same : bySize.values()) {
            for (int from = 0; from < same.size(); from += MOST_AT_ONCE) {
                List<Integer> some = same.subList(from, Math.min(same.size(), from + MOST_AT_ONCE));
                places.add(some);
                batches.add(Array.concatenate(some.stream().map(inputs::get).toList()));
            }
        }
    }

    /** All of one size. */
    Probes(Array inputs) {
        count = inputs.size(0);
        for (int from = 0; from < count; from += MOST_AT_ONCE) {
            int to = Math.min(count, from + MOST_AT_ONCE);
            places.add(IntStream.range(from, to).boxed().toList());
            batches.add(inputs.slices(from, to));
        }
    }

    static Probes of(List<Task.Test> tests) {
        return new Probes(tests.stream().map(Task.Test::input).toList());
    }

    /** Outputs of the network in its present state, (1, …) each, in the order of the inputs. */
    List<Array> outputs(TrainingView training) {
        List<Array> outputs = new ArrayList<>(Collections.nCopies(count, Array.zeros(0)));
        for (int i = 0; i < batches.size(); i++) {
            Array answers = training.outputs(batches.get(i));
            for (int j = 0; j < places.get(i).size(); j++) {
                outputs.set(places.get(i).get(j), answers.slices(j, j + 1));
            }
        }
        return outputs;
    }
}
