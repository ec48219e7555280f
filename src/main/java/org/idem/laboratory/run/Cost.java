package org.idem.laboratory.run;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.idem.array.Precision;
import org.idem.laboratory.plan.Rules;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.laboratory.plan.Task;
import org.idem.laboratory.result.StepMeasures;
import org.idem.network.Cnn;
import org.idem.network.LinearMap;
import org.idem.network.Stage;
import org.idem.training.Trainer;
import org.idem.training.run.Footprint;

/** What a run needs, estimated from the shapes of its network. */
final class Cost {
    private static final double MEBIBYTE = 1 << 20;

    /** Code, classes and libraries of a program that trains fully connected networks, as they were measured. */
    private static final double OWN_BYTES = 132 * MEBIBYTE;

    /** What the library of convolutions and its code take. */
    private static final double LIBRARY_BYTES = 30 * MEBIBYTE;

    /** Objects of the program itself that live as long as it does. */
    private static final double LIVING_BYTES = 12 * MEBIBYTE;

    /** So much of the heap for what lives longer is filled before anything is collected from it. */
    private static final double LEAST_BYTES = 22 * MEBIBYTE;

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

    /** What a run needs of both kinds of memory. */
    record Bytes(long nativeBytes, long heapBytes) {}

    /**
     * Bytes of native memory: all that its training holds, targets, and, where layers are compared with those of a
     * network without borders, that network.
     */
    static long memory(Run run) {
        return of(run).nativeBytes();
    }

    /**
     * Bytes of the program's own memory: weights are drawn, looked at and handed over as doubles, beside what training
     * holds of it and the layers that are measured at once.
     */
    static long heap(Run run) {
        return of(run).heapBytes();
    }

    private static Bytes of(Run run) {
        Task task = run.task();
        Precision precision = task.point().get(StudyAxes.PRECISION);
        Footprint training = Trainer.footprint(
                task.network(),
                Rules.optimizer(task.point()),
                Probes.parts(task.inputs().shape(), task.inputs().size(0), task.batch()),
                probes(task),
                precision,
                task.point().get(StudyAxes.THREADS));
        Footprint beside = LayerStates.feelsBorder(task)
                ? Trainer.footprintOfSignals(LayerStates.wrapped(task.network()), LayerStates.shape(task), precision)
                : new Footprint();
        int bytes = precision == Precision.FLOAT32 ? Float.BYTES : Double.BYTES;
        double weights =
                task.network().stages().stream().mapToDouble(Cost::parameters).sum();
        return new Bytes(
                Math.round(bytes
                        * (training.numbers()
                                + beside.numbers()
                                + task.targets().length())),
                Math.round(
                        Double.BYTES * weights + training.heapBytes() + beside.heapBytes() + LayerStates.bytes(task)));
    }

    /** Shapes of the images that the network sees at once beside those of its steps. */
    private static List<int[]> probes(Task task) {
        int[] example = task.inputs().slices(0, 1).shape();
        List<int[]> probes = new ArrayList<>();
        probes.add(LayerStates.shape(task));
        int watched = task.ofTrainedSize(StepMeasures.MOST_IMAGES).size();
        probes.addAll(Probes.batches(Collections.nCopies(watched + 1, example)));
        probes.addAll(Probes.batches(Collections.nCopies(task.inputs().size(0), example)));
        probes.addAll(Probes.batches(
                task.tests().stream().map(test -> test.input().shape()).toList()));
        return probes;
    }

    /**
     * The largest resident size of this program while it trains some runs at once: code and libraries, the part of the
     * heap that is filled again and again whatever is trained, what lives longer, and native memory.
     */
    static long program(List<Run> runs) {
        boolean library = runs.stream().anyMatch(Cost::mayConvolve);
        double own = library ? OWN_BYTES + LIBRARY_BYTES : OWN_BYTES;
        double living = LIVING_BYTES + runs.stream().mapToLong(Cost::heap).sum();
        double natives = runs.stream().mapToLong(Cost::memory).sum();
        return Math.round(own + young() + Math.max(LEAST_BYTES, living) + natives);
    }

    private static boolean mayConvolve(Run run) {
        return run.task().point().convolutional() && run.task().point().get(StudyAxes.PRECISION) == Precision.FLOAT32;
    }

    /** Bytes of the heap in which arrays are made. */
    private static long young() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool ->
                        pool.getName().contains("Eden") || pool.getName().contains("Survivor"))
                .mapToLong(pool -> Math.max(0, pool.getUsage().getInit()))
                .sum();
    }

    private static double parameters(Stage stage) {
        LinearMap map = stage.map();
        return (double) map.outputs() * map.fanIn() + (map.bias() ? map.outputs() : 0);
    }
}
