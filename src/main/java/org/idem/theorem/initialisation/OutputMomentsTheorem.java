package org.idem.theorem.initialisation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.network.Network;
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
import org.idem.theory.initialisation.OutputMoments;
import org.idem.theory.initialisation.RandomFcn;
import org.idem.theory.initialisation.RandomLayer;

/** T5.moments: second and fourth moments of a random network's outputs. */
record OutputMomentsTheorem() implements Theorem<OutputMomentsTheorem.Powers> {
    private static final Axis.Words<Boolean> FOURTH = Axis.Words.flag("moment", "second", "fourth");

    private static final int NETWORKS = 8;

    /** Fourth powers vary more. */
    private static final int NETWORKS_OF_FOURTH = 64;

    /** Divides the cost of fourth moments, of which most configurations have none. */
    private static final double WORTH_OF_FOURTH = 8;

    /** Of biases, where there are any. */
    private static final double BIAS_VARIANCE = 0.25;

    /**
     * Networks, and the power of their outputs that is averaged.
     *
     * @param ensemble networks
     * @param fourth whether it is the fourth
     */
    record Powers(Ensemble ensemble, boolean fourth) {
        private RandomFcn layers() {
            return RandomFcn.of(ensemble.network(), ensemble.initialization());
        }
    }

    @Override
    public String id() {
        return "T5.moments";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "Before training the mean square of the outputs is known exactly at every depth and width, for every symmetric law of the weights, in linear networks for every law of mean 0. With normal weights and without biases every hidden layer makes the outputs less normal: it multiplies their kurtosis by 1 + 2/n, with ReLU by 1 + 5/n.",
                "\\operatorname{E} f_i^2 = \\sigma_L^2\\,q_{L-1} + \\sigma_b^2, \\quad q_l = \\tfrac12 n_l(\\sigma_l^2 q_{l-1} + \\sigma_b^2) \\text{ with ReLU}, \\quad q_0 = \\lVert x\\rVert^2; \\qquad \\operatorname{E} f_i^4 = 3\\,(\\operatorname{E} f_i^2)^2 \\prod_{l<L} \\bigl(1 + \\tfrac{5}{n_l}\\bigr)",
                "fully connected, linear or ReLU; independent weights and biases of mean 0 and symmetric laws; fourth moments: normal weights, no biases",
                "goes beyond Zhang et al., ICLR 2020");
    }

    @Override
    public List<Dimension> space() {
        return List.of(
                FOURTH.all().weighted(1, 60),
                Axes.ACTIVATION.among(Activation.LINEAR, Activation.RELU).weighted(1, 2),
                Axes.DEPTH.logarithmic(1, 20),
                NetworkSpace.ANY_UNITS,
                NetworkSpace.ANY_INPUTS,
                NetworkSpace.ANY_OUTPUTS,
                Axes.BIAS.all(),
                Axes.INITIALIZER.all(),
                NetworkSpace.ANY_GAIN,
                Axes.PRECISION.all(),
                Axes.ENGINES_OF_DEPTH);
    }

    /**
     * Fourth moments are drawn where they tell something: not of one layer, and rarely of wide or of deep and narrow
     * ones.
     */
    @Override
    public double cost(Configuration c) {
        double cost = NetworkSpace.cost(c, networks(c), 1);
        if (!c.get(FOURTH)) {
            return cost;
        }
        int depth = c.get(Axes.DEPTH);
        double units = c.get(Axes.UNITS);
        boolean fits = c.get(Axes.INITIALIZER).isGaussian() && !c.get(Axes.BIAS) && depth > 1;
        double told = WORTH_OF_FOURTH / (1 + units / 16) / Math.pow(1 + 16 / units, (depth - 1) / 2.0);
        return fits ? cost / told : Double.POSITIVE_INFINITY;
    }

    private static int networks(Configuration c) {
        return c.get(FOURTH) ? NETWORKS_OF_FOURTH : NETWORKS;
    }

    @Override
    public Powers scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        Network network = Network.fcn(c.get(Axes.ACTIVATION), c.get(Axes.BIAS), NetworkSpace.widths(c, random));
        Ensemble ensemble = new Ensemble(
                network,
                NetworkSpace.initialization(c, c.get(Axes.BIAS) ? BIAS_VARIANCE : 0),
                NetworkSpace.vector(random, c.get(NetworkSpace.INPUTS)),
                NetworkSpace.networks(c, networks(c)),
                c.get(Axes.PRECISION),
                Engine.of(c),
                random.nextLong());
        return new Powers(ensemble, c.get(FOURTH));
    }

    @Override
    public List<String> describe(Powers powers) {
        return powers.ensemble().describe();
    }

    @Override
    public Observation observe(Powers powers) {
        return powers.ensemble()
                .observe(
                        powers.fourth()
                                ? OutputMomentsTheorem::meanFourth
                                : output -> NetworkSpace.squaredNorm(output) / output.length());
    }

    private static double meanFourth(Array output) {
        double sum = 0;
        for (int i = 0; i < output.length(); i++) {
            double square = output.values()[i] * output.values()[i];
            sum += square * square;
        }
        return sum / output.length();
    }

    @Override
    public Claim claim(Powers powers) {
        return claim(powers, moment(powers.fourth(), powers.layers(), norm(powers)));
    }

    private static double norm(Powers powers) {
        return powers.ensemble().squaredNorm();
    }

    private static double moment(boolean fourth, RandomFcn layers, double norm) {
        return fourth
                ? OutputMoments.fourth(layers, norm)
                : OutputMoments.meanSquare(layers, norm) / layers.last().units();
    }

    /** A claim about the mean, whose variance is the true one. */
    private static Claim claim(Powers powers, double mean) {
        RandomFcn layers = powers.layers();
        double outputs = layers.last().units();
        double truth = moment(powers.fourth(), layers, norm(powers));
        double square = powers.fourth()
                ? OutputMoments.squaredFourth(layers, norm(powers))
                : OutputMoments.meanSquaredSquare(layers, norm(powers)) / (outputs * outputs);
        return Claim.Mean.ofVariance(mean, square - truth * truth);
    }

    @Override
    public List<FalseVariant<Powers>> falseVariants() {
        return List.of(
                each(
                        "variance of the weights off by a quarter",
                        layer -> new RandomLayer(
                                layer.units(), 1.25 * layer.weightVariance(), layer.biasVariance(), layer.rectified())),
                each(
                        "variance a third, as if the half width of uniform weights were their deviation",
                        layer -> new RandomLayer(
                                layer.units(), layer.weightVariance() / 3, layer.biasVariance(), layer.rectified())),
                each(
                        "ReLU passes everything",
                        layer -> new RandomLayer(layer.units(), layer.weightVariance(), layer.biasVariance(), false)),
                each(
                        "biases forgotten",
                        layer -> new RandomLayer(layer.units(), layer.weightVariance(), 0, layer.rectified())),
                each(
                        "one unit too many in every layer",
                        layer -> new RandomLayer(
                                layer.units() + 1, layer.weightVariance(), layer.biasVariance(), layer.rectified())),
                wrong("a layer forgotten", (powers, layers) -> {
                    List<RandomLayer> all = layers.layers();
                    RandomFcn shorter = new RandomFcn(all.size() == 1 ? all : all.subList(1, all.size()));
                    return moment(powers.fourth(), shorter, norm(powers));
                }),
                kurtosis("outputs are normal: E f⁴ = 3(E f²)²", layer -> 1),
                kurtosis("2/n for 5/n with ReLU", layer -> 1 + 2.0 / layer.units()));
    }

    private static FalseVariant<Powers> each(String name, UnaryOperator<RandomLayer> mistake) {
        return wrong(name, (powers, layers) -> {
            RandomFcn mistaken =
                    new RandomFcn(layers.layers().stream().map(mistake).toList());
            return moment(powers.fourth(), mistaken, norm(powers));
        });
    }

    /** A wrong factor of the kurtosis of every hidden layer, which says nothing of second moments. */
    private static FalseVariant<Powers> kurtosis(String name, ToDoubleFunction<RandomLayer> factor) {
        return new FalseVariant.WrongClaim<>(name, powers -> {
            RandomFcn layers = powers.layers();
            double square = moment(false, layers, norm(powers));
            if (!powers.fourth()) {
                return Claim.Mean.ofVariance(square, Double.POSITIVE_INFINITY);
            }
            double fourth = 3 * square * square;
            for (RandomLayer layer : layers.hidden()) {
                fourth *= factor.applyAsDouble(layer);
            }
            return claim(powers, fourth);
        });
    }

    private static FalseVariant<Powers> wrong(String name, BiFunction<Powers, RandomFcn, Double> mean) {
        return new FalseVariant.WrongClaim<>(name, powers -> claim(powers, mean.apply(powers, powers.layers())));
    }
}
