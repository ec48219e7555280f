package org.idem.training;

import java.util.ArrayList;
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
    private final Parameters parameters;
    private final Parameters gradient;
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
        parameters = new Parameters(network, precision);
        gradient = new Parameters(network, precision);
        Array bias = this.problem.initialBias();
        parameters.write(this.problem.weights(), bias == null ? new double[0] : bias.values());
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
        Update update = Update.of(optimizer, parameters.count(), precision);
        double loss = Double.NaN;
        double firstLoss = Double.NaN;
        double checkedNorm = Double.POSITIVE_INFINITY;
        int step = 0;
        boolean settled = !limit;
        while (step < last) {
            int group = step % batches.size();
            Batch batch = batches.get(group);
            Memory residual = batch.forward(parameters);
            residual.add(batch.residuals(), -1, targets.get(group));
            double norm = residual.norm(batch.residuals());
            loss = scales.get(group) / 2 * norm * norm;
            firstLoss = step == 0 ? loss : firstLoss;
            losses.loss(step, loss);
            if (!(loss <= Math.max(firstLoss, 1) / precision.unitRoundoff())) {
                return new Outcome.Diverged(step, loss);
            }
            batch.backward(scales.get(group), gradient);
            update.apply(parameters.all(), gradient.all(), step);
            step++;
            if (limit && Integer.bitCount(step) == 1 && step >= 64) {
                double gradientNorm = gradient.all().norm(parameters.count());
                if (gradientNorm == 0 || (gradientNorm > checkedNorm / 2 && isRounding(gradientNorm, optimizer))) {
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

    /**
     * Whether steps are no larger than the rounding of the sums that a step consists of. Only then is a gradient that
     * does not halve while the number of steps doubles a sign of arrival, and not of a slow direction.
     */
    private boolean isRounding(double gradientNorm, Optimizer optimizer) {
        double terms = (double) network.fanIn() + batches.get(0).residuals();
        return optimizer.learningRate() * gradientNorm
                <= terms * precision.unitRoundoff() * parameters.all().norm(parameters.count());
    }

    private Outcome.Trained state(int steps, double loss, Array probes) {
        Batch batch = new Batch(network, probes.rounded(precision), precision);
        Array outputs = batch.fromPassOrder(batch.forward(parameters));
        return new Outcome.Trained(
                steps, loss, parameters.weights(), network.bias() ? parameters.biases() : null, outputs);
    }
}
