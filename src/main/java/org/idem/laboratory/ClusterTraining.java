package org.idem.laboratory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.idem.execution.cluster.Cluster;
import org.idem.execution.cluster.KeyedTask;
import org.idem.execution.cluster.Receiver;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.result.Ending;
import org.idem.laboratory.result.ResultJson;
import org.idem.laboratory.result.RunResult;
import org.idem.laboratory.run.StudyRunner;
import org.idem.store.Packed;

/** Trains runs on other machines and keeps what they leave here, as it comes. */
final class ClusterTraining implements Receiver {
    /** Keeps what runs left, by their keys. */
    @FunctionalInterface
    interface Keeper {
        void keep(Map<String, Packed> results) throws IOException;
    }

    private final Map<String, Run> runs = new HashMap<>();
    private final List<KeyedTask> tasks = new ArrayList<>();
    private final StudyWork work = new StudyWork();
    private final Keeper keeper;
    private final StudyRunner.Progress progress;
    private final Consumer<String> waiting;
    private final double cost;
    private int done;
    private double spent;

    /** Runs of different keys. */
    ClusterTraining(List<Run> runs, Keeper keeper, StudyRunner.Progress progress, Consumer<String> waiting) {
        for (Run run : StudyRunner.ordered(runs)) {
            this.runs.put(run.key(), run);
            tasks.add(new KeyedTask(run.key(), StudyWork.line(run), StudyRunner.cost(run)));
            work.add(run);
        }
        this.keeper = keeper;
        this.progress = progress;
        this.waiting = waiting;
        cost = tasks.stream().mapToDouble(KeyedTask::cost).sum();
    }

    /** Trains all of them. */
    void on(Cluster cluster) throws IOException {
        cluster.run(work, tasks, this);
    }

    @Override
    public void done(List<KeyedTask> some, List<byte[]> results) throws IOException {
        Map<String, Packed> packed = new LinkedHashMap<>();
        for (int i = 0; i < some.size(); i++) {
            packed.put(some.get(i).key(), Packed.read(results.get(i)));
        }
        keep(some, packed);
    }

    @Override
    public void failed(KeyedTask task, String reason) throws IOException {
        Run run = run(task);
        RunResult result = new RunResult(
                run.key(),
                run.line(),
                run.task().digest(),
                Ending.FAILED,
                reason,
                0,
                Double.NaN,
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of());
        keep(
                List.of(task),
                Map.of(task.key(), Parcel.of(ResultJson.write(result), Map.of()).packed()));
    }

    @Override
    public void waiting(String what) {
        waiting.accept(what);
    }

    private Run run(KeyedTask task) {
        Run run = runs.get(task.key());
        if (run == null) {
            throw new IllegalArgumentException("a result must be of one of the runs, got " + task.key());
        }
        return run;
    }

    private void keep(List<KeyedTask> some, Map<String, Packed> results) throws IOException {
        keeper.keep(results);
        done += some.size();
        spent += some.stream().mapToDouble(KeyedTask::cost).sum();
        progress.finished(done, tasks.size(), cost == 0 ? 1 : spent / cost);
    }
}
