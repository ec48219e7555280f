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
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.idem.theory.linear.AcrossReach;
import org.idem.theory.linear.AlignedBudget;
import org.idem.theory.linear.AlignedLayers;
import org.idem.theory.linear.AlignedPath;

/**
 * T4.path: from aligned layers a deep linear network that learns one example follows one number for each layer.
 *
 * @param runs space of runs
 */
record PathTheorem(RunSpace runs) implements Theorem<PathTheorem.Aligned> {
    private static final int MOST_OUTPUTS = 8;
    private static final Axis.Real ACROSS = new Axis.Real("across");

    /**
     * A run from aligned layers.
     *
     * @param run of the training
     * @param layers directions and what the layers do across them
     * @param strengths at the start
     */
    record Aligned(DeepRun run, AlignedLayers layers, double[] strengths) {
        AlignedPath path() {
            TrainingProblem problem = run.problem();
            return new AlignedPath(
                    AlignedLayers.norm(problem.inputs().values()),
                    AlignedLayers.norm(problem.targets().values()),
                    problem.loss().scale(problem.targets().length()),
                    run.optimizer());
        }

        Aligned with(DeepRun other) {
            return new Aligned(other, layers, strengths);
        }
    }

    PathTheorem(ImagePool pool) {
        this(new RunSpace(pool));
    }

