package org.idem.theorem.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.image.ImagePool;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.Fcn;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.space.Axis;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Axes;
import org.idem.theorem.Claim;
import org.idem.theorem.Engine;
import org.idem.theorem.Evidence;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.idem.theory.BoundedOutputs;
import org.idem.theory.ClosedForm;
import org.idem.theory.kernel.InfiniteNetwork;
import org.idem.theory.kernel.window.SoftWindow;
import org.idem.training.run.Outcome;

/**
 * T7.linear-cnn: an infinitely wide, deep linear CNN is one layer with a soft window, in the mean over its initial
 * weights. The kernel of the deep network predicts what the one layer, really trained, makes of another image.
 *
 * @param pool source of images
 */
record LinearCnnTheorem(ImagePool pool) implements Theorem<WindowRun> {
    private static final Axis.Real WEIGHT_VARIANCE = new Axis.Real("weight-variance");
    private static final Axis.Words<Boolean> IDENTITY = Axis.Words.flag("target", "random", "identity");
    /** Numbers of patches that one trial may have. */
    private static final double MOST_NUMBERS = 1 << 18;

    private static final int MOST_SIDE = 12;

    @Override
    public String id() {
        return "T7.linear-cnn";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "In the mean over its initial weights, an infinitely wide linear CNN of depth L makes of any image what one layer makes of it that sees it through a soft window: offset δ counts as often as L steps of one kernel each end there. So depth widens the window, and the rank of patches of side L(K − 1) + 1 decides what is learnt.",
                "\\mathbb{E} f_t = \\text{one layer on } \\sqrt{B_L(\\delta)}\\,x[p+\\delta],\\ W(0)=0,\\ \\text{rate } \\kappa\\eta, \\qquad \\Theta_{pq} = \\kappa\\sum_\\delta B_L(\\delta)\\langle x[p+\\delta], x'[q+\\delta]\\rangle,\\quad \\kappa = L\\sigma_w^{2L}/C",
                "circular padding, no biases, tangent-kernel parametrisation with weights of variance σ_w²; one training image x of C channels, any image x′ with the pixels p and q; B_L(δ) is the share of all L steps of one kernel each that end at the offset δ; gradient descent, heavy ball or Nesterov with learning rate η, without decay",
                "goes beyond Zhang et al., ICLR 2020; kernels of infinite width: Jacot, Gabriel and Hongler, NeurIPS 2018");
    }

    @Override
    public List<Dimension> space() {
        return List.of(
                Axes.DEPTH.logarithmic(1, 10),
                Axes.KERNEL.odd(1, 7),
                Axes.HEIGHT.logarithmic(1, MOST_SIDE),
                Axes.WIDTH.logarithmic(1, MOST_SIDE),
                Axes.CHANNELS.logarithmic(1, 3),
                Axes.IMAGE.among(pool.kinds()),
                IDENTITY.all(),
                WEIGHT_VARIANCE.among(0.5, 1, 2),
                Axes.METHOD.all(),
                Axes.MOMENTUM.between(0.125, 0.9375),
                Axes.STEPS.logarithmic(1, 100),
                Axes.RATE.between(0.0625, 0.9375),
                Axes.LOSS.all(),
                Axes.ENGINES_OF_LAYERS);
    }

    @Override
    public double cost(Configuration c) {
        double pixels = (double) c.get(Axes.HEIGHT) * c.get(Axes.WIDTH);
        double side = c.get(Axes.DEPTH) * (c.get(Axes.KERNEL) - 1) + 1;
        double seen = c.get(Axes.CHANNELS) * side * side;
        if (seen * pixels > MOST_NUMBERS) {
            return Double.POSITIVE_INFINITY;
        }
        double kernels = 6 * pixels * pixels * (c.get(Axes.DEPTH) * c.get(Axes.KERNEL) + c.get(Axes.STEPS));
        double spectra = 30 * pixels * pixels * Math.min(pixels, seen) + 20 * pixels * pixels * pixels;
        double training = 6 * seen * pixels * c.get(Axes.CHANNELS) * c.get(Axes.STEPS);
        double witness = Engine.of(c) == Engine.ND4J ? 4e6 + 1e6 * c.get(Axes.STEPS) : 0;
        return (kernels + spectra + training + witness) / 20;
    }

    @Override
    public WindowRun scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        int channels = c.get(Axes.CHANNELS);
        int height = c.get(Axes.HEIGHT);
        int width = c.get(Axes.WIDTH);
        Array train = image(c, channels, height, width, random.nextLong());
        Array probes = image(c, channels, height, width, random.nextLong());
        Array targets = c.get(IDENTITY) ? train : random(random, channels, height, width);
        SoftWindow window = new SoftWindow(c.get(Axes.DEPTH), c.get(Axes.KERNEL));
        double variance = c.get(WEIGHT_VARIANCE);
        double[] along = window.weights();
        Array rows = window.patches(train, along);
        LinearProblem problem = new LinearProblem(
                new Fcn(rows.size(1), channels, false),
                rows,
                SoftWindow.rows(targets),
                Array.zeros(channels, rows.size(1)),
                null,
                c.get(Axes.LOSS));
        double curvature = new ClosedForm(problem).largestCurvature();
        LinearMethod optimizer = Axes.linearMethod(c, curvature > 0 ? c.get(Axes.RATE) / curvature : 1);
        return new WindowRun(
                window,
                WindowRun.deep(window, Padding.CIRCULAR, variance),
                window.factor(variance, channels),
                problem,
                optimizer,
                c.get(Axes.STEPS),
                train,
                probes,
                targets,
                window.patches(probes, along),
                Engine.of(c));
    }

    private Array image(Configuration c, int channels, int height, int width, long seed) {
        return pool.draw(c.get(Axes.IMAGE), channels, height, width, seed);
    }

    private static Array random(SplittableRandom random, int channels, int height, int width) {
        Array array = Array.zeros(1, channels, height, width);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = random.nextDouble(-1, 1);
        }
        return array;
    }

    @Override
    public List<String> describe(WindowRun run) {
        return List.of(
                "network       " + run.network().architecture() + ", weight variance "
                        + run.network().weightVariance(),
                "window        " + Arrays.toString(run.window().weights()) + " along each axis",
                "rule          " + run.method() + ", " + run.steps() + " steps, of the deep network divided by "
                        + run.factor());
    }

    @Override
    public Observation observe(WindowRun run) {
        return observeAll(List.of(run)).get(0);
    }

    @Override
    public List<Observation> observeAll(List<WindowRun> runs) {
        List<Observation> seen = new ArrayList<>();
        for (Engine engine : Engine.values()) {
            List<WindowRun> its =
                    runs.stream().filter(run -> run.engine() == engine).toList();
            if (its.size() == runs.size()) {
                engine.train(its.stream().map(WindowRun::training).toList())
                        .forEach(outcome -> seen.add(seen(outcome)));
                return seen;
            }
        }
        return runs.stream().map(run -> observeAll(List.of(run)).get(0)).toList();
    }

    private static Observation seen(Outcome outcome) {
        return outcome instanceof Outcome.Trained trained
                ? new Observation.Seen(trained.outputs())
                : new Observation.Nothing(new Evidence.HypothesesNotMet("training diverged"));
    }

    @Override
    public Claim claim(WindowRun run) {
        WindowRun.Mean mean = run.mean();
        return new Claim.Equality(mean.values(), budget(run, mean));
    }

    /** What rounding does to the training of the one layer, and to the kernel of the deep network. */
    private static Array budget(WindowRun run, WindowRun.Mean mean) {
        BoundedOutputs layer = new ClosedForm(run.problem())
                .afterSteps(run.method(), run.steps(), Precision.FLOAT64, run.probePatches());
        double[] budget = layer.budget().values().clone();
        for (int i = 0; i < budget.length; i++) {
            budget[i] += mean.bounds().values()[i];
        }
        return Array.of(budget, mean.values().shape());
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(6e-14);
    }

    @Override
    public List<FalseVariant<WindowRun>> falseVariants() {
        return List.of(
                wrong("sum over offsets not divided by K²", run -> run.with(InfiniteVariants.withoutMean(run))),
                wrong("zeros outside the image", run -> run.with(InfiniteVariants.padded(run))),
                wrong("one layer more", run -> run.with(InfiniteVariants.ofDepth(run, 1))),
                wrong("one step more", run -> run.withSteps(run.steps() + 1)),
                wrong(
                        "only the last layer learns",
                        run -> run.withFactor(run.factor() / run.window().depth())),
                wrong("weight variance of one layer", InfiniteVariants::ofOneVariance),
                wrong(
                        "not divided by the channels",
                        run -> run.withFactor(run.factor() * run.train().size(1))),
                wrong("ReLU between the layers", run -> run.with(InfiniteVariants.activated(run))),
                wrong("biases that are drawn and trained", run -> run.with(InfiniteVariants.biased(run))),
                wrong("heavy ball for Nesterov, and Nesterov for heavy ball", InfiniteVariants::exchanged),
                wrong("momentum as a larger rate", InfiniteVariants::ofLargerRate),
                wrong("mean of all residuals for their sum, and half sum for mean", InfiniteVariants::ofAnotherLoss),
                built("hard window: every offset counts the same", run -> run.seenThrough(InfiniteVariants.hard(run))),
                built("weights of the window squared", run -> run.seenThrough(InfiniteVariants.squared(run))));
    }

    /** The deep network's prediction goes wrong; the one layer, with its budget, is as it should be. */
    private static FalseVariant<WindowRun> wrong(String name, UnaryOperator<WindowRun> mistake) {
        return new FalseVariant.WrongClaim<>(
                name, run -> new Claim.Equality(mistake.apply(run).mean().values(), budget(run, run.mean())));
    }

    private static FalseVariant<WindowRun> built(String name, UnaryOperator<WindowRun> mistake) {
        return new FalseVariant.WrongConstruction<>(name, mistake);
    }

    /** Mistakes in what is computed of the deep network. */
    private static final class InfiniteVariants {
        static InfiniteNetwork withoutMean(WindowRun run) {
            double kernel = run.window().kernel();
            return network(run, Activation.LINEAR, run.network().weightVariance() * kernel * kernel, 0);
        }

        static InfiniteNetwork padded(WindowRun run) {
            return WindowRun.deep(run.window(), Padding.SAME, run.network().weightVariance());
        }

        static InfiniteNetwork ofDepth(WindowRun run, int more) {
            SoftWindow other =
                    new SoftWindow(run.window().depth() + more, run.window().kernel());
            return WindowRun.deep(other, Padding.CIRCULAR, run.network().weightVariance());
        }

        static InfiniteNetwork activated(WindowRun run) {
            return network(run, Activation.RELU, run.network().weightVariance(), 0);
        }

        static InfiniteNetwork biased(WindowRun run) {
            return network(run, Activation.LINEAR, run.network().weightVariance(), 0.25);
        }

        private static InfiniteNetwork network(WindowRun run, Activation activation, double weight, double bias) {
            Architecture architecture = Architecture.cnn(
                    run.window().depth(), run.window().kernel(), Padding.CIRCULAR, activation, bias > 0, false);
            return new InfiniteNetwork(architecture, weight, bias);
        }

        static WindowRun ofOneVariance(WindowRun run) {
            double variance = run.network().weightVariance();
            return run.withFactor(run.factor() / Math.pow(variance, run.window().depth() - 1.0));
        }

        static WindowRun exchanged(WindowRun run) {
            LinearMethod method = run.method();
            return method.momentum() == 0
                    ? run
                    : run.with(new LinearMethod(method.learningRate(), method.momentum(), !method.nesterov(), 0));
        }

        static WindowRun ofLargerRate(WindowRun run) {
            LinearMethod method = run.method();
            return run.with(LinearMethod.gradientDescent(method.learningRate() / (1 - method.momentum())));
        }

        static WindowRun ofAnotherLoss(WindowRun run) {
            Loss other = run.problem().loss() == Loss.MEAN ? Loss.HALF_SUM : Loss.MEAN;
            double scales = run.problem().lossScale()
                    / other.scale(run.problem().targets().length());
            return run.with(run.method().withLearningRate(run.method().learningRate() / scales));
        }

        static double[] hard(WindowRun run) {
            double[] along = new double[run.window().side()];
            Arrays.fill(along, 1.0 / along.length);
            return along;
        }

        static double[] squared(WindowRun run) {
            return Arrays.stream(run.window().weights())
                    .map(weight -> weight * weight)
                    .toArray();
        }
    }
}
