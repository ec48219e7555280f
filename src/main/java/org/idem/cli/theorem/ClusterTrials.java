package org.idem.cli.theorem;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.Terminal;
import org.idem.execution.Share;
import org.idem.execution.cluster.Cluster;
import org.idem.execution.cluster.ClusterException;
import org.idem.execution.cluster.KeyedTask;
import org.idem.execution.cluster.Needs;
import org.idem.execution.cluster.Receiver;
import org.idem.execution.cluster.Work;
import org.idem.theorem.Theorem;
import org.idem.theorem.Theorems;
import org.idem.verification.Progress;
import org.idem.verification.share.KeptTrials;
import org.idem.verification.share.RunDescription;
import org.idem.verification.share.ShareFile;
import org.idem.verification.share.ShareResult;
import org.idem.verification.share.ShareRun;
import org.idem.verification.share.SharedTrials;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Trials that other machines run: a task is a share of the trials of one theorem. */
final class ClusterTrials {
    private static final Set<String> NOT_BESIDE =
            Set.of("--shard", "--merge", "--guarantee", "--images", "--classpath");

    /** A share draws the configurations of all others as well, which is cheap beside so many trials of its own. */
    private static final int LEAST_IN_A_SHARE = 512;

    private static final int MOST_SHARES = 16;
    /** What a trial may need, beside the program itself. */
    private static final Needs NEEDS = new Needs(1, 400L << 20, 1L << 30);

    private ClusterTrials() {}

    /** Refuses what trials elsewhere cannot do. */
    static void check(CommandSpec command) {
        for (OptionSpec given : command.commandLine().getParseResult().matchedOptions()) {
            if (NOT_BESIDE.contains(given.longestName())) {
                throw new BadInput("--spark takes no " + given.longestName()
                        + (given.longestName().equals("--guarantee")
                                ? ", which needs all trials to know when to stop; give --trials"
                                : "; --shard alone divides such a run among machines"));
            }
        }
    }

    /** Runs all trials that are not kept from before, and keeps them. */
    static SharedTrials run(KeptTrials kept, List<Theorem<?>> theorems, Cluster.Opening opening) throws IOException {
        RunDescription run = kept.run();
        SharedTrials known = kept.known();
        int shares = Math.max(1, Math.min(MOST_SHARES, run.trials() / LEAST_IN_A_SHARE));
        List<KeyedTask> tasks = new ArrayList<>();
        for (int share = 1; share <= shares; share++) {
            for (Theorem<?> theorem : theorems) {
                Share part = new Share(share, shares);
                String line = theorem.id() + " " + part;
                if (!known.has(theorem.id(), part)) {
                    tasks.add(new KeyedTask(line, line, 1));
                }
            }
        }
        if (!tasks.isEmpty()) {
            Terminal.progress("connecting to the cluster");
            try (Cluster cluster = opening.open(NEEDS)) {
                cluster.run(new TrialWork(run), tasks, new Joined(kept, known, tasks.size()));
            }
            Terminal.clearProgress();
        }
        String fault = known.fault(theorems);
        if (fault != null) {
            throw new ClusterException("--spark: " + fault);
        }
        return known;
    }

    /** What a machine does: the share of a line, as verify --shard would. */
    private record TrialWork(RunDescription run) implements Work {
        @Override
        public byte[] result(String line) throws ClusterException {
            String[] words = line.split(" ");
            Theorem<?> theorem = Theorems.find(Theorems.list(), words[0])
                    .orElseThrow(() -> new ClusterException("knows no theorem " + words[0]
                            + "; all machines must run the same version of the program"));
            Theorem<?> trained = Trainers.train(theorem, Trainers.of(run.engine()));
            return ShareFile.bytes(new ShareRun(run, Share.parse(words[1])).of(List.of(trained), Progress.SILENT));
        }
    }

    /** Joins shares as they come, and keeps them. */
    private static final class Joined implements Receiver {
        private final KeptTrials kept;
        private final SharedTrials trials;
        private final int all;
        private int done;

        Joined(KeptTrials kept, SharedTrials trials, int all) {
            this.kept = kept;
            this.trials = trials;
            this.all = all;
        }

        @Override
        public void done(List<KeyedTask> tasks, List<byte[]> results) throws IOException {
            for (byte[] result : results) {
                ShareResult share = ShareFile.parse(result);
                trials.add(share);
                kept.keep(share);
            }
            done += results.size();
            Terminal.progress("trials", done, all, "shares");
        }

        @Override
        public void failed(KeyedTask task, String reason) throws ClusterException {
            throw new ClusterException("--spark: the trials of " + task.key() + " ended without a result, " + reason);
        }

        @Override
        public void waiting(String what) {
            Terminal.progress(what);
        }
    }
}
