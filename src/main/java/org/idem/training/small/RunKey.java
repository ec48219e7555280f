package org.idem.training.small;

import java.util.Arrays;
import java.util.List;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.training.layer.UnitShape;
import org.idem.training.run.Run;

/**
 * What runs must have in common for their units to advance together: the products of a unit and the form of a step.
 * Data, learning rates and numbers of steps may differ.
 *
 * @param unit the network with a single output
 * @param inputShape (n, d) or (n, C, H, W)
 * @param oneAtATime whether each step uses one example, in cyclic order, instead of all
 * @param precision arithmetic of every step
 * @param momentum whether the momentum is above 0
 * @param nesterov whether it has Nesterov's form
 * @param decay whether the weight decay is above 0
 */
public record RunKey(
        LinearMap unit,
        List<Integer> inputShape,
        boolean oneAtATime,
        Precision precision,
        boolean momentum,
        boolean nesterov,
        boolean decay) {
    /**
     * The key of a run.
     *
     * @param run any run
     * @return equal for runs whose units can advance together
     */
    public static RunKey of(Run run) {
        LinearMap network = run.problem().map();
        LinearMethod optimizer = run.optimizer();
        LinearMap unit = network instanceof Cnn cnn
                ? new Cnn(cnn.channels(), 1, cnn.kernel(), cnn.padding(), cnn.bias())
                : new Fcn(network.fanIn(), 1, network.bias());
        return new RunKey(
                unit,
                Arrays.stream(run.problem().inputs().shape()).boxed().toList(),
                run.oneAtATime(),
                run.precision(),
                optimizer.momentum() > 0,
                optimizer.nesterov(),
                optimizer.weightDecay() > 0);
    }

    UnitShape shape() {
        return new UnitShape(
                unit, inputShape.stream().mapToInt(Integer::intValue).toArray(), oneAtATime);
    }
}
