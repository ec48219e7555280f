package org.idem.theorem.initialisation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.space.Axis;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Axes;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.idem.theory.initialisation.TangentSpread;

/** T5.kernel-mean: where the mean tangent kernel of finite networks is that of infinitely wide ones. */
record KernelMeanTheorem() implements Theorem<Kernels> {
    private static final Axis.Words<Boolean> DIFFERENT = Axis.Words.flag("outputs-of-kernel", "same", "different");
    private static final Axis.Words<Boolean> OPPOSITE = Axis.Words.flag("pair", "any", "nearly-opposite");

    private static final Axis.Words<Boolean> PIXELS = Axis.Words.flag("pixels-of-pair", "same", "any");

    private static final int NETWORKS = 8;
    /** Where false variants differ little from what is seen. */
    private static final int MANY_NETWORKS = 32;

    /** Divides the cost of deep networks with an activation. */
    private static final double WORTH_OF_ACTIVATION = 64;

    private static final double BIAS_VARIANCE = 1;
    /** Passes of one network: forward, and forward and backward of each input. */
    private static final double PASSES = 12;

    /** Largest share of its mean that nearly opposite inputs have in common. */
    private static final double NEARLY = 0.125;

    /** More than the relative variance of tangent kernels of few layers that are not very narrow. */
    private static final double LARGE_VARIANCE = 8;

