package org.idem.theorem.deep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.image.ImagePool;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Network;
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
import org.idem.theory.linear.AlignedModes;
import org.idem.theory.linear.ModesBudget;
import org.idem.theory.linear.ModesPath;

/**
 * T4.modes: on the identity task layers that pass on each principal direction of the examples by itself keep doing so,
 * and each of these modes follows numbers of its own.
 *
 * @param runs space of runs
 */
record ModesTheorem(RunSpace runs) implements Theorem<ModesTheorem.Decoupled> {
    private static final Dimension EXAMPLES = Axes.EXAMPLES.logarithmic(1, 6);
    private static final Axis.Real UNSEEN = new Axis.Real("unseen");
    private static final Axis.Words<Strengths> STRENGTHS = Axis.Words.of("strengths", Strengths.values());
    /** A strength that both precisions hold exactly is a multiple of it. */
    private static final double GRID = 0x1p-8;

    /** Which strengths layers start with. */
    enum Strengths {
        /** Others for each layer and mode. */
        FREE("free"),
        /** One for all layers and modes. */
        ALIKE("alike"),
        /** The same with the same basis everywhere: all layers are aI. */
        IDENTITY("identity");

        private final String word;

        Strengths(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /**
     * A run from layers that decouple.
     *
     * @param run of the training
     * @param modes bases of the layers
     * @param path recursions of the modes
     * @param bound on what rounding makes of the layers
     */
    record Decoupled(DeepRun run, AlignedModes modes, ModesPath path, double bound) {
        Decoupled with(DeepRun other) {
            return new Decoupled(other, modes, path, bound);
        }
    }

    ModesTheorem(ImagePool pool) {
        this(new RunSpace(pool));
    }

    @Override
    public String id() {
        return "T4.modes";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "If each layer of a deep linear network takes the principal directions of the examples to directions of the next layer, each with a factor of its own, and the last takes them back, then training on the identity task keeps it so for ever: each mode's factors follow the optimiser on a loss of their own, as if its eigenvalue were the one example's squared norm. From layers aI and one example without decay the network shows a_t^L times the example's direction and a^L times all else.",
                "W_j(t) = Q_{j+1}\\,\\mathrm{diag}(s_j(t))\\,Q_j^\\top, \\qquad g_{j,k} = c\\lambda_k\\Bigl(\\prod_i s_{i,k} - 1\\Bigr)\\prod_{i \\ne j} s_{i,k} + \\omega s_{j,k}, \\qquad XX^\\top = Q\\Lambda Q^\\top",
                "fully connected, no activations or biases; identity task, N examples; Q_1 = Q_{L+1} = Q, other Q_j any orthonormal columns, hidden layers at least as wide as there are modes with an eigenvalue above 0; any unequal s_{j,k}; gradient descent, heavy ball or Nesterov, with or without weight decay; stable along and across the modes: η(cλ_kΣ_j∏_{l>j}s_{l,i}²∏_{l<j}s_{l,k}² + ω) below 2, 2(1 + β) or 2(1 + β)/(1 + 2β) for all modes i, k",
                "goes beyond Zhang et al., ICLR 2020; after Saxe, McClelland and Ganguli, ICLR 2014");
    }

    @Override
    public List<Dimension> space() {
        return List.of(
                Axes.DEPTH.logarithmic(1, 20),
                RunSpace.WIDE,
                RunSpace.HEIGHT,
                RunSpace.WIDTH,
                EXAMPLES,
                runs.image(),
                STRENGTHS.all(),
                UNSEEN.between(0.0625, 0.75),
                RunSpace.METHOD,
                RunSpace.MOMENTUM,
                RunSpace.DECAY,
                Axes.STEPS.logarithmic(1, 1000),
                Axes.RATE.between(0.0625, 1.75),
                RunSpace.LOSS,
                RunSpace.PRECISION,
                Axes.ENGINES_OF_DEPTH);
    }

    @Override
    public double cost(Configuration c) {
        double inputs = (double) c.get(Axes.HEIGHT) * c.get(Axes.WIDTH);
        double depth = c.get(Axes.DEPTH);
        double examples = c.get(Axes.EXAMPLES);
        double units = c.get(STRENGTHS) == Strengths.IDENTITY ? inputs : Math.max(c.get(Axes.UNITS), examples);
        double weights = depth == 1 ? inputs * inputs : units * (2 * inputs + (depth - 2) * units);
        RunCost run = new RunCost(examples * weights, weights, depth, c.get(Axes.STEPS), Engine.of(c));
        double pairs = examples * (examples + 5) / 2;
        double products = c.get(Axes.METHOD) == Axes.Method.DESCENT ? 2 : 6;
        double budget = c.get(Axes.STEPS) * pairs * (1e3 + products * Math.pow(2 * depth, 3));
        double modes = Math.min(units, inputs);
        double geometry = depth * modes * modes * units * 10 + 20 * inputs * inputs * (examples + modes);
        return run.operations() * RunCost.ofPatience(c) + budget + geometry;
    }

