package org.idem.training.deep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.Supplier;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.network.Network;
import org.idem.network.Optimizer;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.training.convolution.Convolutions;
import org.idem.training.convolution.WeightOrder;
import org.idem.training.memory.Layout;
import org.idem.training.memory.Memory;
import org.idem.training.memory.MemoryScope;
import org.idem.training.memory.Numbers;
import org.idem.training.run.Checkpoint;
import org.idem.training.run.ReadOnlyView;
import org.idem.training.run.ResumableTraining;
import org.idem.training.run.StepListener;
import org.idem.training.update.Update;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network of any depth by gradient steps on native memory: forward pass, gradient of the squared loss,
 * backward pass, update.
 *
 * <p>All memory that steps need is allocated before the first one; memory for probes is allocated when their outputs
 * are first asked for, and again for probes of another shape. Closing frees it all; a training that was closed can do
 * nothing more. The same problem, rule, precision and number of threads give the same bits on the same kind of
 * processor.
 */
public final class DeepTrainer implements ResumableTraining {
    private final Network network;
    private final Optimizer rule;
    private final Precision precision;
    private final Convolutions convolutions;
    private final List<WeightOrder> orders;
    private final List<Batch> batches = new ArrayList<>();
    private final DeepParameters parameters;
    private final DeepParameters gradient;
    private final List<Update> updates = new ArrayList<>();
    private final MemoryScope memory = new MemoryScope();
    private final MemoryScope memoryOfProbes = new MemoryScope();
    private boolean closed;
    private int step;
    private int every = 1;

    /** Whether somebody is being told of a step, and whether they made a pass that the step must repeat. */
    private boolean telling;

    private boolean passed;
    private @Nullable StepListener listener;
    private @Nullable DeepPass probing;
    private int[] probedShape = {};

    /** Consecutive examples that one step uses. */
    private record Batch(DeepPass pass, Array inputs, Memory targets, double scale) {}

    /**
     * Prepares a run on all examples in every step.
     *
     * @param problem data, initial parameters and loss; rounded to the precision here
     * @param rule how gradients move parameters
     * @param precision arithmetic of every step
     * @param threads to share large convolutions among, at least 1
     */
    public DeepTrainer(TrainingProblem problem, Optimizer rule, Precision precision, int threads) {
        this(problem, rule, precision, threads, problem.examples());
    }

    /**
     * Prepares a run on parts of the examples, taken in cyclic order.
     *
     * @param problem data, initial parameters and loss; rounded to the precision here
     * @param rule how gradients move parameters
     * @param precision arithmetic of every step
     * @param threads to share large convolutions among, at least 1
     * @param batchSize examples in a step, at least 1; the last part of a cycle may be smaller, and a mean loss
     *     averages over the part
     */
    public DeepTrainer(TrainingProblem problem, Optimizer rule, Precision precision, int threads, int batchSize) {
        this(problem, rule, precision, () -> Convolutions.fastest(precision, threads), batchSize);
    }

