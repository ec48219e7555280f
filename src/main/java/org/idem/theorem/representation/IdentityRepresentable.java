package org.idem.theorem.representation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.image.ImagePool;
import org.idem.network.Activation;
import org.idem.network.Cnn;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Model;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.Stage;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.space.Axis;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Axes;
import org.idem.theorem.Claim;
import org.idem.theorem.Engine;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.idem.theory.deep.IdentityNetworks;
import org.idem.training.Trainer;
import org.idem.training.witness.Witness;

/**
 * T0: networks of every depth represent the identity exactly.
 *
 * @param pool source of images
 */
public record IdentityRepresentable(ImagePool pool) implements Theorem<IdentityRepresentable.Stack> {
    /** Hidden units or channels beyond those that are needed. */
    private static final Axis.Whole SPARE = new Axis.Whole("spare");

    /**
     * A network with the inputs that it must return.
     *
     * @param model network and weights
     * @param inputs numbers of both signs, (n, d) or (n, C, H, W)
     * @param precision arithmetic of the forward pass
     * @param engine what computes it
     */
    public record Stack(Model model, Array inputs, Precision precision, Engine engine) {
        private Stack with(Model other) {
            return new Stack(other, inputs, precision, engine);
        }

        private Stack withWeights(int stage, UnaryOperator<Array> mistake) {
            Array weights = model.parameters().get(stage).weights();
            return with(model.with(stage, new StageParameters(mistake.apply(weights), null)));
        }

        private Stack withLastWeights(UnaryOperator<Array> mistake) {
            return withWeights(model.network().depth() - 1, mistake);
        }

        private Stack rectifiedThroughout() {
            Network network = model.network();
            List<Stage> stages = new ArrayList<>(network.stages());
            LinearMap last = stages.remove(stages.size() - 1).map();
            stages.add(new Stage(last, Activation.RELU, false));
            return with(new Model(new Network(stages), model.parameters()));
        }
    }

