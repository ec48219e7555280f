package org.idem.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Horizon;
import org.idem.network.Network;
import org.idem.network.Optimizer;
import org.idem.network.TrainingProblem;

/**
 * Trains a one-layer network by gradient steps: forward pass, loss gradient, backward pass, optimiser update.
 *
 * <p>All memory is allocated before the first step.
 */
public final class Trainer {
    /** Steps after which a run towards the limit gives up. */
    public static final int STEP_LIMIT = 1 << 20;

    private final TrainingProblem problem;
    private final Precision precision;
    private final Network network;
    private final List<Batch> batches = new ArrayList<>();
    private final List<Memory> targets = new ArrayList<>();
    private final List<Double> scales = new ArrayList<>();
    private final int weightCount;
    private final int parameterCount;
    private final Memory parameters;
    private final Memory gradient;
    private final Memory velocity;
    private IntConsumer progress = step -> {};
    private LossListener losses = (step, loss) -> {};

    /**
     * Prepares a run.
     *
     * @param problem data, initial parameters and loss; rounded to the precision here
     * @param precision arithmetic of every step
     * @param oneAtATime whether each step uses one example, in cyclic order, instead of all
     */
    public Trainer(TrainingProblem problem, Precision precision, boolean oneAtATime) {
        this.problem = problem.rounded(precision);
        this.precision = precision;
        network = problem.network();
        int groups = oneAtATime ? problem.examples() : 1;
        for (int group = 0; group < groups; group++) {
            TrainingProblem part = oneAtATime ? this.problem.onlyExample(group) : this.problem;
            Batch batch = new Batch(network, part.inputs(), precision);
            batches.add(batch);
            targets.add(Memory.of(batch.toPassOrder(part.targets()), precision));
            scales.add(part.lossScale());
        }
        weightCount = problem.weights().length();
        parameterCount = weightCount + (network.bias() ? network.outputs() : 0);
        double[] initial = Arrays.copyOf(Batch.weightsToPassOrder(network, this.problem.weights()), parameterCount);
        Array bias = this.problem.initialBias();
        if (bias != null) {
            System.arraycopy(bias.values(), 0, initial, weightCount, bias.length());
        }
        parameters = Memory.of(initial, precision);
        gradient = Memory.allocate(parameterCount, precision);
        velocity = Memory.allocate(parameterCount, precision);
    }

    /**
     * Calls back now and then during long runs.
     *
     * @param listener gets the number of steps done
     * @return this trainer
     */
    public Trainer onProgress(IntConsumer listener) {
        progress = listener;
        return this;
    }

    /**
     * Calls back at every step with the loss that the step computes anyway. The loss after the last step is not among
     * them.
     *
     * @param listener gets losses in order
     * @return this trainer
     */
    public Trainer onLoss(LossListener listener) {
        losses = listener;
        return this;
    }

    /**
     * Trains and evaluates.
     *
     * @param optimizer the method
     * @param horizon number of steps, or the limit
     * @param probes inputs on which the trained network is evaluated
     * @return how it ended
     */
    public Outcome train(Optimizer optimizer, Horizon horizon, Array probes) {
        int last = horizon instanceof Horizon.Steps steps ? steps.count() : STEP_LIMIT;
        boolean limit = horizon instanceof Horizon.Limit;
        Memory bias = parameters.from(weightCount);
        Memory biasGradient = gradient.from(weightCount);
        double loss = Double.NaN;
        double firstLoss = Double.NaN;
        double checkedNorm = Double.POSITIVE_INFINITY;
        int step = 0;
        boolean settled = !limit;
        while (step < last) {
            int group = step % batches.size();
            Batch batch = batches.get(group);
            Memory residual = batch.forward(parameters, bias);
            residual.add(batch.residuals(), -1, targets.get(group));
            double norm = residual.norm(batch.residuals());
            loss = scales.get(group) / 2 * norm * norm;
            firstLoss = step == 0 ? loss : firstLoss;
            losses.loss(step, loss);
            if (!(loss <= Math.max(firstLoss, 1) / precision.unitRoundoff())) {
                return new Outcome.Diverged(step, loss);
            }
            batch.backward(residual, scales.get(group), gradient, biasGradient);
            update(optimizer);
            step++;
            if (limit && Integer.bitCount(step) == 1 && step >= 64) {
                // a gradient that no longer halves while the number of steps doubles has reached its rounding floor
                double gradientNorm = gradient.norm(parameterCount);
                if (gradientNorm == 0
                        || (gradientNorm > checkedNorm / 2
                                && optimizer.learningRate() * gradientNorm
                                        <= Math.sqrt(precision.unitRoundoff()) * parameters.norm(parameterCount))) {
                    settled = true;
                    break;
                }
                checkedNorm = gradientNorm;
            }
            if ((step & 0x3ff) == 0) {
                progress.accept(step);
            }
        }
        Outcome.Trained trained = state(step, loss, probes);
        int wrong = trained.outputs().firstNonFinite();
        if (wrong >= 0) {
            return new Outcome.Diverged(step, Double.NaN);
        }
        return settled ? trained : new Outcome.NotConverged(trained);
    }

    private void update(Optimizer optimizer) {
        if (optimizer.weightDecay() > 0) {
            gradient.add(parameterCount, optimizer.weightDecay(), parameters);
        }
        if (optimizer.momentum() == 0) {
            parameters.add(parameterCount, -optimizer.learningRate(), gradient);
            return;
        }
        velocity.scale(parameterCount, optimizer.momentum());
        velocity.add(parameterCount, 1, gradient);
        if (optimizer.nesterov()) {
            parameters.add(parameterCount, -optimizer.learningRate(), gradient);
            parameters.add(parameterCount, -optimizer.learningRate() * optimizer.momentum(), velocity);
        } else {
            parameters.add(parameterCount, -optimizer.learningRate(), velocity);
        }
    }

    private Outcome.Trained state(int steps, double loss, Array probes) {
        double[] stored = new double[parameterCount];
        parameters.read(stored);
        Array weights = Batch.weightsFromPassOrder(network, stored);
        Array bias = null;
        if (network.bias()) {
            double[] values = new double[network.outputs()];
            System.arraycopy(stored, weightCount, values, 0, values.length);
            bias = Array.of(values, values.length);
        }
        Batch batch = new Batch(network, probes, precision);
        Array outputs = batch.fromPassOrder(batch.forward(parameters, parameters.from(weightCount)));
        return new Outcome.Trained(steps, loss, weights, bias, outputs);
    }
}
