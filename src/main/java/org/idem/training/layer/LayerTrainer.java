package org.idem.training.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.Horizon;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.training.run.LossListener;
import org.idem.training.run.Outcome;
import org.idem.training.run.Standstill;
import org.jspecify.annotations.Nullable;

/**
 * Trains a one-layer network by gradient steps on native memory: forward pass, loss gradient, backward pass, optimiser
 * update.
 *
 * <p>All memory that steps need is allocated before the first one, memory for the probes after the last. Blocks of
 * units take some steps each while they are in cache.
 */
public final class LayerTrainer {
    /** Steps that a block of units takes before the next one is fetched from memory. */
    private static final int ROUND = 16;

    /** Steps before the gradient is first looked at, a power of two. */
    private static final int FIRST_LOOK = 64;

    /** Bytes that a core keeps close to itself: for the patches of a convolution, and for the weights of a block. */
    private static final int PATCH_BYTES = 1 << 20;

    private static final int BLOCK_BYTES = 1 << 18;

    /** Roundings of a gradient beside those of its two sums. */
    private static final int ROUNDINGS = 8;

    private final LinearProblem problem;
    private final Precision precision;
    private final LinearMap network;
    private final List<LinearProblem> groups = new ArrayList<>();
    private IntConsumer progress = step -> {};
    private @Nullable LossListener losses;

    /**
     * Prepares a run.
     *
     * @param problem data, initial parameters and loss; rounded to the precision here
     * @param precision arithmetic of every step
     * @param oneAtATime whether each step uses one example, in cyclic order, instead of all
     */
    public LayerTrainer(LinearProblem problem, Precision precision, boolean oneAtATime) {
        this.problem = problem.rounded(precision);
        this.precision = precision;
        network = problem.map();
        for (int group = 0; group < (oneAtATime ? problem.examples() : 1); group++) {
            groups.add(oneAtATime ? this.problem.onlyExample(group) : this.problem);
        }
    }

