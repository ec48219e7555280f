package org.idem.training;

import java.util.List;
import java.util.function.IntConsumer;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Model;
import org.idem.network.Network;
import org.idem.network.Optimizer;
import org.idem.network.TrainingProblem;
import org.idem.training.deep.DeepFootprint;
import org.idem.training.deep.DeepTrainer;
import org.idem.training.deep.Evaluation;
import org.idem.training.layer.LayerTrainer;
import org.idem.training.memory.Threads;
import org.idem.training.run.Checkpoint;
import org.idem.training.run.Footprint;
import org.idem.training.run.LossListener;
import org.idem.training.run.Outcome;
import org.idem.training.run.ResumableTraining;
import org.idem.training.run.StepListener;
import org.jspecify.annotations.Nullable;

/**
 * Trains one network of any depth.
 *
 * <p>Set a trainer up, then call {@link #train} as often as you like; each call starts from the beginning or the
 * checkpoint. It picks the engine: one linear map under a linear method, with all examples or one in a step, is trained
 * a block of units at a time ({@link LayerTrainer}), unless somebody listens to its steps, resumes it or asks for plain
 * sums; every other network is trained stage by stage ({@link DeepTrainer}). Both agree up to rounding. The same
 * settings, threads included, give the same bits on the same kind of processor.
 */
public final class Trainer {
    private final TrainingProblem problem;
    private final Optimizer optimizer;
    private final Precision precision;
    private int batch;
    private int threads = 1;
    private boolean plainSums;
    private @Nullable IntConsumer progress;
    private @Nullable LossListener losses;
    private @Nullable StepListener steps;
    private int every = 1;
    private @Nullable Checkpoint checkpoint;

    /**
     * All examples in every step, on one thread.
     *
     * @param problem data, initial parameters and loss; rounded to the precision here
     * @param optimizer how gradients move parameters
     * @param precision arithmetic of every step
     */
    public Trainer(TrainingProblem problem, Optimizer optimizer, Precision precision) {
        this.problem = problem;
        this.optimizer = optimizer;
        this.precision = precision;
        batch = problem.examples();
    }

    /**
     * Trains one linear map.
     *
     * @param problem data, initial parameters and loss; rounded to the precision here
     * @param optimizer how gradients move parameters
     * @param precision arithmetic of every step
     */
    public Trainer(LinearProblem problem, Optimizer optimizer, Precision precision) {
        this(TrainingProblem.of(problem), optimizer, precision);
    }

    /**
     * Outputs of a network without any training, by sums of products in a fixed order.
     *
     * @param model network and parameters, rounded to the precision here
     * @param inputs (n, d) or (n, C, H, W), rounded to the precision here
     * @param precision arithmetic of every stage
     * @return (n, k) or (n, C_out, H', W')
     */
    public static Array outputs(Model model, Array inputs, Precision precision) {
        return Evaluation.outputs(model, inputs, precision);
    }

    /**
     * Outputs of every stage of a network without any training, with the bits that a training of it shows before its
     * first step.
     *
     * @param model network and parameters, rounded to the precision here
     * @param inputs (n, d) or (n, C, H, W), rounded to the precision here
     * @param precision arithmetic of every stage
     * @return first stage first
     */
    public static List<Array> signals(Model model, Array inputs, Precision precision) {
        return Evaluation.signals(model, inputs, precision);
    }

    /**
     * Takes examples in cyclic order, some in every step.
     *
     * @param examples in a step, at least 1; the last part of a cycle may be smaller, and a mean loss averages over the
     *     part
     * @return this trainer
     */
    public Trainer inBatchesOf(int examples) {
        if (examples < 1) {
            throw new IllegalArgumentException("batch size must be at least 1, got " + examples);
        }
        batch = Math.min(examples, problem.examples());
        return this;
    }

