package org.idem.theorem.kernel;

import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Architecture;
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
import org.idem.theory.kernel.InfiniteNetwork;
import org.idem.training.run.Outcome;
import org.idem.training.run.Run;

/**
 * T7.depth: what an infinitely wide network that learns to reproduce one example says of others, at any depth. The
 * kernels are those that predictions use; what is claimed comes from a recursion of the angle alone.
 */
record DepthTheorem() implements Theorem<DepthRun> {
    private static final Axis.Whole INPUTS = new Axis.Whole("inputs");
    private static final Axis.Words<Pair> PAIR = Axis.Words.of("pair", Pair.values());

    /** How the other input lies to the example. */
    private enum Pair {
        ANY("any"),
        MULTIPLE("multiple"),
        NEAR("near"),
        ACROSS("across"),
        OPPOSITE("opposite");

        private final String word;

        Pair(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    private static final int LARGEST = 256;
    private static final int MOST_TIMES = 1024;
    private static final int DEEPEST = 2_000;

    @Override
    public String id() {
        return "T7.depth";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "An infinitely wide fully connected ReLU network that learns to reproduce one example shows it, on average over initial weights, at every input, whatever its depth; how brightly is known in closed form. With growing depth the brightness forgets everything but the norm of the input and tends to a quarter, slower than the inverse of the depth. Without activations it is the cosine at every depth.",
                "\\operatorname{E} f_t(z) = (1 - r_t)\\,a_L\\,\\frac{\\lVert z\\rVert}{\\lVert\\hat x\\rVert}\\,\\hat x, \\qquad a_L = \\frac1L\\sum_{l=1}^{L}\\cos\\theta_l\\prod_{m=l}^{L-1}\\Bigl(1 - \\frac{\\theta_m}{\\pi}\\Bigr) = \\frac14 + \\frac38\\,\\frac{\\ln L}{L} + O\\Bigl(\\frac1L\\Bigr)",
                "fully connected, no biases, one example, target the example; any variance of the weights (He's is drawn); cos θ_{l+1} = (sin θ_l + (π − θ_l) cos θ_l)/π from the angle θ_1 between the inputs; trials hold a_L at depths up to 2,000 against the kernels that predictions use, the limit is proved",
                "goes beyond Zhang et al., ICLR 2020; kernels: Cho and Saul, NeurIPS 2009; Jacot, Gabriel and Hongler, NeurIPS 2018");
    }

    @Override
    public List<Dimension> space() {
        return List.of(
                Axes.ACTIVATION.among(Activation.RELU, Activation.LINEAR).weighted(4, 1),
                Axes.DEPTH.logarithmic(1, DEEPEST),
                INPUTS.logarithmic(1, 64),
                PAIR.all().weighted(4, 1, 2, 2, 1),
                Axes.STEPS.logarithmic(1, 100),
                Axes.RATE.between(0.0625, 0.9375),
                Axes.LOSS.all(),
                Axes.ENGINES_OF_LAYERS);
    }

    @Override
    public double cost(Configuration c) {
        double witness = Engine.of(c) == Engine.ND4J ? 2e6 + 4e5 * c.get(Axes.STEPS) : 0;
        return (600.0 * c.get(Axes.DEPTH) + 10.0 * c.get(INPUTS) * c.get(Axes.STEPS) + witness) / 4;
    }

    @Override
    public DepthRun scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        int inputs = c.get(INPUTS);
        Array example = vector(random, inputs);
        return DepthRun.of(
                network(c.get(Axes.ACTIVATION), c.get(Axes.DEPTH)),
                example,
                probe(c.get(PAIR), example, random),
                c.get(Axes.LOSS),
                c.get(Axes.RATE),
                c.get(Axes.STEPS),
                Engine.of(c));
    }

    private static InfiniteNetwork network(Activation activation, int depth) {
        return DepthRun.network(depth, activation, InfiniteNetwork.usualWeightVariance(activation));
    }

    private static Array vector(SplittableRandom random, int length) {
        Array vector = Array.zeros(1, length);
        for (int i = 0; i < length; i++) {
            vector.values()[i] = random.nextInt(-LARGEST, LARGEST + 1);
        }
        if (DepthRun.product(vector, vector) == 0) {
            vector.values()[0] = 1;
        }
        return vector;
    }

    private static Array probe(Pair pair, Array example, SplittableRandom random) {
        double times = random.nextInt(1, MOST_TIMES);
        return switch (pair) {
            case ANY -> vector(random, example.length());
            case MULTIPLE -> ConversionRun.times(times, example);
            case OPPOSITE -> ConversionRun.times(-times, example);
            case NEAR -> {
                Array near = ConversionRun.times(random.nextInt(4) == 0 ? -times : times, example);
                near.values()[random.nextInt(near.length())] += example.values()[0] < 0 ? -1 : 1;
                yield DepthRun.product(near, near) > 0 ? near : example;
            }
            case ACROSS -> across(example);
        };
    }

    /** A quarter turn of neighbouring entries; a last entry without neighbour, and a single one, stay as they are. */
    private static Array across(Array example) {
        double[] turned = example.values().clone();
        for (int i = 0; i + 1 < turned.length; i += 2) {
            turned[i] = -example.values()[i + 1];
            turned[i + 1] = example.values()[i];
        }
        return Array.of(turned, example.shape());
    }

