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

    /**
     * Bytes of native memory: parameters, gradient of one stage, what the rule remembers there, and what passes of
     * examples and tests need.
     */
    static long memory(Run run) {
        Task task = run.task();
        Precision precision = task.point().get(StudyAxes.PRECISION);
        Optimizer rule = Rules.optimizer(task.point());
        int bytes = precision == Precision.FLOAT32 ? Float.BYTES : Double.BYTES;
        double parameters = parameters(task);
        double state = bytes * parameters * remembered(rule) - Trainer.heapBytes(task.network(), rule, precision);
        int[] inputs = task.inputs().shape();
        double passes = Trainer.passBytes(
                task.network(),
                images(inputs, task.batch()),
                images(inputs, Math.min(PROBES, task.tests().size())),
                precision);
        double data = task.inputs().length() + (double) task.targets().length();
        return Math.round(bytes * (parameters + largestStage(task) + data) + state + passes);
    }

    private static int[] images(int[] shape, int count) {
        int[] other = shape.clone();
        other[0] = count;
        return other;
    }

    /**
     * Bytes of the program's own memory: initial weights are drawn, rounded and handed over as doubles. Where layers
     * are compared with those of a network without borders, the weights are copied as often again. Layers are compared
     * all at once. Some rules keep their state there.
     */
    static long heap(Run run) {
        Task task = run.task();
        boolean twice = LayerStates.feelsBorder(task);
        long held = Trainer.heapBytes(
                task.network(), Rules.optimizer(task.point()), task.point().get(StudyAxes.PRECISION));
        return Math.round((twice ? 6.0 : 3.0) * Double.BYTES * parameters(task) + LayerStates.bytes(task) + held);
    }

    private static double parameters(Task task) {
        return task.network().stages().stream().mapToDouble(Cost::parameters).sum();
    }

    private static double largestStage(Task task) {
        return task.network().stages().stream()
                .mapToDouble(Cost::parameters)
                .max()
                .orElse(0);
    }

    private static double parameters(Stage stage) {
        LinearMap map = stage.map();
        return (double) map.outputs() * map.fanIn() + (map.bias() ? map.outputs() : 0);
    }

    private static int remembered(Optimizer rule) {
        if (rule instanceof LinearMethod method) {
            return method.momentum() > 0 ? 1 : 0;
        }
        return rule instanceof Adam ? 2 : 1;
    }
}
