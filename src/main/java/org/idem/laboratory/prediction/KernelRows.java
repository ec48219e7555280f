package org.idem.laboratory.prediction;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.array.SquaredErrors;
import org.idem.laboratory.plan.Rules;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Task;
import org.idem.laboratory.result.Measures;
import org.idem.laboratory.result.TheoryRow;
import org.idem.network.LinearMethod;
import org.idem.network.StageParameters;
import org.idem.theory.deep.PlainForward;
import org.idem.theory.kernel.InfiniteNetwork;
import org.jspecify.annotations.Nullable;

/**
 * T7 about networks of two layers and more: what they would do if the kernel of infinite width, trained at the one
 * learning rate that all parameters of a study share, ruled their training to its end.
 *
 * <ul>
 *   <li>T7.lazy: measures of f_0 + A_t(Y − f_0(X)), with this run's own initial function f_0.
 *   <li>T7.mean: measures of A_tY, the mean over networks.
 * </ul>
 *
 * <p>A network outside the kernel regime has rows that say why. If it is narrow or its weights must move far, what the
 * kernel says is told under the names of {@link KernelRegime#beyond}, which no picture lays over what networks do.
 */
final class KernelRows implements Prediction {
    /** Kernels that are kept for the next seeds: those that the threads of a study work on. */
    private static final int MOST_KERNELS = 4;

    private record Key(InfiniteNetwork network, String digest) {}

    /** A kernel that may have to be worked out again if memory runs short. */
    private static final class Entry {
        private SoftReference<KernelOfTask> kernel = new SoftReference<>(null);

        synchronized KernelOfTask get(Key key, Task task) {
            @Nullable KernelOfTask there = kernel.get();
            if (there == null) {
                there = new KernelOfTask(key.network(), task);
                kernel = new SoftReference<>(there);
            }
            return there;
        }
    }

    private final Map<Key, Entry> kernels = new LinkedHashMap<>();

    @Override
    public Predicted of(Run run, int steps) {
        Task task = run.task();
        if (task.network().depth() == 1) {
            return Predicted.NOTHING;
        }
        List<TheoryRow> outside = KernelRegime.outside(task);
        boolean narrow = outside.size() == 1 && outside.get(0).measure().equals(KernelRegime.WIDTH.measure());
        if (!outside.isEmpty() && !narrow) {
            return new Predicted(outside, Map.of());
        }
        try {
            List<TheoryRow> rows = new ArrayList<>(outside);
            rows.addAll(rows(run, steps, narrow));
            return new Predicted(rows, Map.of());
        } catch (ArithmeticException beyond) {
            outside.add(KernelRegime.RANGE.row());
            return new Predicted(outside, Map.of());
        }
    }

    private List<TheoryRow> rows(Run run, int steps, boolean narrow) {
        Task task = run.task();
        Key key = new Key(
                InfiniteNetwork.ofCommonRate(task.architecture(), task.network(), Run.initialization(task.point())),
                task.digest());
        KernelOfTask kernel = entry(key).get(key, task);
        LinearMethod method = (LinearMethod) Rules.optimizer(task.point());
        double steepness = kernel.steepness(method);
        // what is told of narrow networks is no prediction
        double most = method.stableProduct() / (narrow ? 1 : 1 + KernelRegime.distance(task));
        return steepness < most
                ? rows(run, kernel, method, steps, narrow)
                : List.of(KernelRegime.LEARNING_RATE.row(steepness, most));
    }

    private Entry entry(Key key) {
        synchronized (kernels) {
            Entry entry = kernels.remove(key);
            if (entry == null) {
                entry = new Entry();
            }
            kernels.put(key, entry);
            if (kernels.size() > MOST_KERNELS) {
                kernels.remove(kernels.keySet().iterator().next());
            }
            return entry;
        }
    }

    private static List<TheoryRow> rows(Run run, KernelOfTask kernel, LinearMethod method, int steps, boolean narrow) {
        Task task = run.task();
        List<Array> initial = initial(run);
        List<TheoryRow> rows = new ArrayList<>();
        Array wanted = sum(task.targets(), -1, initial.get(0));
        double change = FeatureChange.ofUnitMovement(task) * kernel.movement(method, steps, wanted);
        boolean far = change > KernelRegime.FARTHEST;
        if (far) {
            rows.add(KernelRegime.MOVEMENT.row(change, KernelRegime.FARTHEST));
        }
        List<Array> own = kernel.learned(method, steps, wanted);
        for (int i = 0; i < own.size(); i++) {
            own.set(i, sum(initial.get(i), 1, own.get(i)));
        }
        rows.addAll(rows(task, KernelRegime.LAZY, own, narrow || far));
        rows.addAll(rows(task, KernelRegime.MEAN, kernel.learned(method, steps, task.targets()), narrow || far));
        return rows;
    }

    /** The run's own network before training, on the training inputs and on every test image. */
    private static List<Array> initial(Run run) {
        Task task = run.task();
        List<StageParameters> parameters = run.problem().initial();
        return Stream.concat(Stream.of(task.inputs()), task.tests().stream().map(Task.Test::input))
                .map(input -> PlainForward.of(task.network(), parameters, input))
                .toList();
    }

    private static Array sum(Array one, double factor, Array other) {
        double[] sum = one.values().clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * other.values()[i];
        }
        return Array.of(sum, one.shape());
    }

    private static List<TheoryRow> rows(Task task, String theorem, List<Array> outputs, boolean beyond) {
        Array constant = task.constant();
        List<Measures> images = new ArrayList<>();
        for (int i = 1; i < outputs.size(); i++) {
            images.add(Measures.of(outputs.get(i), task.tests().get(i - 1).target(), constant));
        }
        Map<String, Double> said = new LinkedHashMap<>();
        said.put("train_error", SquaredErrors.mean(outputs.get(0), task.targets()) / task.unit());
        double[] means = Measures.mean(images).values();
        for (int i = 0; i < means.length; i++) {
            said.put(Measures.COLUMNS.get(i), means[i]);
        }
        List<TheoryRow> rows = new ArrayList<>();
        said.forEach((measure, mean) -> {
            if (Double.isFinite(mean)) {
                rows.add(new TheoryRow(
                        theorem, beyond ? KernelRegime.beyond(measure) : measure, mean, Double.NaN, Double.NaN));
            }
        });
        return rows;
    }
}
