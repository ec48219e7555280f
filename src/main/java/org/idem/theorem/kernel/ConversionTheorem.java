package org.idem.theorem.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import java.util.function.UnaryOperator;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.image.ImagePool;
import org.idem.network.Activation;
import org.idem.network.Adam;
import org.idem.network.Architecture;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
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
import org.idem.theory.deep.ConversionBudget;
import org.idem.theory.deep.GradientReach;
import org.idem.training.Trainer;
import org.idem.training.TrainingEngine;
import org.idem.training.witness.Witness;

/**
 * T7.conversion: a network in the tangent-kernel parametrisation, trained at one rate, is one in the standard
 * parametrisation with a rate for each layer.
 *
 * @param pool source of images
 */
record ConversionTheorem(ImagePool pool) implements Theorem<ConversionRun> {
    /** Fan-ins are powers of four, so that all factors are powers of two and no sign of a signal is rounded. */
    private static final Axis.Real SIDE = new Axis.Real("side");

    private static final Axis.Real UNITS = new Axis.Real("hidden-units");
    private static final Axis.Real CHANNELS = new Axis.Real("image-channels");
    private static final Axis.Real WEIGHT_DEVIATION = new Axis.Real("weight-deviation");
    private static final Axis.Real BIAS_DEVIATION = new Axis.Real("bias-deviation");
    private static final int MOST_OUTPUTS = 3;

    private static final TrainingEngine FAST =
            (problem, rule, precision, batch) -> new Trainer(problem, rule, precision)
                    .inBatchesOf(batch)
                    .withPlainSums()
                    .start();

