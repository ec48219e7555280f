package org.idem.laboratory.run;

import java.util.List;
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

    /** Outputs of the network in its present state, (1, …) each, in the order of the inputs. */
    List<Array> outputs(TrainingView training) {
        return batches.map(training::outputs, Array::slices);
    }
}