    @Override
    public Decoupled scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        Precision precision = c.get(Axes.PRECISION);
        Array inputs = runs.vectors(c, c.get(Axes.EXAMPLES), random).rounded(precision);
        int unrolled = inputs.size(1);
        int shown = Math.min(inputs.size(0), unrolled);
        Strengths kind = c.get(STRENGTHS);
        int[] widths = RunSpace.widths(c, unrolled, unrolled, random);
        for (int layer = 1; layer + 1 < widths.length; layer++) {
            widths[layer] = kind == Strengths.IDENTITY ? unrolled : Math.max(widths[layer], shown);
        }
        int most = Arrays.stream(widths).min().orElseThrow();
        boolean all = kind == Strengths.IDENTITY || random.nextBoolean();
        int count = all ? most : shown + random.nextInt(most - shown + 1);
        AlignedModes modes = modes(kind, inputs, widths, count, random);
        double[][] strengths = strengths(c, count, shown, widths.length - 1, random);
        Loss loss = c.get(Axes.LOSS);
        double scale = loss.scale(inputs.length());
        List<Array> weights =
                kind == Strengths.IDENTITY ? identities(widths, strengths[0][0]) : modes.weights(strengths);
        Network network = RunSpace.linear(RunSpace.maps(c, widths, false));
        TrainingProblem problem =
                new TrainingProblem(network, inputs, inputs, RunSpace.stages(weights), loss).rounded(precision);
        double curvature = curvature(ModesPath.of(modes, strengths, scale, LinearMethod.gradientDescent(1)));
        boolean something = curvature > 0;
        LinearMethod method = RunSpace.method(c, something ? curvature + c.get(Axes.DECAY) : 1);
        DeepRun run =
                new DeepRun(problem, method, c.get(Axes.STEPS), inputs.size(0), precision, DeepRun.engine(c), null);
        ModesPath path = ModesPath.of(modes, strengths, scale, method);
        double bound = something ? new ModesBudget(modes, path, precision).after(run.steps()) : 0;
        return new Decoupled(run.provided(something, "all examples are 0"), modes, path, bound);
    }

    private static AlignedModes modes(Strengths kind, Array inputs, int[] widths, int count, SplittableRandom random) {
        if (kind == Strengths.IDENTITY) {
            Array completion = Array.of(RunSpace.gaussian(random, count * count, 1), count, count);
            return AlignedModes.square(inputs, completion, widths.length - 1);
        }
        List<Array> matrices = new ArrayList<>();
        for (int layer = 0; layer + 1 < widths.length; layer++) {
            matrices.add(Array.of(RunSpace.gaussian(random, widths[layer] * count, 1), widths[layer], count));
        }
        return AlignedModes.of(inputs, matrices);
    }

    /** Modes that no example shows are of two kinds, so that the pairs of modes that differ stay few. */
    private static double[][] strengths(Configuration c, int count, int shown, int depth, SplittableRandom random) {
        double[][] strengths = new double[count][];
        double one = GRID * random.nextInt((int) (0.7 / GRID), (int) (1.3 / GRID));
        double[][] unseen = new double[2][];
        for (int kind = 0; kind < unseen.length; kind++) {
            unseen[kind] = drawn(random, depth, c.get(UNSEEN));
        }
        for (int mode = 0; mode < count; mode++) {
            if (c.get(STRENGTHS) == Strengths.FREE) {
                strengths[mode] = mode < shown ? drawn(random, depth, 1) : unseen[mode % 2];
            } else {
                strengths[mode] = new double[depth];
                Arrays.fill(strengths[mode], one);
            }
        }
        return strengths;
    }

    private static double[] drawn(SplittableRandom random, int depth, double size) {
        return random.doubles(depth, 0.7 * size, 1.3 * size).toArray();
    }

    private static List<Array> identities(int[] widths, double factor) {
        List<Array> identities = new ArrayList<>();
        for (int layer = 1; layer < widths.length; layer++) {
            Array identity = Array.zeros(widths[0], widths[0]);
            for (int i = 0; i < widths[0]; i++) {
                identity.values()[i * widths[0] + i] = factor;
            }
            identities.add(identity);
        }
        return identities;
    }

    /** c times the largest curvature at the start and where modes that examples show, enlarged alike, fit. */
    private static double curvature(ModesPath path) {
        double[][] start = new double[path.groups().size()][];
        double[][] fitting = new double[start.length][];
        for (int group = 0; group < start.length; group++) {
            start[group] = path.groups().get(group).strengths();
            double product = Arrays.stream(start[group]).reduce(1, (a, b) -> a * b);
            boolean shown = path.groups().get(group).eigenvalue() > 0;
            double factor = shown ? Math.pow(product, -1.0 / start[group].length) : 1;
            fitting[group] = Arrays.stream(start[group]).map(s -> factor * s).toArray();
        }
        return Math.max(path.curvature(start), path.curvature(fitting));
    }

    @Override
    public List<String> describe(Decoupled decoupled) {
        return decoupled.run().describe();
    }

    @Override
    public Observation observe(Decoupled decoupled) {
        return decoupled.run().trainedWeights();
    }

    @Override
    public Claim claim(Decoupled decoupled) {
        return claim(decoupled, decoupled.path().strengths(decoupled.run().steps()));
    }

    /** Claims that training ends with these strengths of the modes. */
    static Claim claim(Decoupled decoupled, double[][] strengths) {
        Array values = DeepRun.joined(decoupled.modes().weights(strengths));
        double[] budget = new double[values.length()];
        double bound = decoupled.bound();
        Arrays.fill(budget, Double.isNaN(bound) ? Double.POSITIVE_INFINITY : bound);
        return new Claim.Equality(values, Array.of(budget, budget.length));
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(1e-13);
    }

    @Override
    public List<FalseVariant<Decoupled>> falseVariants() {
        return ModesVariants.list();
    }
}
