package org.idem.training.layer;

import java.util.ArrayList;
import java.util.List;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.training.memory.Memory;
import org.idem.training.update.Update;

/**
 * All output channels of a convolution whose patches would not fit into cache; a {@link Batch} computes its products.
 */
public final class StripBlock implements UnitBlock {
    private final List<Batch> batches = new ArrayList<>();
    private final List<Memory> targets = new ArrayList<>();
    private final List<Double> scales = new ArrayList<>();
    private final Parameters parameters;
    private final Parameters gradient;
    private final Update update;

    /**
     * Prepares all channels.
     *
     * @param problem network and initial parameters
     * @param groups the problem's examples as steps use them in turn
     * @param optimizer the method
     * @param precision arithmetic of every step
     */
    public StripBlock(LinearProblem problem, List<LinearProblem> groups, LinearMethod optimizer, Precision precision) {
        for (LinearProblem group : groups) {
            Batch batch = new Batch(problem.map(), group.inputs(), precision);
            batches.add(batch);
            targets.add(Memory.of(batch.toPassOrder(group.targets()), precision));
            scales.add(group.lossScale());
        }
        parameters = new Parameters(problem.map(), precision);
        gradient = new Parameters(problem.map(), precision);
        update = Update.of(optimizer, parameters.count(), precision);
        Array bias = problem.initialBias();
        parameters.write(problem.weights(), bias == null ? new double[0] : bias.values());
    }

    @Override
    public void advance(int step, int count, double[] squares) {
        for (int i = 0; i < count; i++) {
            int group = (step + i) % batches.size();
            Batch batch = batches.get(group);
            Memory residual = batch.forward(parameters);
            residual.add(batch.residuals(), -1, targets.get(group));
            squares[i] += residual.squares(batch.residuals());
            batch.backward(scales.get(group), gradient);
            update.apply(parameters.all(), gradient.all(), step + i);
        }
    }

    @Override
    public double gradientNorm() {
        return gradient.all().norm(parameters.count());
    }

    @Override
    public double positionNorm() {
        return parameters.all().norm(parameters.count());
    }

    @Override
    public double[][] state() {
        return update.copies(parameters.all());
    }

    @Override
    public void collect(Array weights, Array bias) {
        System.arraycopy(parameters.weights().values(), 0, weights.values(), 0, weights.length());
        Array trained = parameters.biases();
        System.arraycopy(trained.values(), 0, bias.values(), 0, trained.length());
    }
}