    @Override
    public List<String> describe(DepthRun run) {
        return List.of(
                "network       " + run.network().architecture() + ", weight variance "
                        + run.network().weightVariance(),
                "angle         " + DepthRun.angle(run.example(), run.probe()) + ", norms in the proportion "
                        + run.norms(),
                "share         " + run.share().value());
    }

    @Override
    public Observation observe(DepthRun run) {
        DepthRun.Layer layer = run.layer();
        Run training = new Run(layer.problem(), layer.method(), run.steps(), false, Precision.FLOAT64, layer.probe());
        Outcome outcome = run.engine().train(List.of(training)).get(0);
        return outcome instanceof Outcome.Trained trained
                ? new Observation.Seen(trained.outputs())
                : new Observation.Nothing(new Evidence.HypothesesNotMet("training diverged"));
    }

    @Override
    public Claim claim(DepthRun run) {
        return claim(run, run.share().value(), run.curvature());
    }

    /** A share and a curvature that somebody believes, with the budget of the true ones. */
    private static Claim claim(DepthRun run, double share, double curvature) {
        double bright = share * run.norms() * learnt(run, curvature);
        return new Claim.Equality(ConversionRun.times(bright, run.example()), run.budget());
    }

    /** 1 − (1 − ημ)^t. */
    private static double learnt(DepthRun run, double curvature) {
        double step = run.method().learningRate() * curvature;
        return step < 1 ? -Math.expm1(run.steps() * Math.log1p(-step)) : 1 - Math.pow(1 - step, run.steps());
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(2e-13);
    }

    @Override
    public List<FalseVariant<DepthRun>> falseVariants() {
        return List.of(
                share(
                        "depth tends to one half: twice the share",
                        run -> 2 * run.share().value()),
                share(
                        "no term ln L/L: from the cosine to a quarter like 1/L",
                        run -> 0.25 + (run.cosine() - 0.25) / run.depth()),
                share("the share only grows with depth", DepthTheorem::largest),
                share("diagonal unguarded: angles as arc cosines of cosines", DepthTheorem::unguarded),
                share("covariance for tangent kernel: the last layer alone learns", DepthTheorem::covariance),
                share("slopes of ReLU forgotten", DepthTheorem::withoutSlopes),
                share("the cosine at every depth", DepthRun::cosine),
                share("one layer more", run -> run.shareAt(run.depth() + 1)),
                share("norms forgotten", run -> run.share().value() / run.norms()),
                new FalseVariant.WrongClaim<>(
                        "curvature of one layer",
                        run -> claim(run, run.share().value(), run.curvature() / run.depth())),
                built(
                        "variance of the weights a twentieth smaller",
                        run -> DepthRun.network(
                                run.depth(),
                                activation(run),
                                0.95 * run.network().weightVariance())),
                built(
                        "biases",
                        run -> new InfiniteNetwork(
                                Architecture.fcn(run.depth(), activation(run), true, false),
                                run.network().weightVariance(),
                                0.25)));
    }

    private static Activation activation(DepthRun run) {
        return run.network().architecture().activation();
    }

    private static FalseVariant<DepthRun> share(String name, ToDoubleFunction<DepthRun> share) {
        return new FalseVariant.WrongClaim<>(name, run -> claim(run, share.applyAsDouble(run), run.curvature()));
    }

    private static FalseVariant<DepthRun> built(String name, Function<DepthRun, InfiniteNetwork> network) {
        UnaryOperator<DepthRun> mistake = run -> run.with(network.apply(run));
        return new FalseVariant.WrongConstruction<>(name, mistake);
    }

    /** The largest share at a depth up to this one; of some depths only, where there are many. */
    private static double largest(DepthRun run) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int depth = 1; depth < run.depth(); depth += 1 + depth) {
            largest = Math.max(largest, run.shareAt(depth));
        }
        return Math.max(largest, run.share().value());
    }

    private interface Layers {
        double next(double sum, double cosine, double slope);
    }

    private static double recursion(DepthRun run, double first, Layers layers) {
        double cosine = first;
        double sum = first;
        for (int layer = 1; layer < run.depth(); layer++) {
            double angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
            cosine = (Math.sin(angle) + (Math.PI - angle) * cosine) / Math.PI;
            sum = layers.next(sum, cosine, 1 - angle / Math.PI);
        }
        return sum;
    }

    /** Not guarded at x either: the share of a multiple of the example is not quite 1. */
    private static double unguarded(DepthRun run) {
        Layers layers = (sum, cosine, slope) -> cosine + slope * sum;
        double own = DepthRun.product(run.example(), run.example());
        double norm = Math.sqrt(own);
        return recursion(run, run.cosine(), layers) / recursion(run, own / norm / norm, layers);
    }

    private static double covariance(DepthRun run) {
        return activation(run) == Activation.LINEAR
                ? run.cosine()
                : recursion(run, run.cosine(), (sum, cosine, slope) -> cosine);
    }

    private static double withoutSlopes(DepthRun run) {
        return recursion(run, run.cosine(), (sum, cosine, slope) -> cosine + sum) / run.depth();
    }
}