    @Override
    public String id() {
        return "T0";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "Linear and rectified networks of any depth represent the identity exactly, bit for bit, once their hidden layers are wide enough.",
                "f(x) = W_L\\,\\phi(W_{L-1}\\cdots\\phi(W_1 x)) = x \\quad\\text{for every } x,\\qquad W_l \\in \\{-1,0,1\\}^{d_l\\times d_{l-1}}",
                "hidden widths at least d, or C channels (linear); at least 2d, or 2C channels (ReLU); odd kernels; valid padding returns the central crop",
                "remark in Zhang et al., ICLR 2020, with constructions");
    }

    @Override
    public List<Dimension> space() {
        return List.of(
                Axes.CONVOLUTION.all(),
                Axes.DEPTH.logarithmic(1, 10),
                Axes.ACTIVATION.among(Activation.LINEAR, Activation.RELU),
                Axes.HEIGHT.logarithmic(1, 28),
                Axes.WIDTH.logarithmic(1, 28),
                Axes.CHANNELS.from(1, 3),
                Axes.KERNEL.odd(1, 15),
                Axes.PADDING.among(Padding.SAME, Padding.CIRCULAR, Padding.VALID),
                SPARE.from(0, 64),
                Axes.IMAGE.among(pool.kinds()),
                Axes.PRECISION.among(Precision.FLOAT64, Precision.FLOAT32),
                Axes.ENGINES_OF_DEPTH);
    }

    @Override
    public double cost(Configuration c) {
        boolean convolution = c.get(Axes.CONVOLUTION);
        double depth = c.get(Axes.DEPTH);
        double sites = convolution ? c.get(Axes.HEIGHT) * (double) c.get(Axes.WIDTH) : 1;
        double signals = c.get(Axes.CHANNELS) * (convolution ? 1.0 : c.get(Axes.HEIGHT) * (double) c.get(Axes.WIDTH));
        double units = (c.get(Axes.ACTIVATION) == Activation.RELU ? 2 : 1) * signals + c.get(SPARE);
        double taps = convolution ? c.get(Axes.KERNEL) * c.get(Axes.KERNEL) : 1;
        double weights = taps * units * (depth == 1 ? signals / units * signals : 2 * signals + (depth - 2) * units);
        return 4 * weights * (1 + sites) + (Engine.of(c) == Engine.ND4J ? 3e5 * depth : 1e4);
    }

    @Override
    public Stack scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        boolean convolution = c.get(Axes.CONVOLUTION);
        boolean rectified = c.get(Axes.ACTIVATION) == Activation.RELU && c.get(Axes.DEPTH) > 1;
        int channels = c.get(Axes.CHANNELS);
        int kernel = c.get(Axes.KERNEL);
        Padding padding = c.get(Axes.PADDING);
        int lost = convolution && padding == Padding.VALID ? c.get(Axes.DEPTH) * (kernel - 1) : 0;
        Array images = pool.draw(
                c.get(Axes.IMAGE), channels, c.get(Axes.HEIGHT) + lost, c.get(Axes.WIDTH) + lost, random.nextLong());
        Array inputs = Array.zeros(images.shape());
        for (int i = 0; i < inputs.length(); i++) {
            inputs.values()[i] = images.values()[i] - random.nextDouble();
        }
        int signals = convolution ? channels : inputs.length();
        List<Integer> hidden = new ArrayList<>();
        for (int layer = 1; layer < c.get(Axes.DEPTH); layer++) {
            hidden.add((rectified ? 2 * signals : signals) + random.nextInt(c.get(SPARE) + 1));
        }
        Precision precision = c.get(Axes.PRECISION);
        return convolution
                ? new Stack(
                        IdentityNetworks.cnn(channels, hidden, rectified, kernel, padding),
                        inputs.rounded(precision),
                        precision,
                        Engine.of(c))
                : new Stack(
                        IdentityNetworks.fcn(signals, hidden, rectified),
                        inputs.reshape(1, signals).rounded(precision),
                        precision,
                        Engine.of(c));
    }

    @Override
    public Observation observe(Stack stack) {
        return new Observation.Seen(
                stack.engine == Engine.ND4J
                        ? witnessed(stack)
                        : Trainer.outputs(stack.model, stack.inputs, stack.precision));
    }

    private static Array witnessed(Stack stack) {
        Network network = stack.model.network();
        Array targets = Array.zeros(network.outputShape(stack.inputs.shape()));
        TrainingProblem problem =
                new TrainingProblem(network, stack.inputs, targets, stack.model.parameters(), Loss.HALF_SUM);
        try (Witness witness = new Witness(problem, LinearMethod.gradientDescent(1), stack.precision, 1)) {
            return witness.outputs(stack.inputs);
        }
    }

    /** The inputs, or what valid padding leaves of them, with no error at all. */
    @Override
    public Claim claim(Stack stack) {
        Array expected = stack.inputs;
        Network network = stack.model.network();
        if (network.stages().get(0).map() instanceof Cnn cnn && cnn.padding() == Padding.VALID) {
            int reach = 1 + network.depth() * (cnn.kernel() - 1);
            Cnn whole = new Cnn(cnn.channels(), cnn.channels(), reach, Padding.VALID, false);
            expected = LinearProblem.identityTargets(whole, expected);
        }
        return new Claim.Equality(expected, Array.zeros(expected.shape()));
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(1e-15);
    }

    @Override
    public List<FalseVariant<Stack>> falseVariants() {
        return List.of(
                built("negative part not stored", stack -> stack.withWeights(0, IdentityRepresentable::positivePart)),
                built(
                        "positive and negative part added",
                        stack -> stack.withLastWeights(IdentityRepresentable::absolute)),
                built("last layer rectified too", Stack::rectifiedThroughout),
                built("tap or unit beside the right one", stack -> stack.withWeights(0, IdentityRepresentable::moved)),
                built(
                        "one unit or channel too few",
                        stack -> stack.withWeights(0, IdentityRepresentable::withoutFirst)),
                built(
                        "one weight off by one unit in the last place",
                        stack -> stack.withLastWeights(weights -> nudged(weights, stack.precision))));
    }

    private static FalseVariant<Stack> built(String name, UnaryOperator<Stack> mistake) {
        return new FalseVariant.WrongConstruction<>(name, mistake);
    }

    private static Array mapped(Array weights, DoubleUnaryOperator change) {
        Array changed = Array.zeros(weights.shape());
        for (int i = 0; i < changed.length(); i++) {
            changed.values()[i] = change.applyAsDouble(weights.values()[i]);
        }
        return changed;
    }

    private static Array positivePart(Array weights) {
        return mapped(weights, weight -> Math.max(0, weight));
    }

    private static Array absolute(Array weights) {
        return mapped(weights, Math::abs);
    }

    private static Array nudged(Array weights, Precision precision) {
        return mapped(weights, weight -> weight == 1 ? 1 + 2 * precision.unitRoundoff() : weight);
    }

    private static Array moved(Array weights) {
        Array changed = Array.zeros(weights.shape());
        for (int i = 0; i < changed.length(); i++) {
            changed.values()[(i + 1) % changed.length()] = weights.values()[i];
        }
        return changed;
    }

    /** The weights into the first unit or channel erased. */
    private static Array withoutFirst(Array weights) {
        Array changed = Array.of(weights.values().clone(), weights.shape());
        Arrays.fill(changed.values(), 0, changed.length() / changed.size(0), 0);
        return changed;
    }
}