    @Override
    public String id() {
        return "T5.kernel-mean";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "Before training, the tangent kernel of a finite network is on average exactly that of an infinitely wide one in three cases: two layers, any activation, any pair of inputs; linear networks of any depth; ReLU networks of any depth at one input. For CNNs an input is an image with a pixel of the output. Two different outputs share no kernel on average in any network.",
                "\\operatorname{E}\\,\\Theta_{ij}(x, z) = \\delta_{ij}\\,\\Theta_\\infty(x, z), \\qquad \\Theta_{ij}(x, z) = \\sum_\\theta \\sigma_\\theta^2\\, \\frac{\\partial f_i(x)}{\\partial\\theta} \\frac{\\partial f_j(z)}{\\partial\\theta}",
                "fully connected, or convolutions with padding same or circular; tangent-kernel parametrisation, normal weights and biases; i = j: two layers, or linear, or ReLU with x = z, if fully connected without biases; linear, ReLU and erf are drawn",
                "goes beyond Zhang et al., ICLR 2020");
    }

    @Override
    public List<Dimension> space() {
        return List.of(
                Axes.CONVOLUTION.all().weighted(4, 1),
                Axes.ACTIVATION
                        .among(Activation.LINEAR, Activation.RELU, Activation.ERF)
                        .weighted(1, 3, 5),
                DIFFERENT.all().weighted(2, 1),
                OPPOSITE.all().weighted(1, 5),
                Axes.DEPTH.logarithmic(2, 20),
                NetworkSpace.ANY_UNITS,
                NetworkSpace.ANY_INPUTS,
                Axes.CHANNELS.logarithmic(1, 3),
                Axes.HEIGHT.logarithmic(1, 28),
                Axes.WIDTH.logarithmic(1, 28),
                Axes.KERNEL.odd(1, 5),
                Axes.PADDING.among(Padding.SAME, Padding.CIRCULAR),
                PIXELS.all(),
                Axes.BIAS.all().weighted(2, 1),
                NetworkSpace.GAIN.between(0.5, 1.5),
                Axes.PRECISION.all(),
                Axes.ENGINES_OF_DEPTH);
    }

    private static boolean isDeep(Configuration c, Activation activation) {
        return c.get(Axes.ACTIVATION) == activation && c.get(Axes.DEPTH) > 2;
    }

    /**
     * Deep networks with activations are drawn where false variants differ from the theorem: ReLU not too deep, all
     * narrow. Of CNNs of many layers none has the activation erf.
     */
    @Override
    public double cost(Configuration c) {
        boolean relu = isDeep(c, Activation.RELU);
        boolean erf = isDeep(c, Activation.ERF);
        if (c.get(Axes.CONVOLUTION)) {
            return erf ? Double.POSITIVE_INFINITY : NetworkSpace.costOfImages(c, NETWORKS, PASSES);
        }
        if (relu && c.get(Axes.BIAS) || erf && !c.get(DIFFERENT)) {
            return Double.POSITIVE_INFINITY;
        }
        int depth = c.get(Axes.DEPTH);
        double units = c.get(Axes.UNITS);
        double cost = NetworkSpace.cost(c, depth, networks(c), PASSES);
        if (erf) {
            return cost * (1 + units / 4) / WORTH_OF_ACTIVATION;
        }
        return relu && !c.get(DIFFERENT)
                ? cost * (1 + units / 16) * Math.pow(2, (depth - 3) / 2.0) / WORTH_OF_ACTIVATION
                : cost;
    }

    private static int networks(Configuration c) {
        boolean many = !c.get(Axes.CONVOLUTION)
                && (isDeep(c, Activation.RELU) && !c.get(DIFFERENT) || isDeep(c, Activation.ERF));
        return NetworkSpace.networks(c, many ? MANY_NETWORKS : NETWORKS);
    }

    @Override
    public Kernels scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        boolean images = c.get(Axes.CONVOLUTION);
        int[] widths = NetworkSpace.widths(c, random, c.get(DIFFERENT) ? 2 : 1);
        widths[0] = images ? c.get(Axes.CHANNELS) : widths[0];
        int pixels = images ? c.get(Axes.HEIGHT) * c.get(Axes.WIDTH) : 1;
        Array x = NetworkSpace.vector(random, widths[0] * pixels);
        Array z = NetworkSpace.vector(random, widths[0] * pixels);
        if (!images && isDeep(c, Activation.ERF)) {
            z = x;
        } else if (c.get(OPPOSITE)) {
            for (int i = 0; i < z.length(); i++) {
                z.values()[i] = NEARLY * z.values()[i] - x.values()[i];
            }
        }
        Array both = Array.concatenate(List.of(x, z));
        boolean bias = c.get(Axes.BIAS);
        double gain = c.get(NetworkSpace.GAIN);
        int ofX = random.nextInt(pixels);
        return new Kernels(
                images
                        ? Network.cnn(c.get(Axes.ACTIVATION), bias, c.get(Axes.KERNEL), c.get(Axes.PADDING), widths)
                        : Network.fcn(c.get(Axes.ACTIVATION), bias, widths),
                new Initialization(Initializer.GAUSSIAN, gain, bias ? BIAS_VARIANCE : 0),
                gain * gain,
                images ? both.reshape(2, widths[0], c.get(Axes.HEIGHT), c.get(Axes.WIDTH)) : both,
                ofX,
                c.get(PIXELS) ? random.nextInt(pixels) : ofX,
                networks(c),
                c.get(Axes.PRECISION),
                NetworkSpace.engine(c),
                random.nextLong());
    }

    @Override
    public List<String> describe(Kernels kernels) {
        return List.of(
                "network       " + kernels.network(),
                "variances     " + kernels.weightVariance() + " of weights, " + kernels.initialization(),
                "networks      " + kernels.networks(),
                "pixels        " + kernels.ofX() + " and " + kernels.ofZ());
    }

    @Override
    public Observation observe(Kernels kernels) {
        return kernels.observe();
    }

    /** Of ReLU from three layers on, the theorem speaks of one input alone. */
    private static boolean ofOneInput(Kernels kernels) {
        return kernels.activation() == Activation.RELU && kernels.depth() > 2;
    }

    @Override
    public Claim claim(Kernels kernels) {
        if (kernels.twoOutputs()) {
            return mean(0, Straying.of(kernels).squareOfDifferent(), Kernels.Seen::different);
        }
        return ofOneInput(kernels)
                ? oneInput(kernels, kernels.infinite().sameX())
                : pair(kernels, kernels.infinite().pair());
    }

    private static Claim mean(double mean, double variance, Function<Kernels.Seen, Array> seen) {
        return new Claim.Given<>(Kernels.Seen.class, all -> Claim.Mean.ofVariance(mean, variance), seen);
    }

    /** A mean of Θ(x, x), with the variance that the theorem knows. */
    private static Claim oneInput(Kernels kernels, double mean) {
        return mean(mean, Straying.of(kernels).varianceAtX(), Kernels.Seen::same);
    }

    /** A mean of Θ(x, z), with the variance that the theorem knows. */
    private static Claim pair(Kernels kernels, double mean) {
        return mean(mean, Straying.of(kernels).varianceOfPair(), Kernels.Seen::pair);
    }

    @Override
    public List<FalseVariant<Kernels>> falseVariants() {
        return List.of(
                only(
                        "ReLU off the diagonal from three layers on",
                        kernels -> !kernels.ofImages() && ofOneInput(kernels) && !kernels.twoOutputs(),
                        KernelMeanTheorem::offTheDiagonal),
                only(
                        "erf from three layers on",
                        kernels -> kernels.activation() == Activation.ERF
                                && kernels.depth() > 2
                                && kernels.weightVariance() <= 1
                                && kernels.biasVariance() == 0,
                        KernelMeanTheorem::ofDeepErf),
                only(
                        "different outputs share the kernel",
                        Kernels::twoOutputs,
                        kernels -> mean(
                                kernels.infinite().pair(),
                                Straying.of(kernels).squareOfDifferent(),
                                Kernels.Seen::different)),
                wrong("the last layer alone", Kernels::infinite, true),
                wrong("biases forgotten", kernels -> infinite(kernels, 1, 0), false),
                wrong("variance of the weights off by a quarter", kernels -> infinite(kernels, 1.25, 1), false),
                ofImages(
                        "a sum over the kernel's offsets instead of the mean",
                        Kernels::ofImages,
                        KernelMeanTheorem::summed));
    }

    /** Kernels of multiples of the variances. */
    private static Kernels.Infinite infinite(Kernels kernels, double weights, double biases) {
        Architecture right = kernels.architecture();
        Architecture architecture = new Architecture(
                right.convolutional(),
                right.depth(),
                right.kernel(),
                right.padding(),
                right.activation(),
                biases * kernels.biasVariance() > 0,
                false);
        return kernels.infinite(architecture, weights * kernels.weightVariance(), biases * kernels.biasVariance());
    }

    private static Kernels.Infinite summed(Kernels kernels) {
        int side = kernels.architecture().kernel();
        return infinite(kernels, side * side, 1);
    }

    /** A wrong theorem about some networks, which says nothing about the others. */
    private static FalseVariant<Kernels> only(
            String name, Function<Kernels, Boolean> concerned, Function<Kernels, Claim> claim) {
        return new FalseVariant.WrongClaim<>(
                name,
                kernels -> concerned.apply(kernels)
                        ? claim.apply(kernels)
                        : mean(0, Double.POSITIVE_INFINITY, Kernels.Seen::same));
    }

    /** A wrong kernel of one output. */
    private static FalseVariant<Kernels> wrong(
            String name, Function<Kernels, Kernels.Infinite> kernel, boolean covariance) {
        ToDoubleFunction<Kernels.Infinite> same =
                covariance ? Kernels.Infinite::covarianceOfX : Kernels.Infinite::sameX;
        ToDoubleFunction<Kernels.Infinite> pair =
                covariance ? Kernels.Infinite::covarianceOfPair : Kernels.Infinite::pair;
        return only(
                name,
                kernels -> !kernels.twoOutputs(),
                kernels -> ofOneInput(kernels)
                        ? oneInput(kernels, same.applyAsDouble(kernel.apply(kernels)))
                        : pair(kernels, pair.applyAsDouble(kernel.apply(kernels))));
    }

    /** A wrong kernel of one output channel of some CNNs. */
    private static FalseVariant<Kernels> ofImages(
            String name, Predicate<Kernels> concerned, Function<Kernels, Kernels.Infinite> kernel) {
        return only(
                name,
                kernels -> concerned.test(kernels) && !kernels.twoOutputs(),
                kernels -> ofOneInput(kernels)
                        ? oneInput(kernels, kernel.apply(kernels).sameX())
                        : pair(kernels, kernel.apply(kernels).pair()));
    }

    /** Off the diagonal with the relative variance of the diagonal. */
    private static Claim offTheDiagonal(Kernels kernels) {
        Kernels.Infinite infinite = kernels.infinite();
        double relative = Straying.of(kernels).varianceAtX() / infinite.sameX() / infinite.sameX();
        return mean(infinite.pair(), relative * infinite.pair() * infinite.pair(), Kernels.Seen::pair);
    }

    /** On the diagonal with the relative variance of a linear network, or a large one. */
    private static Claim ofDeepErf(Kernels kernels) {
        double mean = kernels.infinite().sameX();
        TangentSpread linear = Straying.spread(kernels, Activation.LINEAR);
        double square = linear.meanSquare(Straying.pair(kernels).ofFirst());
        Architecture architecture =
                Architecture.fcn(kernels.depth(), Activation.LINEAR, kernels.biasVariance() > 0, false);
        double truth = kernels.infinite(architecture, kernels.weightVariance(), kernels.biasVariance())
                .sameX();
        double relative = Math.min(LARGE_VARIANCE, square / truth / truth - 1);
        return mean(mean, relative * mean * mean, Kernels.Seen::same);
    }
}
