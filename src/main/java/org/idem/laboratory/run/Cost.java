package org.idem.laboratory.run;

import java.util.List;
import org.idem.array.Array;
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
            sum += 3.0 * Array.lengthOf(map.weightShape()) * sites * task.batch();
        }
        return sum;
    }

    /** Bytes of native memory: parameters, gradients and what the rule remembers; signals of examples and tests. */
    static long memory(Run run) {
        Task task = run.task();
        long parameters = 0;
        for (Stage stage : task.network().stages()) {
            parameters += Array.lengthOf(stage.map().weightShape())
                    + (stage.map().bias() ? stage.map().outputs() : 0);
        }
        long signals = 0;
        for (int[] shape : task.network().signalShapes(task.inputs().shape())) {
            long one = Array.lengthOf(shape) / shape[0];
            signals += one * (2L * shape[0] + Math.min(PROBES, task.tests().size()));
        }
        int bytes = task.point().get(StudyAxes.PRECISION) == Precision.FLOAT32 ? 4 : 8;
        return bytes * (parameters * (2 + remembered(Rules.optimizer(task.point()))) + signals);
    }

    private static int remembered(Optimizer rule) {
        if (rule instanceof LinearMethod method) {
            return method.momentum() > 0 ? 1 : 0;
        }
        return rule instanceof Adam ? 2 : 1;
    }
}
