package org.idem.laboratory;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.idem.array.Array;
import org.idem.execution.cluster.ClusterException;
import org.idem.execution.cluster.Work;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.RunLine;
import org.idem.laboratory.prediction.Predicted;
import org.idem.laboratory.prediction.Predictions;
import org.idem.laboratory.result.ResultJson;
import org.idem.laboratory.result.RunResult;
import org.idem.laboratory.run.StudyRunner;
import org.idem.laboratory.run.Trained;
import org.idem.laboratory.run.TryOut;
import org.jspecify.annotations.Nullable;

/**
 * Trains networks on machines that have none of the files which the study names: the images travel with the work, those
 * of equal tasks once.
 */
final class StudyWork implements Work {
    /** By the digests of tasks; a map that can be sent. */
    private final HashMap<String, byte[]> images = new HashMap<>();

    /** The same, read on the machine that works. */
    private transient @Nullable Map<String, Parcel> opened;

    /** Makes sure that the images of a run are there. */
    void add(Run run) {
        images.computeIfAbsent(
                run.task().digest(), digest -> TaskImages.of(run.task()).exact().bytes());
    }

    /** What is to be done for a run. */
    static String line(Run run) {
        return run.key() + " " + run.task().digest() + " " + run.line();
    }

    /** What a run leaves: training, measures and what theorems say. */
    static Parcel parcel(Run run, Trained trained) {
        RunResult result = trained.result();
        Predicted predicted = result.images().isEmpty() ? Predicted.NOTHING : Predictions.of(run, result.steps());
        Map<String, Array> arrays = new LinkedHashMap<>(trained.arrays());
        arrays.putAll(predicted.arrays());
        return Parcel.of(ResultJson.write(result.withTheory(predicted.rows())), arrays);
    }

    @Override
    public byte[] result(String line) throws ClusterException {
        String[] words = line.split(" ", 3);
        RunLine read = RunLine.parse(words[2]);
        Run run = new Run(TaskImages.task(read.point(), opened(words[1]), words[1]), read.seed(), read.stop());
        if (!run.key().equals(words[0])) {
            throw new ClusterException("makes another network of '" + words[2]
                    + "' than this machine does; both must run the same version of the program");
        }
        return parcel(run, StudyRunner.trained(run)).packed().bytes();
    }

    /** A machine without its numerical libraries would call every network a failure. */
    private static void requireTraining() throws ClusterException {
        try {
            TryOut.here();
        } catch (RuntimeException | LinkageError unable) {
            throw new ClusterException("cannot train, its numerical libraries do not load, "
                    + String.valueOf(unable).lines().findFirst().orElse("")
                    + "; it must have the operating system and the kind of processor of this machine");
        }
    }

    private synchronized Parcel opened(String digest) throws ClusterException {
        if (opened == null) {
            requireTraining();
            opened = new HashMap<>();
        }
        Parcel there = opened.get(digest);
        if (there == null) {
            try {
                there = Parcel.read(images.getOrDefault(digest, new byte[0]));
            } catch (IOException wrong) {
                throw new ClusterException("got no images of the task " + digest
                        + "; all machines must run the same version of the program");
            }
            opened.put(digest, there);
        }
        return there;
    }
}
