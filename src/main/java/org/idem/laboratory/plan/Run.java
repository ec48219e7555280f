package org.idem.laboratory.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Digest;
import org.idem.network.Initialization;
import org.idem.network.TrainingProblem;

/**
 * One network to train: a task, the seed of its initial weights, and when training ends.
 *
 * @param task what is learnt
 * @param seed of the initial weights
 * @param stop when training ends
 * @param key hash of everything that the result depends on
 */
public record Run(Task task, long seed, Stop stop, String key) {
    /** Version of what computes results. A store of another version is refused. */
    public static final String VERSION = "laboratory 6";

    /**
     * A run with its key. Settings without effect on the network do not count: equal networks have equal keys.
     *
     * @param task what is learnt
     * @param seed of the initial weights
     * @param stop when training ends
     */
    public Run(Task task, long seed, Stop stop) {
        this(task, seed, stop, key(beforeSeed(task, stop), seed));
    }

    /**
     * Runs of a task from seeds that follow each other.
     *
     * @param task what is learnt
     * @param firstSeed of the first run
     * @param seeds how many, at least 0
     * @param stop when training ends
     * @return in the order of their seeds
     */
    static List<Run> ofSeeds(Task task, long firstSeed, int seeds, Stop stop) {
        Digest common = beforeSeed(task, stop);
        List<Run> runs = new ArrayList<>(seeds);
        for (int i = 0; i < seeds; i++) {
            runs.add(new Run(task, firstSeed + i, stop, key(common.copy(), firstSeed + i)));
        }
        return runs;
    }

    private static String key(Digest common, long seed) {
        return common.add(String.valueOf(seed)).word();
    }

    private static Digest beforeSeed(Task task, Stop stop) {
        Point point = task.point();
        return new Digest()
                .add(VERSION)
                .add(task.network().toString())
                .add(initialization(point).toString())
                .add(Rules.optimizer(point).toString())
                .add(point.get(StudyAxes.LOSS).toString())
                .add(task.usesAllExamples() ? "all" : String.valueOf(task.batch()))
                .add(point.get(StudyAxes.PRECISION).toString())
                .add(point.get(StudyAxes.THREADS).toString())
                .add(task.digest())
                .add(String.valueOf(stop.until()))
                .add(String.valueOf(stop.mostSteps()));
    }

    /**
     * How the initial weights of a point are drawn.
     *
     * @param point any
     * @return the scheme
     */
    public static Initialization initialization(Point point) {
        return Initialization.of(point.get(StudyAxes.INIT)).withGain(point.get(StudyAxes.GAIN));
    }

    /**
     * Where training starts; the same arguments of {@code idem train} start there, too.
     *
     * @return data, initial weights and loss
     */
    public TrainingProblem problem() {
        Point point = task.point();
        return new TrainingProblem(
                task.network(),
                task.inputs(),
                task.targets(),
                initialization(point).draw(task.network(), new SplittableRandom(seed)),
                point.get(StudyAxes.LOSS));
    }

    /**
     * The run as one line, from which it can be trained again.
     *
     * @return kind of network, words on all axes, stop and seed; equal for equal networks of the same images
     */
    public String line() {
        return new RunLine(task.point().normal(), stop, seed).toString();
    }
}
