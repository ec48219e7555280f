package org.idem.theorem.deep;

import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.idem.array.Array;
import org.idem.array.SquaredErrors;
import org.idem.image.ImagePool;
import org.idem.network.Adam;
import org.idem.network.Cnn;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.StageParameters;
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
import org.idem.theory.deep.BlankImage;
import org.idem.theory.deep.DeepForward;
import org.idem.theory.deep.Painting;

/**
 * T3.least-depth: a zero-padded CNN that is not deep enough cannot paint an image on a blank input; the theorem bounds
 * its error from below.
 *
 * <p>Some networks are trained to paint; others are built to paint as well as their depth allows, and their error
 * equals the bound.
 *
 * @param runs space of runs
 */
record LeastDepthTheorem(RunSpace runs) implements Theorem<Viewed> {
    LeastDepthTheorem(ImagePool pool) {
        this(new RunSpace(pool));
    }

    private static final int MOST_SEEN = 4;

    private static final Axis.Words<Boolean> TRAINED = Axis.Words.flag("weights", "built", "trained");

    @Override
    public String id() {
        return "T3.least-depth";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "A zero-padded CNN paints an image y on a blank input no better than by its means over pixels that see the same of the borders. So if y differs between two pixels at least m away from the border, fewer than 2(m + 1)/(K − 1) layers cannot paint it; as many layers as make y equal on such pixels can.",
                "\\frac{1}{\\mathrm{MSE}(f(\\text{blank}), y)} \\;\\le\\; \\frac{1}{V_\\rho(y)}, \\qquad V_\\rho(y) = \\frac{1}{CHW}\\sum_{c,i,j}\\Bigl(y_{cij} - \\operatorname*{mean}_{\\kappa(i',j') = \\kappa(i,j)} y_{ci'j'}\\Bigr)^2, \\qquad \\rho = \\tfrac12 L(K-1)",
                "stride 1, odd kernels of one side, zeros outside; any weights, activations and biases; V > 0, that is, the image is too much for the depth",
                "goes beyond Zhang et al., ICLR 2020");
    }

    @Override
    public List<Dimension> space() {
        return List.of(
                TRAINED.all(),
                Axes.DEPTH.logarithmic(1, 6),
                RunSpace.UNITS,
                RunSpace.ACTIVATION,
                RunSpace.SHORTCUT,
                RunSpace.BIAS,
                Axes.HEIGHT.logarithmic(2, 28),
                Axes.WIDTH.logarithmic(2, 28),
                RunSpace.CHANNELS,
                Axes.KERNEL.odd(3, 9),
                Axes.PADDING.among(Padding.SAME),
                runs.image(),
                Axes.STEPS.from(0, 100),
                RunSpace.PRECISION,
                Axes.ENGINES_OF_DEPTH);
    }

    /** The channels that a built network needs grow with the square of what it sees. */
    private static boolean isBuilt(Configuration c) {
        return !c.get(TRAINED) && radius(c) <= MOST_SEEN;
    }

    private static int radius(Configuration c) {
        return c.get(Axes.DEPTH) * (c.get(Axes.KERNEL) / 2);
    }

    /** A network in which every output pixel sees the whole image can paint any image. */
    @Override
    public double cost(Configuration c) {
        if (2 * radius(c) >= Math.max(c.get(Axes.HEIGHT), c.get(Axes.WIDTH))) {
            return Double.POSITIVE_INFINITY;
        }
        double seen = 1 + 2.0 * radius(c);
        return isBuilt(c)
                ? RunCost.ofPlanes(c, seen * seen, 1).operations()
                : RunCost.ofPlanes(c, c.get(Axes.UNITS), 1 + c.get(Axes.STEPS)).operations();
    }

    @Override
    public Viewed scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        Array image = runs.images(c, 1, c.get(Axes.CHANNELS), c.get(Axes.HEIGHT), c.get(Axes.WIDTH), random);
        Array blank = Array.zeros(1, 1, c.get(Axes.HEIGHT), c.get(Axes.WIDTH));
        double level = (1 + random.nextInt(8)) / 4.0;
        java.util.Arrays.fill(blank.values(), level);
        int kernel = c.get(Axes.KERNEL);
        boolean built = isBuilt(c);
        TrainingProblem problem;
        if (built) {
            Network painter = Painting.painter(c.get(Axes.CHANNELS), kernel, c.get(Axes.DEPTH));
            List<StageParameters> weights = Painting.paint(image, kernel, c.get(Axes.DEPTH), level);
            problem = new TrainingProblem(painter, blank, image, weights, Loss.MEAN).rounded(c.get(Axes.PRECISION));
        } else {
            Network network = RunSpace.network(c, RunSpace.cnn(c, 1, c.get(Axes.CHANNELS)));
            problem = RunSpace.problem(c, network, blank, image, random);
        }
        DeepRun run = new DeepRun(
                problem,
                Adam.of(0x1p-4),
                built ? 0 : c.get(Axes.STEPS),
                1,
                c.get(Axes.PRECISION),
                DeepRun.engine(c),
                null);
        Viewed viewed = new Viewed(run, blank);
        boolean tooMuch = unavoidable(viewed, Painting.seeing(BlankImage.radius(viewed.network()))) > 0;
        return new Viewed(run.provided(tooMuch, "a CNN of this depth can paint the image"), blank);
    }

    @Override
    public List<String> describe(Viewed viewed) {
        return viewed.run().describe();
    }

    @Override
    public Observation observe(Viewed viewed) {
        return viewed.observed();
    }

    private static double unavoidable(Viewed viewed, Painting.Classes classes) {
        Array image = viewed.run().problem().targets();
        return SquaredErrors.mean(image, Painting.best(image, classes));
    }

    @Override
    public Claim claim(Viewed viewed) {
        return claim(viewed, unavoidable(viewed, Painting.seeing(BlankImage.radius(viewed.network()))));
    }

    /** That the error on the blank input is at least some number, but for rounding. */
    private static Claim claim(Viewed viewed, double least) {
        return new Claim.Given<>(
                Viewed.View.class,
                seen -> {
                    int radius = BlankImage.radius(viewed.network());
                    DeepForward exact = BlankImage.outputs(
                            viewed.network(), seen.parameters(), viewed.image(), radius, viewed.precision());
                    Array errors = exact.errors();
                    // root mean squares obey the triangle inequality; sums of squares are rounded, too
                    double rounding = Math.sqrt(SquaredErrors.mean(errors, Array.zeros(errors.shape())));
                    double root = Math.sqrt(least) * (1 - 4 * errors.length() * 0x1p-53) - rounding;
                    double limit = root > 0 ? 1 / (root * root) : Double.POSITIVE_INFINITY;
                    return new Claim.UpperBound(1 / least, limit, 0);
                },
                seen -> {
                    Array image = viewed.run().problem().targets();
                    double error = SquaredErrors.mean(seen.outputs(), image);
                    return Array.of(new double[] {1 / error}, 1);
                });
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(1e-13);
    }

    @Override
    public List<FalseVariant<Viewed>> falseVariants() {
        return List.of(
                seeing("a pixel less is seen", viewed -> Math.max(0, BlankImage.radius(viewed.network()) - 1)),
                seeing(
                        "a layer less is seen through",
                        viewed -> BlankImage.radius(viewed.network()) - kernel(viewed) / 2),
                seeing("only the view of one layer", viewed -> kernel(viewed) / 2),
                seeing("a blank image stays blank", viewed -> 0),
                alike(
                        "opposite borders look alike",
                        radius -> (row, column, height, width) ->
                                nearest(row, height, radius) * (radius + 1) + nearest(column, width, radius)),
                alike(
                        "only the nearest border matters",
                        radius -> (row, column, height, width) ->
                                Math.min(nearest(row, height, radius), nearest(column, width, radius))),
                alike(
                        "only rows matter",
                        radius -> (row, column, height, width) -> BlankImage.clipped(row, height, radius)),
                alike("rows and columns may be exchanged", radius -> (row, column, height, width) -> {
                    int down = BlankImage.clipped(row, height, radius);
                    int right = BlankImage.clipped(column, width, radius);
                    return Math.min(down, right) * (2 * height * width) + Math.max(down, right);
                }),
                new FalseVariant.WrongClaim<>(
                        "error summed over channels",
                        viewed -> claim(
                                viewed,
                                viewed.run().problem().targets().size(1)
                                        * unavoidable(viewed, Painting.seeing(BlankImage.radius(viewed.network()))))));
    }

    private static int nearest(int position, int side, int radius) {
        return Math.min(radius, Math.min(position, side - 1 - position));
    }

    private static int kernel(Viewed viewed) {
        return ((Cnn) viewed.network().stages().get(0).map()).kernel();
    }

    private static FalseVariant<Viewed> seeing(String name, Function<Viewed, Integer> radius) {
        return new FalseVariant.WrongClaim<>(
                name, viewed -> claim(viewed, unavoidable(viewed, Painting.seeing(radius.apply(viewed)))));
    }

    private static FalseVariant<Viewed> alike(String name, Function<Integer, Painting.Classes> classes) {
        return new FalseVariant.WrongClaim<>(
                name, viewed -> claim(viewed, unavoidable(viewed, classes.apply(BlankImage.radius(viewed.network())))));
    }
}
