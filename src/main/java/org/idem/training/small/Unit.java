package org.idem.training.small;

import java.util.function.IntToDoubleFunction;
import org.idem.array.Array;
import org.idem.network.LinearMap;
import org.idem.network.LinearProblem;
import org.idem.training.run.LossPath;
import org.idem.training.run.Run;

/** One output unit (or output channel) of a one-layer network during a run. */
final class Unit {
    private final Run run;
    private final int index;
    private final int sitesPerExample;
    private final double lossScale;
    private final double[] trained;
    private final LossPath losses;

    /**
     * An untrained unit.
     *
     * @param run training of its network
     * @param index of the unit in its network, from 0
     * @param losses of the network, to which the unit adds its own
     */
    Unit(Run run, int index, LossPath losses) {
        this.run = run;
        this.index = index;
        this.losses = losses;
        LinearProblem problem = run.problem();
        LinearMap network = problem.map();
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
        int units = run.problem().map().outputs();
        return run.problem().targets().values()[(example * units + index) * sitesPerExample + site % sitesPerExample];
    }

    /** Initial weight, or after the last weight the bias. */
    double initial(int weight) {
        int fanIn = run.problem().map().fanIn();
        Array bias = run.problem().initialBias();
        return weight == fanIn && bias != null
                ? bias.values()[index]
                : run.problem().weights().values()[index * fanIn + weight];
    }

    /** Takes the unit's sum of squared residuals before a step. */
    void loss(int step, double sumOfSquares) {
        losses.add(step, lossScale / 2 * sumOfSquares);
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
}