    @Override
    public String id() {
        return "T7.conversion";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "A network in the tangent-kernel parametrisation, all of whose parameters are trained at one rate, is the network in the standard parametrisation whose layers have rates of their own: the rate times weight variance over fan-in for weights, times bias variance for biases. One common rate for all layers is another training.",
                "W_l = \\sigma_w\\omega_l/\\sqrt{n_{l-1}},\\quad b_l = \\sigma_b\\beta_l: \\qquad \\omega \\leftarrow \\omega - \\eta\\,\\partial_\\omega\\mathcal{L} \\iff W_l \\leftarrow W_l - \\frac{\\eta\\sigma_w^2}{n_{l-1}}\\,\\partial_{W_l}\\mathcal{L},\\quad b_l \\leftarrow b_l - \\eta\\sigma_b^2\\,\\partial_{b_l}\\mathcal{L}",
                "ω_l and β_l are the weights and biases of layer l in the tangent-kernel parametrisation, W_l and b_l those in the standard one; n_{l−1} is the fan-in of layer l, CK² for a convolution; 𝓛 is the loss; fully connected or convolutional, any depth; trained with linear, ReLU or leaky ReLU, plain gradient descent, any data and loss; equal hidden widths, and factors that are powers of two",
                "goes beyond Zhang et al., ICLR 2020; parametrisations: Jacot, Gabriel and Hongler, NeurIPS 2018; Lee et al., NeurIPS 2019");
    }

    @Override
    public List<Dimension> space() {
        return List.of(
                Axes.CONVOLUTION.all(),
                Axes.DEPTH.logarithmic(1, 8),
                UNITS.among(1, 4, 16, 64),
                SIDE.among(1, 2, 4, 8),
                CHANNELS.among(1, 4),
                Axes.KERNEL.odd(1, 5),
                Axes.PADDING.among(Padding.SAME, Padding.CIRCULAR),
                Axes.IMAGE.among(pool.kinds()),
                Axes.ACTIVATION.among(Activation.LINEAR, Activation.RELU, Activation.LEAKY_RELU),
                WEIGHT_DEVIATION.among(0.5, 1, 2),
                Axes.BIAS.all(),
                BIAS_DEVIATION.among(0.25, 0.5, 1),
                Axes.EXAMPLES.logarithmic(1, 4),
                Axes.STEPS.logarithmic(1, 20),
                Axes.RATE.between(0.0625, 0.5),
                Axes.LOSS.all(),
                Axes.PRECISION.among(Precision.FLOAT64, Precision.FLOAT32),
                Axes.ENGINES_OF_DEPTH);
    }

    @Override
    public double cost(Configuration c) {
        double pixels = c.get(SIDE) * c.get(SIDE);
        boolean convolution = c.get(Axes.CONVOLUTION);
        double taps = convolution ? c.get(Axes.KERNEL) * c.get(Axes.KERNEL) : 1;
        double inputs = convolution ? c.get(CHANNELS) : c.get(CHANNELS) * pixels;
        double units = c.get(UNITS);
        double sites = (convolution ? pixels : 1) * c.get(Axes.EXAMPLES);
        double weights = taps * units * (inputs + MOST_OUTPUTS + (c.get(Axes.DEPTH) - 2.0) * units);
        double engine = c.get(Axes.DEPTH)
                * (Engine.of(c) == Engine.ND4J ? (2e6 + 8e5 * c.get(Axes.STEPS)) / 5 : 2e4 * (1 + c.get(Axes.STEPS)));
        return ((40 * sites + 100) * Math.max(1, weights) * c.get(Axes.STEPS) + engine) / 4;
    }

    @Override
    public ConversionRun scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        boolean convolution = c.get(Axes.CONVOLUTION);
        Precision precision = c.get(Axes.PRECISION);
        int side = c.get(SIDE).intValue();
        int channels = c.get(CHANNELS).intValue();
        Array images = images(c, channels, side, random);
        Array inputs = convolution ? images : images.reshape(images.size(0), channels * side * side);
        int units = c.get(UNITS).intValue();
        Architecture architecture = convolution
                ? Architecture.cnn(
                        c.get(Axes.DEPTH),
                        c.get(Axes.KERNEL),
                        c.get(Axes.PADDING),
                        c.get(Axes.ACTIVATION),
                        c.get(Axes.BIAS),
                        false)
                : Architecture.fcn(c.get(Axes.DEPTH), c.get(Axes.ACTIVATION), c.get(Axes.BIAS), false);
        Network network = architecture.network(inputs.size(1), units, 1 + random.nextInt(MOST_OUTPUTS));
        // a kernel of side K counts K² in the fan-in, which K in the deviation makes a power of two
        double deviation = c.get(WEIGHT_DEVIATION) * architecture.kernel();
        double biasDeviation = c.get(Axes.BIAS) ? c.get(BIAS_DEVIATION) : 0;
        double[] factors = network.stages().stream()
                .mapToDouble(stage -> deviation / Math.sqrt(stage.map().fanIn()))
                .toArray();
        double common = factors[factors.length - 1];
        double kappa = biasDeviation > 0 ? common / biasDeviation : 1;
        List<StageParameters> drawn = drawn(network, precision, random);
        TrainingProblem standard = new TrainingProblem(
                        network,
                        inputs,
                        uniform(random, network.outputShape(inputs.shape())),
                        scaled(drawn, factors, biasDeviation),
                        c.get(Axes.LOSS))
                .rounded(precision);
        double[] alike = factors.clone();
        Arrays.fill(alike, common);
        TrainingProblem scaled = new TrainingProblem(
                network,
                ConversionRun.times(kappa * factors[0] / common, standard.inputs()),
                ConversionRun.times(kappa, standard.targets()),
                scaled(drawn, alike, common),
                standard.loss());
        double curvature = GradientReach.curvature(
                scaled, scaled.loss().scale(scaled.targets().length()));
        double wanted = curvature > 0 ? c.get(Axes.RATE) / curvature : c.get(Axes.RATE);
        double scaledRate = (float) Math.max(Float.MIN_NORMAL, wanted);
        return new ConversionRun(
                standard,
                scaled,
                common,
                factors,
                biasDeviation,
                scaledRate * kappa * kappa / (common * common),
                LinearMethod.gradientDescent(scaledRate),
                c.get(Axes.STEPS),
                precision,
                Engine.of(c) == Engine.ND4J ? Witness::new : FAST);
    }

    private Array images(Configuration c, int channels, int side, SplittableRandom random) {
        List<Array> images = new ArrayList<>();
        for (int i = 0; i < c.get(Axes.EXAMPLES); i++) {
            images.add(pool.draw(c.get(Axes.IMAGE), channels, side, side, random.nextLong()));
        }
        return Array.concatenate(images);
    }

    /** ω and β, drawn from N(0, 1) and rounded. */
    private static List<StageParameters> drawn(Network network, Precision precision, SplittableRandom random) {
        List<StageParameters> drawn = new ArrayList<>();
        List<StageParameters> of = new Initialization(Initializer.GAUSSIAN, 1, 1.0).draw(network, random);
        for (int layer = 0; layer < of.size(); layer++) {
            LinearMap map = network.stages().get(layer).map();
            drawn.add(new StageParameters(
                            ConversionRun.times(
                                    Math.sqrt(map.fanIn()), of.get(layer).weights()),
                            of.get(layer).bias())
                    .rounded(precision));
        }
        return drawn;
    }

    private static List<StageParameters> scaled(List<StageParameters> drawn, double[] factors, double bias) {
        List<StageParameters> scaled = new ArrayList<>();
        for (int layer = 0; layer < factors.length; layer++) {
            Array biases = drawn.get(layer).bias();
            scaled.add(new StageParameters(
                    ConversionRun.times(factors[layer], drawn.get(layer).weights()),
                    biases == null ? null : ConversionRun.times(bias, biases)));
        }
        return scaled;
    }

    private static Array uniform(SplittableRandom random, int... shape) {
        Array array = Array.zeros(shape);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = random.nextInt(-256, 256) / 256.0;
        }
        return array;
    }

    @Override
    public List<String> describe(ConversionRun run) {
        return List.of(
                "network       " + run.standard().network(),
                "factors       " + Arrays.toString(run.factors()) + " of weights, " + run.biasDeviation()
                        + " of biases",
                "rule          rate " + run.rate() + ", " + run.steps() + " steps");
    }

    @Override
    public Observation observe(ConversionRun run) {
        return run.observe();
    }

    /** What somebody believes of the rates of a layer's weights, or of its biases. */
    private record Rates(
            ToDoubleBiFunction<ConversionRun, Integer> weights, ToDoubleBiFunction<ConversionRun, Integer> biases) {
        static final Rates RIGHT = new Rates(
                (run, layer) -> run.rate() * run.factors()[layer] * run.factors()[layer],
                (run, layer) -> run.rate() * run.biasDeviation() * run.biasDeviation());

        static Rates ofWeights(ToDoubleBiFunction<ConversionRun, Integer> weights) {
            return new Rates(weights, RIGHT.biases);
        }

        static Rates ofBiases(ToDoubleBiFunction<ConversionRun, Integer> biases) {
            return new Rates(RIGHT.weights, biases);
        }

        double[] of(ConversionRun run, int layer) {
            return new double[] {weights.applyAsDouble(run, layer), biases.applyAsDouble(run, layer)};
        }
    }

    @Override
    public Claim claim(ConversionRun run) {
        return claim(run, Rates.RIGHT);
    }

    private static Claim claim(ConversionRun run, Rates rates) {
        return new Claim.Given<>(
                ConversionRun.Both.class,
                seen -> new Claim.Equality(steps(run, seen, rates), budget(run, seen)),
                seen -> sum(
                        ConversionRun.flat(seen.parameters().get(run.steps())),
                        -1,
                        ConversionRun.flat(seen.parameters().get(0))));
    }

    /** What steps of the standard network at rates of its layers add up to. */
    private static Array steps(ConversionRun run, ConversionRun.Both seen, Rates rates) {
        Array sum = Array.zeros(ConversionRun.flat(seen.parameters().get(0)).length());
        for (List<StageParameters> gradient : seen.gradients()) {
            List<StageParameters> moved = new ArrayList<>();
            for (int layer = 0; layer < gradient.size(); layer++) {
                double[] here = rates.of(run, layer);
                Array bias = gradient.get(layer).bias();
                moved.add(new StageParameters(
                        ConversionRun.times(here[0], gradient.get(layer).weights()),
                        bias == null ? null : ConversionRun.times(here[1], bias)));
            }
            sum = sum(sum, -1, ConversionRun.flat(moved));
        }
        return sum;
    }

    private static Array sum(Array one, double factor, Array other) {
        double[] sum = one.values().clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * other.values()[i];
        }
        return Array.of(sum, one.shape());
    }

    private static Array budget(ConversionRun run, ConversionRun.Both seen) {
        List<double[]> rates = new ArrayList<>();
        for (int layer = 0; layer < run.factors().length; layer++) {
            rates.add(Rates.RIGHT.of(run, layer));
        }
        return ConversionBudget.of(run.standard(), seen.parameters(), seen.losses(), rates, run.precision());
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(4e-14);
    }

    @Override
    public List<FalseVariant<ConversionRun>> falseVariants() {
        return List.of(
                wrong(
                        "one rate for all layers, that of the last",
                        (run, layer) -> run.rate() * run.common() * run.common()),
                wrong("no conversion: η for all weights", (run, layer) -> run.rate()),
                wrong("σ_w/√n for its square", (run, layer) -> run.rate() * run.factors()[layer]),
                wrong("σ_w² forgotten", (run, layer) -> run.rate() / fanIn(run, layer)),
                wrong("fan-out for fan-in", (run, layer) -> right(run, layer) * fanIn(run, layer) / fanOut(run, layer)),
                wrong("kernel not counted in the fan-in", (run, layer) -> right(run, layer) * taps(run, layer)),
                believed("η for all biases", Rates.ofBiases((run, layer) -> run.rate())),
                believed("σ_b for its square", Rates.ofBiases((run, layer) -> run.rate() * run.biasDeviation())),
                believed("biases at the rate of their weights", Rates.ofBiases(ConversionTheorem::right)),
                believed("biases that are not trained", Rates.ofBiases((run, layer) -> 0)),
                built("momentum", run -> run.with(new LinearMethod(rate(run), 0.5, false, 0))),
                built("weight decay", run -> run.with(new LinearMethod(rate(run), 0, false, 0.5))),
                built("Adam", run -> run.with(Adam.of(0x1p-6))),
                built("tanh between the layers", ConversionTheorem::curved));
    }

    private static double right(ConversionRun run, int layer) {
        return Rates.RIGHT.weights.applyAsDouble(run, layer);
    }

    private static double rate(ConversionRun run) {
        return ((LinearMethod) run.rule()).learningRate();
    }

    private static LinearMap map(ConversionRun run, int layer) {
        return run.standard().network().stages().get(layer).map();
    }

    private static double fanIn(ConversionRun run, int layer) {
        return map(run, layer).fanIn();
    }

    private static double fanOut(ConversionRun run, int layer) {
        return map(run, layer).fanOut();
    }

    private static double taps(ConversionRun run, int layer) {
        return map(run, layer).fanOut() / (double) map(run, layer).outputs();
    }

    private static FalseVariant<ConversionRun> wrong(String name, ToDoubleBiFunction<ConversionRun, Integer> weights) {
        return believed(name, Rates.ofWeights(weights));
    }

    private static FalseVariant<ConversionRun> believed(String name, Rates rates) {
        return new FalseVariant.WrongClaim<>(name, run -> claim(run, rates));
    }

    private static FalseVariant<ConversionRun> built(String name, UnaryOperator<ConversionRun> mistake) {
        return new FalseVariant.WrongConstruction<>(name, mistake);
    }

    /** With a curved activation the scaled network is no longer the network times κ. */
    @SuppressWarnings("ReferenceEquality") // stages may be equal, of which the last is meant
    private static ConversionRun curved(ConversionRun run) {
        Network network = new Network(run.standard().network().stages().stream()
                .map(stage -> new Stage(stage.map(), stage == last(run) ? Activation.LINEAR : Activation.TANH, false))
                .toList());
        return run.with(run.standard().withNetwork(network), run.scaled().withNetwork(network));
    }

    private static Stage last(ConversionRun run) {
        return run.standard().network().stages().get(run.factors().length - 1);
    }
}
