package org.idem.laboratory.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.idem.array.Array;
import org.idem.array.SquaredErrors;
import org.idem.laboratory.plan.Point;
import org.idem.laboratory.plan.Rules;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.laboratory.plan.Task;
import org.idem.laboratory.result.Ending;
import org.idem.laboratory.result.ImageMeasures;
import org.idem.laboratory.result.LayerMeasures;
import org.idem.laboratory.result.Measures;
import org.idem.laboratory.result.RunResult;
import org.idem.laboratory.result.StepMeasures;
import org.idem.training.Trainer;
import org.idem.training.run.Outcome;
import org.idem.training.run.ResumableTraining;
import org.jspecify.annotations.Nullable;

/** The training of one network of a study, measured on its way. */
final class RunTraining {
    /** Each look comes at so many times the step of the one before: a look costs as much as two or three steps. */
    private static final int LOOKS_APART = 4;

    private final Run run;
    private final Task task;
    private final Array constant;
    private final double unit;
    private final List<Task.Test> watched;
    private final Probes watchedProbes;
    private final Probes examples;
    private final List<StepMeasures> progress = new ArrayList<>();
    private final List<Array> growth = new ArrayList<>();
    private final List<Integer> growthSteps = new ArrayList<>();
    private double error = Double.NaN;

    RunTraining(Run run) {
        this.run = run;
        task = run.task();
        constant = task.constant();
        unit = task.unit();
        watched = task.ofTrainedSize(StepMeasures.MOST_IMAGES);
        List<Array> inputs =
                new ArrayList<>(watched.stream().map(Task.Test::input).toList());
        inputs.add(task.inputs().slices(0, 1));
        watchedProbes = new Probes(inputs);
        examples = Probes.ofExamples(task.inputs());
    }

    static Trainer trainer(Run run) {
        Point point = run.task().point();
        Trainer trainer = new Trainer(run.problem(), Rules.optimizer(point), point.get(StudyAxes.PRECISION))
                .onThreads(point.get(StudyAxes.THREADS));
        point.get(StudyAxes.BATCH).ifPresent(trainer::inBatchesOf);
        return trainer;
    }

    Trained train() {
        long started = System.nanoTime();
        try (ResumableTraining training = trainer(run).start()) {
            LayerStates layers = new LayerStates(task);
            LayerStates.Seen before = layers.measure(training, false);
            Ending ending = steps(training);
            List<Array> outputs = Probes.of(task.tests()).outputs(training);
            boolean finite = outputs.stream().allMatch(output -> output.firstNonFinite() < 0);
            if (!finite) {
                return new Trained(
                        result(started, Ending.DIVERGED, null, training.steps(), List.of(), before.rows()), Map.of());
            }
            if (progress.isEmpty() || progress.get(progress.size() - 1).step() < training.steps()) {
                look(training);
            }
            LayerStates.Seen after = layers.measure(training, true);
            List<LayerMeasures> measured = new ArrayList<>(before.rows());
            measured.addAll(after.rows());
            Map<String, Array> arrays = arrays(outputs);
            arrays.putAll(before.readouts());
            arrays.putAll(after.readouts());
            return new Trained(result(started, ending, null, training.steps(), images(outputs), measured), arrays);
        } catch (RuntimeException | OutOfMemoryError failure) {
            return new Trained(
                    result(started, Ending.FAILED, String.valueOf(failure.getMessage()), 0, List.of(), List.of()),
                    Map.of());
        }
    }

    /** Looks at a network that takes so many steps: at steps 0, 1, 4, 16, 64, … before the last, and at the last. */
    static int looks(int steps) {
        int looks = 1;
        for (long next = 0; next < steps; next = next == 0 ? 1 : LOOKS_APART * next) {
            looks++;
        }
        return looks;
    }

    /** Steps until training ends, with a look at steps 0, 1, 4, 16, 64, … */
    private Ending steps(ResumableTraining training) {
        int cycle = cycle();
        double first = Double.NaN;
        int next = 0;
        while (training.steps() < run.stop().mostSteps()) {
            if (training.steps() == next) {
                look(training);
                next = next == 0 ? 1 : LOOKS_APART * next;
            }
            int before = training.steps();
            if (cycle > 1 && before % cycle == 0) {
                error = errorOfAll(training);
                if (error <= run.stop().until()) {
                    return Ending.CONVERGED;
                }
            }
            double loss = cycle > 1 ? training.step() : training.stepUnless(this::isEnough);
            first = Double.isNaN(first) ? loss : first;
            if (Outcome.Diverged.isSeen(first, loss, task.point().get(StudyAxes.PRECISION))) {
                double after = errorOfAll(training);
                error = Double.isNaN(after) ? Double.POSITIVE_INFINITY : after;
                return Ending.DIVERGED;
            }
            if (training.steps() == before) {
                error = relative(loss);
                return Ending.CONVERGED;
            }
        }
        error = errorOfAll(training);
        return error <= run.stop().until() ? Ending.CONVERGED : Ending.MOST_STEPS;
    }

    /** Steps in which every example is seen once. */
    private int cycle() {
        return (task.inputs().size(0) + task.batch() - 1) / task.batch();
    }

    private boolean isEnough(double loss) {
        return relative(loss) <= run.stop().until();
    }

    /** Training error of a loss on all examples: the loss is c/2 times the sum of squares. */
    private double relative(double loss) {
        int residuals = task.targets().length();
        double scale = task.point().get(StudyAxes.LOSS).scale(residuals);
        return 2 * loss / (scale * residuals) / unit;
    }

    private double errorOfAll(ResumableTraining training) {
        Array outputs = Array.concatenate(examples.outputs(training));
        return SquaredErrors.mean(outputs, task.targets()) / unit;
    }

    /** Measures the network in its present state, if its outputs are finite. */
    private void look(ResumableTraining training) {
        List<Array> outputs = watchedProbes.outputs(training);
        if (outputs.stream().anyMatch(output -> output.firstNonFinite() >= 0)) {
            return;
        }
        List<Measures> measures = new ArrayList<>();
        for (int i = 0; i < watched.size(); i++) {
            measures.add(Measures.of(outputs.get(i), watched.get(i).target(), constant));
        }
        growth.add(outputs.get(watched.size()));
        growthSteps.add(training.steps());
        double there = cycle() == 1 ? relative(training.loss()) : errorOfAll(training);
        progress.add(new StepMeasures(training.steps(), there, Measures.mean(measures)));
    }

    private List<ImageMeasures> images(List<Array> outputs) {
        List<ImageMeasures> images = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            Task.Test test = task.tests().get(i);
            images.add(new ImageMeasures(
                    test.name(), test.group().toString(), Measures.of(outputs.get(i), test.target(), constant)));
        }
        return images;
    }

    private Map<String, Array> arrays(List<Array> outputs) {
        Map<String, Array> arrays = new LinkedHashMap<>();
        arrays.put("growth", Array.concatenate(growth));
        double[] steps = growthSteps.stream().mapToDouble(step -> step).toArray();
        arrays.put("growth-steps", Array.of(steps, steps.length));
        for (int i = 0; i < outputs.size(); i++) {
            arrays.put("output-" + i, outputs.get(i).slice(0));
        }
        return arrays;
    }

    private RunResult result(
            long started,
            Ending ending,
            @Nullable String remark,
            int steps,
            List<ImageMeasures> images,
            List<LayerMeasures> layers) {
        double seconds = (System.nanoTime() - started) / 1e9;
        return new RunResult(
                run.key(),
                run.line(),
                task.digest(),
                ending,
                remark,
                steps,
                error,
                seconds,
                images,
                progress,
                layers,
                List.of());
    }
}