    /**
     * Shares large convolutions among threads. BLAS uses a single thread in the whole process from now on, so that the
     * bits of a network depend on this number and on no setting of the process.
     *
     * @param count of threads, at least 1
     * @return this trainer
     */
    public Trainer onThreads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + count);
        }
        Threads.keepBlasAlone();
        threads = count;
        return this;
    }

    /**
     * Computes every pass by sums of products and nothing else, as rounding budgets of deep networks assume
     * (proofs/rounding.md, section 1): no convolution uses transforms or a library of convolutions.
     *
     * @return this trainer
     */
    public Trainer withPlainSums() {
        plainSums = true;
        return this;
    }

    /**
     * Calls back after every few steps.
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
     * Calls back before steps, with a read-only view of the training.
     *
     * @param everySteps calls at step 0 and at multiples of this number, at least 1
     * @param listener may ask the view for everything
     * @return this trainer
     */
    public Trainer onStep(int everySteps, StepListener listener) {
        if (everySteps < 1) {
            throw new IllegalArgumentException("callbacks must be at least 1 step apart, got " + everySteps);
        }
        every = everySteps;
        steps = listener;
        return this;
    }

    /**
     * Goes on from a checkpoint of the same problem and optimiser, with the bits of an uninterrupted run.
     *
     * @param from what {@link ResumableTraining#checkpoint} made; steps are counted on
     * @return this trainer
     */
    public Trainer resume(Checkpoint from) {
        checkpoint = from;
        return this;
    }

    /**
     * Prepares a training that the caller advances step by step.
     *
     * @return a training before its first step, or where the checkpoint was made
     */
    public ResumableTraining start() {
        DeepTrainer training = plainSums
                ? DeepTrainer.ofPlainSums(problem, optimizer, precision, batch)
                : new DeepTrainer(problem, optimizer, precision, threads, batch);
        if (steps != null) {
            training.onStep(every, steps);
        }
        return checkpoint == null ? training : training.resume(checkpoint);
    }

    /**
     * Trains and evaluates.
     *
     * @param horizon number of steps in all, those before a checkpoint included, or the limit of one linear map
     * @param probes inputs on which the trained network is evaluated
     * @return how it ended
     */
    public Outcome train(Horizon horizon, Array probes) {
        boolean oneByOne = batch == 1 && problem.examples() > 1;
        return optimizer instanceof LinearMethod method
                        && problem.network().isLinearMap()
                        && (oneByOne || batch == problem.examples())
                        && steps == null
                        && checkpoint == null
                        && !plainSums
                ? layer(oneByOne).train(method, horizon, probes)
                : stages(horizon, probes);
    }

    /**
     * Counts the memory that a training which is advanced step by step needs at most, without making it.
     *
     * @param network to be trained
     * @param optimizer how gradients move parameters
     * @param batches (n, d) or (n, C, H, W) of the examples of a step, one for each number of them that occurs
     * @param probes shapes of inputs on which the network is looked at
     * @param precision arithmetic of every step
     * @param threads to share large convolutions among, at least 1
     * @return native memory in numbers of the precision, and bytes of Java's own
     */
    public static Footprint footprint(
            Network network,
            Optimizer optimizer,
            List<int[]> batches,
            List<int[]> probes,
            Precision precision,
            int threads) {
        return DeepFootprint.of(network, optimizer, batches, probes, precision, threads);
    }

    /**
     * Counts the memory that {@link #signals} needs, without making it.
     *
     * @param network any
     * @param inputs (n, d) or (n, C, H, W)
     * @param precision arithmetic of every stage
     * @return native memory in numbers of the precision, and bytes of Java's own
     */
    public static Footprint footprintOfSignals(Network network, int[] inputs, Precision precision) {
        return Evaluation.footprint(network, inputs, precision);
    }

    private LayerTrainer layer(boolean oneByOne) {
        LayerTrainer trainer = new LayerTrainer(LinearProblem.of(problem), precision, oneByOne);
        if (progress != null) {
            trainer.onProgress(progress);
        }
        if (losses != null) {
            trainer.onLoss(losses);
        }
        return trainer;
    }

    private Outcome stages(Horizon horizon, Array probes) {
        if (!(horizon instanceof Horizon.Steps count)) {
            throw new IllegalArgumentException(
                    "only one linear map under a linear method, with all examples or one in a"
                            + " step and nobody listening to steps, can be trained to its limit, got "
                            + problem.network()
                            + " under " + optimizer);
        }
        LossListener heard = losses == null ? (step, loss) -> {} : losses;
        IntConsumer seen = progress == null ? step -> {} : progress;
        try (ResumableTraining training = start()) {
            return training.complete(count.count(), precision, probes, heard, seen);
        }
    }
}