    /**
     * Calls back after every few steps.
     *
     * @param listener gets the number of steps done
     * @return this trainer
     */
    public LayerTrainer onProgress(IntConsumer listener) {
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
    public LayerTrainer onLoss(LossListener listener) {
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
    public Outcome train(LinearMethod optimizer, Horizon horizon, Array probes) {
        Course course = new Course(optimizer, horizon);
        while (course.goesOn()) {
            Optional<Outcome> diverged = course.advance();
            if (diverged.isPresent()) {
                return diverged.get();
            }
            if (course.limit) {
                course.look();
            } else if (losses == null) {
                course.skipStandstill();
            }
        }
        Outcome.Trained trained = state(course.blocks, course.step, course.loss, probes);
        int wrong = trained.outputs().firstNonFinite();
        if (wrong >= 0) {
            return new Outcome.Diverged(course.step, Double.NaN);
        }
        return course.settled ? trained : new Outcome.NotConverged(trained);
    }

    /** One training, as far as it has come. */
    private final class Course {
        private final LinearMethod optimizer;
        private final boolean limit;
        private final int last;
        private final List<UnitBlock> blocks;
        private final Standstill standstill = new Standstill(2L * (network.fanIn() + 1) * network.outputs());
        private int step;
        private double loss = Double.NaN;
        private double firstLoss;
        private double checkedNorm = Double.POSITIVE_INFINITY;
        private boolean settled;

        Course(LinearMethod optimizer, Horizon horizon) {
            this.optimizer = optimizer;
            limit = horizon instanceof Horizon.Limit;
            last = horizon instanceof Horizon.Steps steps ? steps.count() : Horizon.Limit.MOST_STEPS;
            blocks = blocks(optimizer, limit);
            settled = !limit;
        }

        boolean goesOn() {
            return step < last && !(limit && settled);
        }

        /** Takes some steps; the outcome if their losses show divergence. */
        Optional<Outcome> advance() {
            // towards the limit, gradients are looked at after powers of two
            int pause = limit && step > 0 ? Integer.highestOneBit(step) * 2 - step : last - step;
            int count = Math.min(step == 0 ? 1 : ROUND, Math.min(pause, last - step));
            double[] squares = new double[count];
            for (UnitBlock block : blocks) {
                block.advance(step, count, squares);
            }
            for (int i = 0; i < count; i++) {
                loss = groups.get((step + i) % groups.size()).lossScale() / 2 * squares[i];
                firstLoss = step + i < groups.size() ? Math.max(firstLoss, loss) : firstLoss;
                if (losses != null) {
                    losses.loss(step + i, loss);
                }
                if (Outcome.Diverged.isSeen(firstLoss, loss, precision)) {
                    return Optional.of(new Outcome.Diverged(step + i, loss));
                }
            }
            step += count;
            progress.accept(step);
            return Optional.empty();
        }

        /** Leaves out steps that would only repeat a cycle of states. */
        void skipStandstill() {
            int period = standstill.period(step, () -> state(blocks));
            // steps take turns with the examples
            if (period > 0 && period % groups.size() == 0) {
                step = last - (last - step) % period;
            }
        }

        /** Sees, after powers of two, whether nothing but rounding is left of the gradient. */
        void look() {
            if (Integer.bitCount(step) == 1 && step >= FIRST_LOOK) {
                double gradientNorm = norm(blocks, UnitBlock::gradientNorm);
                double positionNorm = norm(blocks, UnitBlock::positionNorm);
                settled = gradientNorm == 0
                        || (gradientNorm > checkedNorm / 2
                                && isRounding(gradientNorm, positionNorm, optimizer)
                                && gradientNorm <= gradientNoise(positionNorm, optimizer));
                checkedNorm = gradientNorm;
            }
        }
    }

    private static double[][] state(List<UnitBlock> blocks) {
        return blocks.stream().flatMap(block -> Stream.of(block.state())).toArray(double[][]::new);
    }

    private List<UnitBlock> blocks(LinearMethod optimizer, boolean limit) {
        int bytes = precision == Precision.FLOAT32 ? Float.BYTES : Double.BYTES;
        long sites = (long) groups.get(0).targets().length() / network.outputs();
        if (network instanceof Cnn && sites * network.fanIn() * bytes > PATCH_BYTES) {
            return List.of(new StripBlock(problem, groups, optimizer, precision));
        }
        Patches patches = new Patches(network, groups, precision);
        int most = Math.max(1, BLOCK_BYTES / bytes / patches.weights());
        // with many sites, small blocks only make products slower
        int units = sites == 1 ? most : network.outputs();
        List<UnitBlock> blocks = new ArrayList<>();
        for (int first = 0; first < network.outputs(); first += units) {
            int own = Math.min(units, network.outputs() - first);
            blocks.add(new PatchBlock(patches, problem, groups, first, own, optimizer, precision, limit));
        }
        return blocks;
    }

    private static double norm(List<UnitBlock> blocks, ToDoubleFunction<UnitBlock> ofBlock) {
        return blocks.stream().mapToDouble(ofBlock).reduce(0, Math::hypot);
    }

    /**
     * Whether steps are no larger than the rounding of the sums that a step consists of. If the gradient has not halved
     * while the number of steps doubled, training has arrived if this holds, and otherwise is slow in some direction.
     */
    private boolean isRounding(double gradientNorm, double positionNorm, LinearMethod optimizer) {
        double terms = (double) network.fanIn() + groups.get(0).targets().length();
        return optimizer.learningRate() * gradientNorm <= terms * precision.unitRoundoff() * positionNorm;
    }

    /**
     * Largest norm of a computed gradient whose exact value is 0. If the gradient is larger, training has not arrived,
     * even if the parameters no longer change: with a tiny learning rate, steps vanish in the rounding of the
     * parameters before the limit is reached.
     */
    private double gradientNoise(double positionNorm, LinearMethod optimizer) {
        LinearProblem group = groups.get(0);
        double sites = (double) problem.targets().length() / network.outputs();
        // every pixel lies in at most so many patches
        double taps = network instanceof Cnn cnn ? (double) cnn.kernel() * cnn.kernel() : 1;
        double design = Math.hypot(Math.sqrt(taps) * norm(problem.inputs()), network.bias() ? Math.sqrt(sites) : 0);
        double size = group.lossScale() * design * (design * positionNorm + norm(problem.targets()))
                + optimizer.weightDecay() * positionNorm;
        return (network.fanIn() + sites + ROUNDINGS) * precision.unitRoundoff() * size;
    }

    private static double norm(Array array) {
        double norm = 0;
        for (double value : array.values()) {
            norm = Math.hypot(norm, value);
        }
        return norm;
    }

    private Outcome.Trained state(List<UnitBlock> blocks, int steps, double loss, Array probes) {
        Array weights = Array.zeros(network.weightShape());
        Array bias = Array.zeros(network.outputs());
        blocks.forEach(block -> block.collect(weights, bias));
        Parameters parameters = new Parameters(network, precision);
        parameters.write(weights, network.bias() ? bias.values() : new double[0]);
        Batch batch = new Batch(network, probes.rounded(precision), precision);
        Array outputs = batch.fromPassOrder(batch.forward(parameters));
        return new Outcome.Trained(steps, loss, weights, network.bias() ? bias : null, outputs);
    }
}
