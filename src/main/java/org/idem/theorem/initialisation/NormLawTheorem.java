package org.idem.theorem.initialisation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.idem.network.Activation;
import org.idem.network.Network;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Axes;
import org.idem.theorem.Claim;
import org.idem.theorem.Engine;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.idem.theory.initialisation.NormLaw;
import org.idem.theory.initialisation.OutputMoments;
import org.idem.theory.initialisation.RandomFcn;
import org.idem.theory.initialisation.RandomLayer;

/** T5.law: the exact law of the norm of a random network's output. */
record NormLawTheorem() implements Theorem<Ensemble> {
    @Override
    public String id() {
        return "T5.law";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "Before training, with normal weights and without biases, the squared norm of a network's output is that of its input times independent χ² variables, one for each layer, whatever the widths and the depth. With ReLU a hidden layer's number of degrees is itself random, binomial, and the network is dead on an input with a probability known exactly.",
                "\\frac{\\lVert f(x)\\rVert^2}{\\lVert x\\rVert^2} \\sim \\prod_{l=1}^{L} \\sigma_l^2 X_l, \\qquad X_l \\sim \\chi^2_{n_l}, \\quad\\text{with ReLU } X_l \\sim \\chi^2_{B_l},\\ B_l \\sim \\mathrm{Bin}(n_l, \\tfrac12) \\ (l < L), \\qquad P(f(x) = 0) = 1 - \\prod_{l<L}(1 - 2^{-n_l})",
                "fully connected, linear or ReLU, no biases; independent N(0, σ_l²) weights; x ≠ 0",
                "goes beyond Zhang et al., ICLR 2020");
    }

    @Override
    public List<Dimension> space() {
        return List.of(
                Axes.ACTIVATION.among(Activation.LINEAR, Activation.RELU).weighted(1, 2),
                Axes.DEPTH.logarithmic(1, 20),
                NetworkSpace.ANY_UNITS,
                NetworkSpace.ANY_INPUTS,
                NetworkSpace.ANY_OUTPUTS,
                NetworkSpace.NORMAL,
                NetworkSpace.ANY_GAIN,
                Axes.PRECISION.all(),
                Axes.ENGINES_OF_DEPTH);
    }

    @Override
    public double cost(Configuration c) {
        return NetworkSpace.cost(c, 1, 1);
    }

    @Override
    public Ensemble scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        Network network = Network.fcn(c.get(Axes.ACTIVATION), false, NetworkSpace.widths(c, random));
        return new Ensemble(
                network,
                NetworkSpace.initialization(c, 0),
                NetworkSpace.vector(random, c.get(NetworkSpace.INPUTS)),
                1,
                c.get(Axes.PRECISION),
                Engine.of(c),
                random.nextLong());
    }

    @Override
    public List<String> describe(Ensemble ensemble) {
        return ensemble.describe();
    }

    @Override
    public Observation observe(Ensemble ensemble) {
        return ensemble.observe(output -> NetworkSpace.squaredNorm(output) / ensemble.squaredNorm());
    }

    private static RandomFcn layers(Ensemble ensemble) {
        return RandomFcn.of(ensemble.network(), ensemble.initialization());
    }

    @Override
    public Claim claim(Ensemble ensemble) {
        return claim(ensemble, layers(ensemble).layers());
    }

    private static Claim claim(Ensemble ensemble, List<RandomLayer> layers) {
        NormLaw law = NormLaw.of(layers);
        return claim(ensemble, law.atom(), law::cdf);
    }

    /** A dead network stands for any place below the probability of its kind. */
    private static Claim claim(Ensemble ensemble, double atom, DoubleUnaryOperator cdf) {
        double luck = new SplittableRandom(~ensemble.seed()).nextDouble(Double.MIN_NORMAL, 1);
        return new Claim.Law(seen -> seen.values()[0], ratio -> ratio == 0 ? luck * atom : cdf.applyAsDouble(ratio));
    }

    @Override
    public List<FalseVariant<Ensemble>> falseVariants() {
        return List.of(
                each("χ²(n) for χ²(B): all units active", layer -> changed(layer, layer.units(), 1, false)),
                each(
                        "half of each layer's units active, always",
                        layer -> layer.rectified() ? changed(layer, (layer.units() + 1) / 2, 1, false) : layer),
                each(
                        "variance of the weights off by a quarter",
                        layer -> changed(layer, layer.units(), 1.25, layer.rectified())),
                each(
                        "variance a third, as if the half width of uniform weights were their deviation",
                        layer -> changed(layer, layer.units(), 1.0 / 3, layer.rectified())),
                wrong("a hidden layer forgotten", ensemble -> {
                    List<RandomLayer> layers = layers(ensemble).layers();
                    return claim(ensemble, layers.size() == 1 ? layers : layers.subList(1, layers.size()));
                }),
                wrong("no network is dead", NormLawTheorem::withoutTheDead),
                wrong("log-normal with the same two moments", NormLawTheorem::logNormal),
                wrong("normal outputs, as at infinite width", NormLawTheorem::normal));
    }

    private static FalseVariant<Ensemble> each(String name, UnaryOperator<RandomLayer> mistake) {
        return wrong(
                name,
                ensemble -> claim(
                        ensemble,
                        layers(ensemble).layers().stream().map(mistake).toList()));
    }

    private static FalseVariant<Ensemble> wrong(String name, Function<Ensemble, Claim> claim) {
        return new FalseVariant.WrongClaim<>(name, claim);
    }

    private static RandomLayer changed(RandomLayer layer, int units, double factor, boolean rectified) {
        return new RandomLayer(units, factor * layer.weightVariance(), 0, rectified);
    }

    /** The law of networks that are not dead, for all of them. */
    private static Claim withoutTheDead(Ensemble ensemble) {
        NormLaw law = NormLaw.of(layers(ensemble));
        return claim(ensemble, 0, ratio -> (law.cdf(ratio) - law.atom()) / (1 - law.atom()));
    }

    private static Claim logNormal(Ensemble ensemble) {
        double mean = OutputMoments.meanSquare(layers(ensemble), 1);
        double variance = Math.log(OutputMoments.meanSquaredSquare(layers(ensemble), 1) / mean / mean);
        NormalDistribution normal = NormalDistribution.of(Math.log(mean) - variance / 2, Math.sqrt(variance));
        return claim(ensemble, 1, ratio -> normal.cumulativeProbability(Math.log(ratio)));
    }

    private static Claim normal(Ensemble ensemble) {
        double outputs = layers(ensemble).last().units();
        double unit = OutputMoments.meanSquare(layers(ensemble), 1) / outputs;
        ChiSquaredDistribution law = ChiSquaredDistribution.of(outputs);
        return claim(ensemble, 1, ratio -> law.cumulativeProbability(ratio / unit));
    }
}