    private DeepTrainer(
            TrainingProblem problem, Optimizer rule, Precision precision, Supplier<Convolutions> ways, int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batch size must be at least 1, got " + batchSize);
        }
        this.rule = rule;
        this.precision = precision;
        network = problem.network();
        MemoryScope before = memory.enter();
        try {
            convolutions = ways.get();
            int first = Math.min(batchSize, problem.examples());
            orders = DeepPass.orders(network, problem.inputs().slices(0, first).shape(), convolutions);
            for (int from = 0; from < problem.examples(); from += batchSize) {
                addBatch(problem, from, Math.min(problem.examples(), from + batchSize));
            }
            parameters = new DeepParameters(network, precision, orders);
            parameters.write(problem.initial());
            gradient = DeepParameters.ofOneStageAtATime(network, precision, orders);
            for (int stage = 0; stage < network.depth(); stage++) {
                updates.add(Update.of(rule, parameters.count(stage), precision));
            }
        } finally {
            before.enter();
        }
    }

    /**
     * Prepares a run whose forward and backward passes are sums of products and nothing else, as rounding budgets
     * assume (proofs/rounding.md, section 1): no convolution uses transforms or a library of convolutions. On one
     * thread.
     *
     * @param problem data, initial parameters and loss; rounded to the precision here
     * @param rule how gradients move parameters
     * @param precision arithmetic of every step
     * @param batchSize examples in a step, at least 1; the last part of a cycle may be smaller, and a mean loss
     *     averages over the part
     * @return a trainer before its first step
     */
    public static DeepTrainer ofPlainSums(TrainingProblem problem, Optimizer rule, Precision precision, int batchSize) {
        return new DeepTrainer(problem, rule, precision, () -> Convolutions.ofPlainSums(precision), batchSize);
    }

    private void addBatch(TrainingProblem problem, int from, int to) {
        Array inputs = problem.inputs().slices(from, to);
        Array targets = problem.targets().slices(from, to);
        // all parts but the last have one size and share their memory
        boolean shares = !batches.isEmpty() && batches.get(0).inputs().size(0) == to - from;
        DeepPass pass = shares
                ? batches.get(0).pass()
                : new DeepPass(network, inputs.shape(), precision, true, convolutions, orders);
        batches.add(new Batch(
                pass,
                inputs,
                Memory.of(Layout.channelsLast(targets), precision),
                problem.loss().scale(targets.length())));
        if (!shares) {
            pass.read(inputs);
        }
    }

    /**
     * Calls back before steps.
     *
     * @param everySteps calls at step 0 and at multiples of this number, at least 1
     * @param called called before these steps; may ask for everything but a step
     * @return this trainer
     */
    public DeepTrainer onStep(int everySteps, StepListener called) {
        if (everySteps < 1) {
            throw new IllegalArgumentException("callbacks must be at least 1 step apart, got " + everySteps);
        }
        every = everySteps;
        listener = called;
        return this;
    }

    @Override
    public double stepUnless(DoublePredicate enough) {
        requireNotTelling();
        Batch batch = batches.get(step % batches.size());
        double loss = forward(batch);
        if (isEnough(enough, loss)) {
            return loss;
        }
        if (passed) {
            forward(batch);
        }
        if (batch.pass.isSingleDenseExample()) {
            batch.pass.move(parameters, denseStep());
        } else {
            batch.pass.backward(parameters, gradient, this::move);
        }
        step++;
        return loss;
    }

    /** Moves the parameters of a stage while their gradient is still in the processor's own memory. */
    private void move(int stage) {
        updates.get(stage)
                .apply(parameters.stages().get(stage), gradient.stages().get(stage), step);
    }

    private DenseStep denseStep() {
        return rule instanceof LinearMethod plain && plain.momentum() == 0 && plain.weightDecay() == 0
                ? new DenseStep.Descent(plain.learningRate())
                : new DenseStep.ByRule(updates, step, gradient.stages());
    }

    /** Asks whether to stop and, if not, tells the listener. Both may look at the training, and nothing else. */
    private boolean isEnough(DoublePredicate enough, double loss) {
        passed = false;
        telling = true;
        try {
            if (enough.test(loss)) {
                return true;
            }
            if (listener != null && step % every == 0) {
                listener.step(step, loss, new ReadOnlyView(this));
            }
            return false;
        } finally {
            telling = false;
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("a training that was closed has no memory any more");
        }
    }

    private void requireNotTelling() {
        requireOpen();
        if (telling) {
            throw new IllegalStateException("a listener must not change the training that it hears of");
        }
    }

    @Override
    public int cycle() {
        return batches.size();
    }

    /** Forward pass; leaves the loss gradient where the backward pass looks for it. */
    private double forward(Batch batch) {
        DeepPass pass = batch.pass;
        if (batches.size() > 1) {
            pass.read(batch.inputs);
        }
        Memory outputs = pass.forward(parameters);
        Memory residual = pass.outputGradient();
        int length = pass.outputLength();
        residual.copy(length, outputs);
        residual.add(length, -1, batch.targets);
        double norm = residual.norm(length);
        if (batch.scale != 1) {
            residual.scale(length, batch.scale);
        }
        return batch.scale / 2 * norm * norm;
    }

    @Override
    public int steps() {
        return step;
    }

    @Override
    public double loss() {
        requireOpen();
        passed = true;
        return forward(batches.get(step % batches.size()));
    }

    @Override
    public List<StageParameters> gradient() {
        requireOpen();
        Batch batch = batches.get(step % batches.size());
        passed = true;
        forward(batch);
        return MemoryScope.within(() -> {
            DeepParameters whole = new DeepParameters(network, precision, orders);
            batch.pass.backward(parameters, whole, stage -> {});
            return whole.read();
        });
    }

    @Override
    public List<StageParameters> parameters() {
        requireOpen();
        return parameters.read();
    }

    @Override
    public StageParameters parameters(int stage) {
        requireOpen();
        return parameters.read(stage);
    }

    @Override
    public List<Array> signals(Array probes) {
        return pass(probes).signals(parameters);
    }

    @Override
    public Array outputs(Array probes) {
        DeepPass pass = pass(probes);
        pass.forward(parameters);
        return pass.copiedOutputs();
    }

    private DeepPass pass(Array probes) {
        requireOpen();
        if (probing == null || !Arrays.equals(probedShape, probes.shape())) {
            probing = null;
            memoryOfProbes.close();
            probedShape = probes.shape();
            probing = memoryOfProbes.holding(
                    () -> new DeepPass(network, probes.shape(), precision, false, convolutions, orders));
        }
        probing.read(probes);
        return probing;
    }

    @Override
    public Checkpoint checkpoint() {
        requireOpen();
        List<Array> vectors = state().stream()
                .map(ofStages -> Array.of(parameters.vector(ofStages), 1, parameters.count()))
                .toList();
        return new Checkpoint(step, precision, Array.concatenate(vectors));
    }

    /** Parameters, then each vector of the rule's state, live; numbers for each stage. */
    private List<List<? extends Numbers>> state() {
        List<List<? extends Numbers>> state = new ArrayList<>();
        state.add(parameters.stages());
        for (int i = 0; i < updates.get(0).state().size(); i++) {
            int vector = i;
            state.add(updates.stream().map(update -> update.state().get(vector)).toList());
        }
        return state;
    }

    /**
     * Goes on from a checkpoint of the same problem and rule, with the bits of an uninterrupted run.
     *
     * @param checkpoint of a trainer like this one
     * @return this trainer
     * @throws IllegalArgumentException if the checkpoint is of another precision, size or kind of rule
     * @throws IllegalStateException if a listener calls this
     */
    public DeepTrainer resume(Checkpoint checkpoint) {
        requireNotTelling();
        List<List<? extends Numbers>> state = state();
        int[] expected = {state.size(), parameters.count()};
        if (checkpoint.precision() != precision
                || !Arrays.equals(checkpoint.state().shape(), expected)) {
            throw new IllegalArgumentException(
                    "a checkpoint must be of the same network, rule and precision, here " + precision + " of shape "
                            + Arrays.toString(expected) + ", got " + checkpoint.precision() + " of shape "
                            + Arrays.toString(checkpoint.state().shape()));
        }
        for (int i = 0; i < state.size(); i++) {
            parameters.write(checkpoint.state().slice(i).values(), state.get(i));
        }
        step = checkpoint.step();
        return this;
    }

    @Override
    public void close() {
        if (!closed) {
            requireNotTelling();
        }
        closed = true;
        probing = null;
        memoryOfProbes.close();
        memory.close();
    }
}
