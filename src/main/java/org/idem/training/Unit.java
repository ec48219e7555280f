package org.idem.training;

import java.util.function.IntToDoubleFunction;
import org.idem.array.Array;
import org.idem.network.Network;
import org.idem.network.TrainingProblem;

/** One output of a one-layer network on its way through a run. */
final class Unit {
    /** Steps between two looks at the loss. */
    private static final int LOOK_EVERY = 16;

    private final Run run;
    private final int index;
    private final int sitesPerExample;
    private final double lossScale;
    private final double[] trained;
    private double firstLoss;
    private double lastLoss = Double.NaN;
    private int diverged = -1;

    Unit(Run run, int index) {
        this.run = run;
        this.index = index;
        TrainingProblem problem = run.problem();
        Network network = problem.network();
        sitesPerExample = problem.targets().length() / problem.examples() / network.outputs();
        int examples = run.oneAtATime() ? 1 : problem.examples();
        lossScale = problem.loss().scale((long) examples * sitesPerExample * network.outputs());
        trained = new double[network.fanIn() + (network.bias() ? 1 : 0)];
    }

    Run run() {
        return run;
    }

    double lossScale() {
        return lossScale;
    }

    double target(int site) {
        int example = site / sitesPerExample;
        int units = run.problem().network().outputs();
        return run.problem().targets().values()[(example * units + index) * sitesPerExample + site % sitesPerExample];
    }

    /** Initial weight, or after the last weight the bias. */
    double initial(int weight) {
        int fanIn = run.problem().network().fanIn();
        Array bias = run.problem().initialBias();
        return weight == fanIn && bias != null
                ? bias.values()[index]
                : run.problem().weights().values()[index * fanIn + weight];
    }

    boolean wantsLoss(int step) {
        return step % LOOK_EVERY == 0 || step == run.steps() - 1;
    }

    /** Hears the sum of squared residuals before a step. */
    void loss(int step, double sumOfSquares) {
        lastLoss = lossScale / 2 * sumOfSquares;
        firstLoss = step == 0 ? lastLoss : firstLoss;
        if (diverged < 0
                && !(lastLoss <= Math.max(firstLoss, 1) / run.precision().unitRoundoff())) {
            diverged = step;
        }
    }

    void finish(IntToDoubleFunction position) {
        for (int weight = 0; weight < trained.length; weight++) {
            trained[weight] = position.applyAsDouble(weight);
        }
    }

    /** Weights, then the bias if there is one. */
    double[] trained() {
        return trained;
    }

    double lastLoss() {
        return lastLoss;
    }

    /** First step at which the loss was seen to be beyond every bound, −1 if none. */
    int diverged() {
        return diverged;
    }
}
