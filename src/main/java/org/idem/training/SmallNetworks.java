package org.idem.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.idem.network.Horizon;
import org.idem.network.LinearProblem;
import org.idem.training.memory.Threads;
import org.idem.training.run.Outcome;
import org.idem.training.run.Run;
import org.idem.training.small.RunKey;
import org.idem.training.small.SmallGroup;

/**
 * Trains many small one-layer networks at once. Units of one shape, from one network or from several, advance together
 * in vector registers. The result of a run does not depend, in any bit, on the other runs.
 */
public final class SmallNetworks {
    /**
     * Most products in a forward pass of a small network. With more, BLAS is faster in spite of the cost of calling it.
     */
    private static final int MOST_PRODUCTS = 1 << 12;

    /** Steps up to which the losses of all steps are kept. */
    private static final int MOST_STEPS = 1 << 20;

    private SmallNetworks() {}

    /**
     * Trains and evaluates networks on the thread of the caller.
     *
     * @param runs of any shapes; large ones are trained as {@link Trainer} does
     * @return how each ended, in the order of the runs
     */
    public static List<Outcome> train(List<Run> runs) {
        return train(runs, 1);
    }

    /**
     * Trains and evaluates networks.
     *
     * @param runs of any shapes; large ones are trained as {@link Trainer} does
     * @param threads to share the work among, at least 1
     * @return how each ended, in the order of the runs
     */
    public static List<Outcome> train(List<Run> runs, int threads) {
        Map<RunKey, List<Integer>> groups = new LinkedHashMap<>();
        Outcome[] outcomes = new Outcome[runs.size()];
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 0; i < outcomes.length; i++) {
            Run run = runs.get(i);
            if (isSmall(run)) {
                groups.computeIfAbsent(RunKey.of(run), key -> new ArrayList<>()).add(i);
            } else {
                int index = i;
                tasks.add(() -> outcomes[index] = natively(run));
            }
        }
        groups.forEach((key, members) -> tasks.addAll(new SmallGroup(key, runs, members, outcomes).tasks()));
        new Threads(threads).run(tasks.size(), task -> tasks.get(task).run());
        return List.of(outcomes);
    }

    /**
     * Trains one network.
     *
     * @param run of any shape
     * @return how it ended, the same as among others
     */
    public static Outcome train(Run run) {
        return train(List.of(run)).get(0);
    }

    private static boolean isSmall(Run run) {
        LinearProblem problem = run.problem();
        long sites = problem.targets().length() / problem.map().outputs();
        return run.steps() <= MOST_STEPS
                && sites * problem.map().fanIn() * problem.map().outputs() <= MOST_PRODUCTS;
    }

    private static Outcome natively(Run run) {
        return new Trainer(run.problem(), run.optimizer(), run.precision())
                .inBatchesOf(run.oneAtATime() ? 1 : run.problem().examples())
                .train(new Horizon.Steps(run.steps()), run.probes());
    }
}
