package org.idem.theorem.initialisation;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.network.Fcn;
import org.idem.network.Initialization;
import org.idem.network.Network;
import org.idem.network.Stage;
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
import org.idem.theory.initialisation.ResidualMoments;

/** T5.residual: how far a random residual network of linear stages leads away from its input. */
record ResidualGrowthTheorem() implements Theorem<Ensemble> {
    private static final Axis.Words<Boolean> SHARED = Axis.Words.flag("variance", "kept", "over-depth");

    private static final int NETWORKS = 16;

    @Override
    public String id() {
        return "T5.residual";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "Before training a residual network of L linear stages moves an input by (1 + γ)^L − 1 times its square on average, γ the mean gain of one stage, whatever the law of the weights of mean 0. So its distance from the identity stays bounded as the depth grows if and only if γ falls at least as fast as 1/L.",
                "f = \\prod_{l}(I + W_l): \\qquad \\operatorname{E}\\,\\lVert f(x) - x\\rVert^2 = \\bigl((1 + \\gamma)^L - 1\\bigr)\\lVert x\\rVert^2, \\qquad \\gamma\\lVert v\\rVert^2 = \\operatorname{E}\\,\\lVert W_l v\\rVert^2",
                "fully connected stages of one width without activations and biases; independent weights of mean 0, of one variance in a stage",
                "goes beyond Zhang et al., ICLR 2020");
    }

    @Override
    public List<Dimension> space() {
        return List.of(
                Axes.DEPTH.logarithmic(1, 20),
                NetworkSpace.ANY_UNITS,
                SHARED.all(),
                Axes.INITIALIZER.all(),
                NetworkSpace.GAIN.between(0.0625, 1.5),
                Axes.PRECISION.all(),
                Axes.ENGINES_OF_DEPTH);
    }

    @Override
    public double cost(Configuration c) {
        return NetworkSpace.cost(c, NETWORKS, 1);
    }

    @Override
    public Ensemble scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        int width = c.get(Axes.UNITS);
        int depth = c.get(Axes.DEPTH);
        Stage stage = new Stage(new Fcn(width, width, false), Activation.LINEAR, true);
        double gain = c.get(NetworkSpace.GAIN) / (c.get(SHARED) ? Math.sqrt(depth) : 1);
        return new Ensemble(
                new Network(Collections.nCopies(depth, stage)),
                new Initialization(c.get(Axes.INITIALIZER), gain, 0.0),
                NetworkSpace.vector(random, width),
                NetworkSpace.networks(c, NETWORKS),
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
        double norm = ensemble.squaredNorm();
        return ensemble.observe(output -> {
            double sum = 0;
            Array input = ensemble.input();
            for (int i = 0; i < output.length(); i++) {
                double moved = output.values()[i] - input.values()[i];
                sum += moved * moved;
            }
            return sum / norm;
        });
    }

    private static ResidualMoments moments(Ensemble ensemble) {
        double[] gains = new double[ensemble.network().depth()];
        Arrays.fill(gains, gain(ensemble));
        return ResidualMoments.of(gains, width(ensemble));
    }

    private static int width(Ensemble ensemble) {
        return ensemble.input().length();
    }

    /** γ. */
    private static double gain(Ensemble ensemble) {
        return width(ensemble)
                * ensemble.initialization()
                        .weightVariance(ensemble.network().stages().get(0).map());
    }

    @Override
    public Claim claim(Ensemble ensemble) {
        ResidualMoments moments = moments(ensemble);
        return Claim.Mean.ofVariance(moments.mean(), moments.variance());
    }

    @Override
    public List<FalseVariant<Ensemble>> falseVariants() {
        return List.of(
                wrong("(1 + γ)^L without the − 1", (gain, depth) -> Math.pow(1 + gain, depth)),
                wrong("Lγ: every stage moves the input alone", (gain, depth) -> gain * depth),
                wrong("γ^L, as without shortcuts", Math::pow),
                wrong("(1 + γ)^(L − 1) − 1: one stage forgotten", (gain, depth) -> Math.pow(1 + gain, depth - 1) - 1),
                wrong("e^(Lγ) − 1, as with infinitely many stages", (gain, depth) -> Math.expm1(gain * depth)),
                wrong(
                        "(1 + √γ)^(2L) − 1: stages add in one direction",
                        (gain, depth) -> Math.pow(1 + Math.sqrt(gain), 2 * depth) - 1),
                wrong(
                        "variance a third, as if the half width of uniform weights were their deviation",
                        (gain, depth) -> Math.expm1(depth * Math.log1p(gain / 3))),
                wrong("variance off by a quarter", (gain, depth) -> Math.expm1(depth * Math.log1p(1.25 * gain))));
    }

    private static FalseVariant<Ensemble> wrong(String name, DoubleBinaryOperator mean) {
        return new FalseVariant.WrongClaim<>(
                name,
                ensemble -> Claim.Mean.ofVariance(
                        mean.applyAsDouble(gain(ensemble), ensemble.network().depth()),
                        moments(ensemble).variance()));
    }
}
