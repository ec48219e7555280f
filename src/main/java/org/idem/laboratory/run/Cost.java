package org.idem.laboratory.run;

import java.util.List;
import org.idem.array.Precision;
import org.idem.laboratory.plan.Rules;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.laboratory.plan.Task;
import org.idem.network.Adam;
import org.idem.network.Cnn;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.Optimizer;
import org.idem.network.Stage;
import org.idem.training.Trainer;

/** What a run needs, estimated from the shapes of its network. */
final class Cost {
    /** Test images that pass the network at once. */
    private static final int PROBES = 32;

    private Cost() {}

    /** Multiplications of one step: each weight once per site and example, forward and twice backward. */
    static double ofStep(Task task) {
        List<int[]> shapes = task.network().signalShapes(task.inputs().shape());
        double sum = 0;
        for (int i = 0; i < task.network().depth(); i++) {
            LinearMap map = task.network().stages().get(i).map();
            int[] out = shapes.get(i + 1);
            double sites = map instanceof Cnn ? (double) out[2] * out[3] : 1;
            sum += 3.0 * map.outputs() * map.fanIn() * sites * task.batch();
        }
        return sum;
    }

    /** Bytes of native memory: parameters, gradients and what the rule remembers; signals of examples and tests. */
    static long memory(Run run) {
        Task task = run.task();
        double signals = 0;
        for (int[] shape : task.network().signalShapes(task.inputs().shape())) {
            double one = 1;
            for (int axis = 1; axis < shape.length; axis++) {
                one *= shape[axis];
            }
            // activations of a step and of tests; gradients take no more than the activations
            signals += one * (2.0 * task.batch() + Math.min(PROBES, task.tests().size()));
        }
        signals += task.inputs().length() + (double) task.targets().length();
        int bytes = task.point().get(StudyAxes.PRECISION) == Precision.FLOAT32 ? 4 : 8;
        return Math.round(bytes * (parameters(task) * (2 + remembered(Rules.optimizer(task.point()))) + signals));
    }

    /**
     * Bytes of the program's own memory: initial weights are drawn, rounded and handed over as doubles. Where layers
     * are compared with those of a network without borders, the weights are copied as often again. Some rules keep
     * their state there, which is counted as native memory too.
     */
    static long heap(Run run) {
        Task task = run.task();
        boolean twice = LayerStates.feelsBorder(task);
        long held = Trainer.heapBytes(
                task.network(), Rules.optimizer(task.point()), task.point().get(StudyAxes.PRECISION));
        return Math.round((twice ? 6.0 : 3.0) * Double.BYTES * parameters(task) + held);
    }

    private static double parameters(Task task) {
        double parameters = 0;
        for (Stage stage : task.network().stages()) {
            LinearMap map = stage.map();
            parameters += (double) map.outputs() * map.fanIn() + (map.bias() ? map.outputs() : 0);
        }
        return parameters;
    }

    private static int remembered(Optimizer rule) {
        if (rule instanceof LinearMethod method) {
            return method.momentum() > 0 ? 1 : 0;
        }
        return rule instanceof Adam ? 2 : 1;
    }
}
