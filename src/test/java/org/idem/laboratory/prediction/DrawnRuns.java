package org.idem.laboratory.prediction;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.idem.laboratory.plan.Grid;
import org.idem.laboratory.plan.Materials;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Task;
import org.idem.laboratory.result.RunResult;
import org.idem.laboratory.run.StudyRunner;

/** Runs from words on axes, really trained. */
final class DrawnRuns {
    /** A training error that is never reached, so that every run takes the steps it is given. */
    static final double NEVER = 1e-300;

    private DrawnRuns() {}

    static Task task(boolean convolutional, Map<String, String> words) throws IOException {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        words.forEach((axis, word) -> lists.put(axis, List.of(word)));
        return new Materials(null)
                .task(new Grid(convolutional, lists, List.of()).points().get(0));
    }

    static Map<String, String> with(Map<String, String> words, String axis, String word) {
        Map<String, String> other = new LinkedHashMap<>(words);
        other.put(axis, word);
        return other;
    }

    /** Results by the keys of runs. */
    static Map<String, RunResult> train(List<Run> runs) throws IOException {
        Map<String, RunResult> results = new ConcurrentHashMap<>();
        StudyRunner.train(
                runs,
                (run, trained) -> results.put(trained.result().key(), trained.result()),
                (done, all, share) -> {});
        return results;
    }
}
