package org.idem.theorem.exact;

import java.math.BigInteger;
import java.util.List;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMap;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalLayer;
import org.idem.network.exact.RationalOptimizer;
import org.idem.network.exact.RationalProblem;
import org.idem.network.exact.RationalRun;
import org.idem.theorem.exact.ExactPart.Feature;
import org.idem.theory.exact.ExactClosedForm;
import org.idem.theory.exact.IdentityConstruction;
import org.idem.training.exact.ExactForwardPass;

/**
 * Draws the training run of an instance of T1 or T2: as general as the statement allows, and small, because the number
 * of digits grows with size and steps.
 */
final class RunDraw {
    private static final int MOST_STEPS = 6;
    /** More than half of the draws have full rank. */
    private static final int MOST_DRAWS = 1000;

    private final RationalDraw draw;
    private final boolean convolution;
    private final Feature feature;

    RunDraw(ExactPart part, long seed) {
        draw = new RationalDraw(seed);
        convolution = part.convolution();
        feature = part.feature();
    }

    RationalRun run() {
        RationalProblem problem = problem();
        for (int draws = 1; feature == Feature.FULL_RANK && rank(problem) < parametersPerOutput(problem); draws++) {
            if (draws == MOST_DRAWS) {
                throw new IllegalStateException("no patches of full rank among " + draws + " draws");
            }
            problem = problem();
        }
        RationalOptimizer optimizer = optimizer();
        if (feature.limit()) {
            return new RationalRun(problem, stable(problem, optimizer), new Horizon.Limit(), feature.oneAtATime());
        }
        boolean carries = optimizer.momentum().compareTo(BigFraction.ZERO) > 0;
        Horizon steps = new Horizon.Steps(draw.whole(carries ? 1 : 0, MOST_STEPS));
        return new RationalRun(problem, optimizer, steps, feature.oneAtATime());
    }

    private static int rank(RationalProblem problem) {
        return new ExactClosedForm(problem).rank();
    }

    private static int parametersPerOutput(RationalProblem problem) {
        return problem.network().fanIn() + (problem.network().bias() ? 1 : 0);
    }

    private RationalProblem problem() {
        boolean several = feature == Feature.DEPENDENT_DATA || feature.oneAtATime();
        int examples = draw.whole(several ? 2 : 1, convolution ? 3 : 4);
        boolean bias = feature == Feature.BIAS || draw.coin();
        LinearMap network;
        RationalArray inputs;
        if (convolution) {
            Padding padding = Padding.values()[draw.whole(0, 2)];
            int kernel = draw.coin() ? 3 : 1;
            int least = padding == Padding.VALID ? kernel : 1;
            // a limit is seen after as many steps as there are parameters, and digits grow with each step
            boolean manySteps = kernel > 1 && feature.limit() && feature != Feature.FULL_RANK;
            int channels = manySteps ? 1 : draw.whole(1, 2);
            int outputs = feature == Feature.FULL_RANK ? channels : draw.whole(1, 2);
            network = new Cnn(channels, outputs, kernel, padding, bias);
            inputs = draw.array(4, examples, channels, draw.whole(least, 4), draw.whole(least, 4));
        } else {
            network = new Fcn(draw.whole(1, 6), draw.whole(1, 3), bias);
            inputs = draw.array(4, examples, network.fanIn());
        }
        inputs = feature == Feature.DEPENDENT_DATA ? firstTwiceAtTheEnd(inputs) : inputs;
        return new RationalProblem(
                network, inputs, targets(network, inputs), draw.parameters(network), Loss.values()[draw.whole(0, 1)]);
    }

    /** Replaces the last example by twice the first one. */
    private static RationalArray firstTwiceAtTheEnd(RationalArray inputs) {
        BigInteger[] numerators = new BigInteger[inputs.length()];
        int example = inputs.length() / inputs.size(0);
        int last = inputs.length() - example;
        for (int i = 0; i < numerators.length; i++) {
            numerators[i] =
                    i < last ? inputs.numerator(i) : inputs.numerator(i - last).shiftLeft(1);
        }
        return RationalArray.over(numerators, inputs.denominator(), inputs.shape());
    }

    /** The identity where it fits and is drawn or needed, else a teacher's outputs or arbitrary numbers. */
    private RationalArray targets(LinearMap network, RationalArray inputs) {
        boolean consistent = feature == Feature.ONE_AT_A_TIME_LIMIT || draw.coin();
        boolean square = network.outputs() == inputs.size(1);
        if (feature == Feature.FULL_RANK || (square && consistent && draw.coin())) {
            return ExactForwardPass.outputs(identity(network), inputs);
        }
        if (consistent) {
            return ExactForwardPass.outputs(
                    List.of(new RationalLayer(network, draw.parameters(network), false)), inputs);
        }
        return draw.array(draw.whole(1, 4), network.outputShape(inputs.shape()));
    }

    /** One layer without bias that returns its inputs. */
    static List<RationalLayer> identity(LinearMap network) {
        int size = network.outputs();
        return network instanceof Cnn cnn
                ? IdentityConstruction.cnn(size, size, cnn.kernel(), cnn.padding(), 1, false)
                : IdentityConstruction.fcn(size, size, 1, false);
    }

    private RationalOptimizer optimizer() {
        BigFraction rate = draw.properFraction();
        BigFraction zero = BigFraction.ZERO;
        boolean mayDecay = feature == Feature.LIMIT
                || feature == Feature.BIAS
                || feature == Feature.ONE_AT_A_TIME
                || feature == Feature.HEAVY_BALL
                || feature == Feature.NESTEROV;
        BigFraction decay = feature == Feature.DECAY || (mayDecay && draw.coin()) ? draw.properFraction() : zero;
        boolean anyMethod = feature == Feature.DECAY || feature == Feature.ONE_AT_A_TIME || feature == Feature.LIMIT;
        boolean nesterov = feature == Feature.NESTEROV || (anyMethod && draw.coin());
        boolean momentum = nesterov || feature == Feature.HEAVY_BALL || (anyMethod && draw.coin());
        return new RationalOptimizer(rate, momentum ? draw.properFraction() : zero, nesterov, decay);
    }

    /** The same method with the largest power of two for which it surely converges, step by step or all at once. */
    private RationalOptimizer stable(RationalProblem problem, RationalOptimizer optimizer) {
        // the mean over one of n examples weighs it n times as much as the mean over all
        int heaviest = feature.oneAtATime() ? problem.examples() : 1;
        BigFraction bound =
                new ExactClosedForm(problem).curvatureBound().multiply(heaviest).add(optimizer.weightDecay());
        BigFraction rate = BigFraction.ONE;
        while (rate.multiply(bound).compareTo(BigFraction.ONE) > 0) {
            rate = rate.multiply(BigFraction.ONE_HALF);
        }
        return optimizer.withLearningRate(rate);
    }
}