    @Override
    public String id() {
        return "T4.path";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "If each layer of a deep linear network passes on what the layer below makes of the one training example, in its direction, and the last writes along the target, then training keeps it so for ever: each layer changes in one number, these numbers follow the optimiser on a loss of their own, and what the layers do across stays as it is, but for weight decay.",
                "W_j(t) = s_j(t)\\,u_j u_{j-1}^\\top + r_t(\\omega)\\, R_j, \\qquad g_j = c\\rho\\Bigl(\\rho\\prod_i s_i - \\tau\\Bigr)\\prod_{i \\ne j} s_i + \\omega s_j",
                "fully connected, no activations or biases; one example x̂ of size ρ, target y of size τ, both not 0; loss c‖f(x̂) − y‖²/2 with weight decay ω, which may be 0; any widths; directions u_j of length 1 with u_0 = x̂/ρ, u_L = y/τ; strengths s_j of the layers, of any size; what layers do across, R_j u_{j−1} = 0 and u_jᵀR_j = 0; gradient descent, heavy ball or Nesterov with learning rate η and momentum β, which moves the s_j by the gradients g_j; r_t(ω) is the share of R_j that t steps leave, (1 − ηω)^t under gradient descent; stable: η(cκ + ω) below 2, 2(1 + β) or 2(1 + β)/(1 + 2β) for these three methods, where cκ is the curvature of the loss without decay, along the path and across it",
                "goes beyond Zhang et al., ICLR 2020; after Saxe, McClelland and Ganguli, ICLR 2014");
    }

    @Override
    public List<Dimension> space() {
        return List.of(
                Axes.DEPTH.logarithmic(1, 20),
                RunSpace.WIDE,
                RunSpace.HEIGHT,
                RunSpace.WIDTH,
                runs.image(),
                ACROSS.between(0.0625, 0.75),
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
        return RunCost.ofFcn(c).operations();
    }

    @Override
    public Aligned scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        Precision precision = c.get(Axes.PRECISION);
        Array input = runs.vectors(c, 1, random).rounded(precision);
        int unrolled = input.size(1);
        int[] widths = RunSpace.widths(c, unrolled, 1 + random.nextInt(MOST_OUTPUTS), random);
        Array target = RunSpace.uniform(random, 1, widths[widths.length - 1]);
        boolean something = AlignedLayers.norm(input.values()) > 0 && AlignedLayers.norm(target.values()) > 0;
        double ratio = something ? AlignedLayers.norm(target.values()) / AlignedLayers.norm(input.values()) : 1;
        double each = Math.pow(ratio, 1.0 / (widths.length - 1));
        AlignedLayers layers = layers(
                something ? input.values() : RunSpace.gaussian(random, unrolled, 1),
                something ? target.values() : RunSpace.gaussian(random, target.length(), 1),
                widths,
                each * c.get(ACROSS),
                random);
        double[] strengths = new double[widths.length - 1];
        for (int layer = 0; layer < strengths.length; layer++) {
            strengths[layer] = each * random.nextDouble(0.7, 1.3);
        }
        Network network = RunSpace.linear(RunSpace.maps(c, widths, false));
        Loss loss = c.get(Axes.LOSS);
        TrainingProblem problem = new TrainingProblem(
                        network, input, target, RunSpace.stages(layers.weights(strengths, 1)), loss)
                .rounded(precision);
        double curvature = curvature(problem, strengths, ratio);
        LinearMethod method = RunSpace.method(c, curvature + c.get(Axes.DECAY));
        DeepRun run = new DeepRun(problem, method, c.get(Axes.STEPS), 1, precision, DeepRun.engine(c), null);
        return new Aligned(run.provided(something, "example or target is 0"), layers, strengths);
    }

    /** c times the largest curvature at the start and where the strengths, enlarged alike, fit the target. */
    private static double curvature(TrainingProblem problem, double[] strengths, double ratio) {
        double norm = AlignedLayers.norm(problem.inputs().values());
        AlignedPath path = new AlignedPath(norm > 0 ? norm : 1, 1, 1, LinearMethod.gradientDescent(1));
        double product = Arrays.stream(strengths).reduce(1, (a, b) -> a * b);
        double factor = Math.pow(ratio / product, 1.0 / strengths.length);
        double[] fitting = Arrays.stream(strengths).map(s -> factor * s).toArray();
        double largest = Math.max(path.curvature(strengths), path.curvature(fitting));
        return problem.loss().scale(problem.targets().length()) * largest;
    }

    private static AlignedLayers layers(
            double[] input, double[] target, int[] widths, double size, SplittableRandom random) {
        List<double[]> directions = new ArrayList<>(List.of(input));
        List<Array> across = new ArrayList<>();
        for (int layer = 1; layer < widths.length; layer++) {
            boolean last = layer == widths.length - 1;
            directions.add(last ? target : RunSpace.gaussian(random, widths[layer], 1));
            int numbers = widths[layer] * widths[layer - 1];
            double[] matrix = RunSpace.gaussian(random, numbers, size / Math.sqrt(numbers));
            across.add(Array.of(matrix, widths[layer], widths[layer - 1]));
        }
        return AlignedLayers.of(directions, across);
    }

    @Override
    public List<String> describe(Aligned aligned) {
        return aligned.run().describe();
    }

    @Override
    public Observation observe(Aligned aligned) {
        return aligned.run().trainedWeights();
    }

    @Override
    public Claim claim(Aligned aligned) {
        return claim(aligned, end(aligned));
    }

    /** Where the recursion ends. */
    static AlignedPath.Point end(Aligned aligned) {
        List<AlignedPath.Point> points =
                aligned.path().points(aligned.strengths(), aligned.run().steps());
        return points.get(points.size() - 1);
    }

    /** That training ends there. */
    static Claim claim(Aligned aligned, AlignedPath.Point end) {
        AlignedLayers layers = aligned.layers();
        double[] across = layers.acrossNorms();
        AlignedPath path = aligned.path();
        double bound = new AlignedBudget(
                        path,
                        AcrossReach.of(across),
                        across,
                        layers.widest(),
                        aligned.run().precision())
                .after(path.points(aligned.strengths(), aligned.run().steps()));
        Array values = DeepRun.joined(layers.weights(end.strengths(), end.kept()));
        double[] budget = new double[values.length()];
        Arrays.fill(budget, Double.isNaN(bound) ? Double.POSITIVE_INFINITY : bound);
        return new Claim.Equality(values, Array.of(budget, budget.length));
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(1e-13);
    }

    @Override
    public List<FalseVariant<Aligned>> falseVariants() {
        return PathVariants.list();
    }
}
