package org.idem.cli.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.idem.cli.terminal.Terminal;
import org.idem.laboratory.Laboratory;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.run.Estimate;
import org.idem.laboratory.run.StudyRunner;

/** What a study will take, before anything starts. */
final class StudyPlan {
    private static final double MEBIBYTE = 1 << 20;

    private final List<Run> runs;
    private final List<Run> share;
    private final Path store;

    StudyPlan(List<Run> runs, List<Run> share, Path store) {
        this.runs = runs;
        this.share = share;
        this.store = store;
    }

    void print() throws IOException {
        List<Run> missing = share;
        if (Laboratory.isStore(store)) {
            try (Laboratory laboratory = Laboratory.reading(store)) {
                missing = laboratory.missing(share);
            }
        }
        int distinct = StudyRunner.distinct(runs).size();
        System.out.println(
                "networks       " + runs.size() + (distinct < runs.size() ? ", " + distinct + " different" : "")
                        + (share.size() < distinct ? ", " + share.size() + " in this share" : ""));
        System.out.println("kept           " + (share.size() - missing.size()) + " in " + store);
        System.out.println("to train       " + missing.size());
        if (missing.isEmpty()) {
            return;
        }
        Terminal.progress("timing a few steps");
        Estimate estimate = Estimate.of(missing);
        Terminal.clearProgress();
        System.out.println("time           " + Terminal.duration(1e9 * estimate.seconds()) + " on "
                + Runtime.getRuntime().availableProcessors()
                + " processors if every network takes all of its steps; less where training ends before");
        System.out.println("memory         " + Math.round(estimate.bytes() / MEBIBYTE)
                + " MiB for networks, beside some 300 MiB of the program itself");
    }
}
