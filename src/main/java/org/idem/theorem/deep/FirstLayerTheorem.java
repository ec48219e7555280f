package org.idem.theorem.deep;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.idem.array.Array;
import org.idem.image.ImagePool;
import org.idem.network.Adagrad;
import org.idem.network.Adam;
import org.idem.network.Cnn;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.Network;
import org.idem.network.Optimizer;
import org.idem.network.Padding;
import org.idem.network.RmsProp;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Axes;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.idem.theory.deep.DeepForward;
import org.idem.theory.deep.OffSpan;
import org.idem.theory.deep.OffSpanBudget;

/**
 * T3.first-layer: training changes the first layer only within the span of its inputs, or of their patches.
 *
 * @param runs how they are drawn
 */
record FirstLayerTheorem(RunSpace runs) implements Theorem<DeepRun> {
    private static final int HIDDEN_KERNEL = 3;

    FirstLayerTheorem(ImagePool pool) {
        this(new RunSpace(pool));
    }

    @Override
    public String id() {
        return "T3.first-layer";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "However deep the network and whatever its activations, training leaves the first layer as it was on everything orthogonal to the training inputs, for a CNN to their patches; weight decay shrinks it by a known factor.",
                "W_1(t)\\,\\Pi_\\perp = r_t(\\omega)\\,W_1(0)\\,\\Pi_\\perp, \\qquad r_t(0) = 1, \\qquad X^\\top \\Pi_\\perp = 0",
                "every step is linear in the gradients so far, with coefficients that do not depend on them; the inputs do not span everything",
                "goes beyond Zhang et al., ICLR 2020");
    }

    @Override
    public List<Dimension> space() {
        return List.of(
                Axes.CONVOLUTION.all(),
                RunSpace.DEPTH,
                RunSpace.UNITS,
                RunSpace.ACTIVATION,
                RunSpace.SHORTCUT,
                RunSpace.BIAS,
                RunSpace.HEIGHT,
                RunSpace.WIDTH,
                RunSpace.CHANNELS,
                Axes.KERNEL.odd(3, 15),
                RunSpace.PADDING,
                runs.image(),
                Axes.EXAMPLES.logarithmic(1, 20),
                RunSpace.BATCH,
                RunSpace.METHOD,
                RunSpace.MOMENTUM,
                RunSpace.DECAY,
                Axes.STEPS.logarithmic(1, 1000),
                RunSpace.RATE,
                RunSpace.LOSS,
                RunSpace.INITIALIZER,
                RunSpace.PRECISION,
                Axes.ENGINES_OF_DEPTH);
    }

    @Override
    public double cost(Configuration c) {
        return c.get(Axes.CONVOLUTION)
                ? RunCost.ofCnn(c, c.get(Axes.KERNEL) - 1, HIDDEN_KERNEL).operations()
                : RunCost.ofFcn(c).operations();
    }

    @Override
    public DeepRun scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        boolean convolution = c.get(Axes.CONVOLUTION);
        int channels = c.get(Axes.CHANNELS);
        int outputs = 1 + random.nextInt(3);
        List<LinearMap> maps = new ArrayList<>(convolution ? RunSpace.cnn(c, channels, outputs) : List.of());
        // only the first layer's patches matter; the others keep the size of their images
        for (int i = 1; i < maps.size(); i++) {
            Cnn cnn = (Cnn) maps.get(i);
            maps.set(i, new Cnn(cnn.channels(), cnn.outputs(), HIDDEN_KERNEL, Padding.SAME, cnn.bias()));
        }
        int[] sides = convolution
                ? RunSpace.sides(c, c.get(Axes.KERNEL) - 1)
                : new int[] {c.get(Axes.HEIGHT), c.get(Axes.WIDTH)};
        Array images = runs.images(c, c.get(Axes.EXAMPLES), channels, sides[0], sides[1], random);
        int unrolled = images.length() / images.size(0);
        if (!convolution) {
            maps.addAll(RunSpace.fcn(c, unrolled, outputs));
        }
        Array inputs = convolution ? images : images.reshape(images.size(0), unrolled);
        DeepRun run = RunSpace.run(c, RunSpace.problem(c, RunSpace.network(c, maps), inputs, random));
        return run.provided(!span(run).isNothing(), "the inputs span everything");
    }

    @Override
    public List<String> describe(DeepRun run) {
        return run.describe();
    }

    @Override
    public Observation observe(DeepRun run) {
        return run.observed(false);
    }

    private static OffSpan span(DeepRun run) {
        return OffSpan.of(run.network().stages().get(0).map(), run.problem().inputs());
    }

    @Override
    public Claim claim(DeepRun run) {
        return claim(run, 0, span(run), run.optimizer(), run.steps());
    }

    /** Claims that training keeps a layer's part outside of a span, but for weight decay. */
    private static Claim claim(DeepRun run, int stage, OffSpan span, LinearMethod believed, int steps) {
        StageParameters initial = run.problem().initial().get(stage);
        return new Claim.Given<>(
                Recording.class,
                met -> {
                    Array budget = OffSpanBudget.of(
                            run.problem(),
                            stage,
                            span,
                            run.optimizer(),
                            run.batch(),
                            met.parameters(),
                            met.losses(),
                            run.precision());
                    return new Claim.Equality(span.remaining(initial, believed, steps), budget);
                },
                met -> span.of(met.parameters().get(run.steps()).get(stage)));
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(1e-14);
    }

    @Override
    public List<FalseVariant<DeepRun>> falseVariants() {
        return List.of(
                trained("Adam for gradient descent", run -> Adam.of(run.learningRate())),
                trained("RMSProp for gradient descent", run -> new RmsProp(run.learningRate(), 0.99, 1e-8)),
                trained("Adagrad for gradient descent", run -> new Adagrad(run.learningRate(), 1e-8)),
                wrong("last example left out of the span", FirstLayerTheorem::withoutLastExample),
                wrong(
                        "span of the inputs for its complement",
                        run -> claimOf(run, span(run).exchanged())),
                wrong("second layer for the first", FirstLayerTheorem::ofSecondLayer),
                wrong("a 0 for the 1 that the bias appends to inputs", FirstLayerTheorem::withoutConstant),
                wrong("patches of another padding", FirstLayerTheorem::otherPadding),
                wrong("weight decay forgotten", run -> decaying(run, o -> method(o, o.momentum(), 0), 0)),
                wrong("weight decay of one step more", run -> decaying(run, o -> o, 1)),
                wrong("weight decay without its momentum", run -> decaying(run, o -> method(o, 0, o.weightDecay()), 0)),
                wrong("initial weights off by one part in 10⁹", FirstLayerTheorem::scaled));
    }

    private static FalseVariant<DeepRun> wrong(String name, Function<DeepRun, Claim> claim) {
        return new FalseVariant.WrongClaim<>(name, claim);
    }

    private static FalseVariant<DeepRun> trained(String name, Function<LinearMethod, Optimizer> rule) {
        return new FalseVariant.WrongConstruction<>(name, run -> run.with(rule.apply(run.optimizer())));
    }

    private static Claim claimOf(DeepRun run, OffSpan span) {
        return claim(run, 0, span, run.optimizer(), run.steps());
    }

    private static LinearMethod method(LinearMethod o, double momentum, double decay) {
        return new LinearMethod(o.learningRate(), momentum, o.nesterov() && momentum > 0, decay);
    }

    private static Claim decaying(DeepRun run, UnaryOperator<LinearMethod> believed, int more) {
        return claim(run, 0, span(run), believed.apply(run.optimizer()), run.steps() + more);
    }

    private static Claim withoutLastExample(DeepRun run) {
        int examples = run.problem().examples();
        Array fewer = run.problem().inputs().slices(0, Math.max(1, examples - 1));
        return claimOf(run, OffSpan.of(run.network().stages().get(0).map(), fewer));
    }

    /** Off what the first layer's outputs spanned before training. */
    private static Claim ofSecondLayer(DeepRun run) {
        if (run.network().depth() == 1) {
            return claimOf(run, span(run));
        }
        TrainingProblem problem = run.problem();
        Array hidden = DeepForward.of(
                        new Network(run.network().stages().subList(0, 1)),
                        problem.initial().subList(0, 1),
                        problem.inputs(),
                        run.precision())
                .values();
        OffSpan span = OffSpan.of(run.network().stages().get(1).map(), hidden);
        return span.isNothing() ? claimOf(run, span(run)) : claim(run, 1, span, run.optimizer(), run.steps());
    }

    private static Claim withoutConstant(DeepRun run) {
        return claimOf(
                run,
                OffSpan.withoutConstant(
                        run.network().stages().get(0).map(), run.problem().inputs()));
    }

    private static Claim otherPadding(DeepRun run) {
        if (!(run.network().stages().get(0).map() instanceof Cnn cnn)) {
            return claimOf(run, span(run));
        }
        Padding other = cnn.padding() == Padding.SAME ? Padding.CIRCULAR : Padding.SAME;
        Cnn confused = new Cnn(cnn.channels(), cnn.outputs(), cnn.kernel(), other, cnn.bias());
        return claimOf(run, OffSpan.of(confused, run.problem().inputs()));
    }

    private static Claim scaled(DeepRun run) {
        return claimOf(run, span(run)).off(0x1p-30);
    }
}
