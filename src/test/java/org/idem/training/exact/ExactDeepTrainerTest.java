package org.idem.training.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.LinearMap;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalLayer;
import org.idem.network.exact.RationalOptimizer;
import org.idem.network.exact.RationalParameters;
import org.idem.network.exact.RationalProblem;
import org.junit.jupiter.api.Test;

/** Gradients of deep networks in fractions against differences, and one layer against its own trainer. */
class ExactDeepTrainerTest {
    private final SplittableRandom random = new SplittableRandom(20261127);

    private RationalArray drawn(int... shape) {
        BigInteger[] numerators = new BigInteger[RationalArray.zeros(shape).length()];
        for (int i = 0; i < numerators.length; i++) {
            numerators[i] = BigInteger.valueOf(random.nextInt(-4, 5));
        }
        return RationalArray.over(numerators, BigInteger.TWO, shape);
    }

    private RationalLayer layer(LinearMap map) {
        RationalArray bias = map.bias() ? drawn(map.outputs()) : null;
        return new RationalLayer(map, new RationalParameters(drawn(map.weightShape()), bias), false);
    }

    private static BigFraction loss(List<RationalLayer> layers, RationalArray inputs, RationalArray targets) {
        RationalArray error = ExactForwardPass.outputs(layers, inputs).minus(targets);
        BigFraction sum = BigFraction.ZERO;
        for (int i = 0; i < error.length(); i++) {
            sum = sum.add(error.at(i).pow(2));
        }
        return sum.divide(2);
    }

    private static List<RationalLayer> moved(List<RationalLayer> layers, int at, int weight, int by) {
        RationalLayer old = layers.get(at);
        BigFraction[] step = new BigFraction[old.parameters().weights().length()];
        for (int i = 0; i < step.length; i++) {
            step[i] = new BigFraction(i == weight ? by : 0);
        }
        RationalArray weights = old.parameters()
                .weights()
                .plus(RationalArray.of(step, old.parameters().weights().shape()));
        List<RationalLayer> changed = new ArrayList<>(layers);
        changed.set(
                at,
                new RationalLayer(
                        old.network(),
                        new RationalParameters(weights, old.parameters().bias()),
                        old.relu()));
        return changed;
    }

    /** In one weight alone the loss of a linear network is a parabola, whose slope central differences give exactly. */
    private void assertSlopes(List<RationalLayer> layers, RationalArray inputs) {
        RationalArray targets = drawn(ExactForwardPass.outputs(layers, inputs).shape());
        ExactDeepTrainer trainer =
                new ExactDeepTrainer(layers, inputs, targets, RationalOptimizer.gradientDescent(BigFraction.ONE));
        List<RationalParameters> gradients = trainer.gradients();
        for (int at = 0; at < layers.size(); at++) {
            for (int weight = 0; weight < gradients.get(at).weights().length(); weight++) {
                BigFraction up = loss(moved(layers, at, weight, 1), inputs, targets);
                BigFraction down = loss(moved(layers, at, weight, -1), inputs, targets);
                assertEquals(
                        up.subtract(down).divide(2), gradients.get(at).weights().at(weight));
            }
        }
    }

    @Test
    void gradientsAreSlopes() {
        for (Padding padding : Padding.values()) {
            List<RationalLayer> cnn =
                    List.of(layer(new Cnn(1, 2, 3, padding, true)), layer(new Cnn(2, 1, 3, padding, false)));
            assertSlopes(cnn, drawn(2, 1, 5, 6));
        }
        assertSlopes(
                List.of(layer(new Fcn(3, 2, true)), layer(new Fcn(2, 4, true)), layer(new Fcn(4, 2, false))),
                drawn(2, 3));
    }

    @Test
    void oneLayerMovesAsItsOwnTrainerSays() {
        for (boolean nesterov : new boolean[] {false, true}) {
            RationalOptimizer method = new RationalOptimizer(
                    new BigFraction(1, 3), new BigFraction(1, 2), nesterov, new BigFraction(1, 5));
            RationalLayer start = layer(new Fcn(3, 2, true));
            RationalArray inputs = drawn(4, 3);
            RationalArray targets = drawn(4, 2);
            ExactDeepTrainer deep = new ExactDeepTrainer(List.of(start), inputs, targets, method);
            ExactTrainer own = new ExactTrainer(
                    new RationalProblem(start.network(), inputs, targets, start.parameters(), Loss.HALF_SUM),
                    method,
                    false);
            for (int step = 0; step < 3; step++) {
                deep.steps(1);
                own.step();
                assertEquals(own.parameters(), deep.layers().get(0).parameters());
            }
        }
    }

    /** A unit below 0 neither speaks nor learns. */
    @Test
    void reluPassesBackWhatItPassesOn() {
        LinearMap first = new Fcn(1, 2, false);
        LinearMap second = new Fcn(2, 1, false);
        RationalArray signs =
                RationalArray.over(new BigInteger[] {BigInteger.ONE, BigInteger.ONE.negate()}, BigInteger.ONE, 2, 1);
        RationalArray ones =
                RationalArray.over(new BigInteger[] {BigInteger.ONE, BigInteger.ONE}, BigInteger.ONE, 1, 2);
        List<RationalLayer> layers = List.of(
                new RationalLayer(first, new RationalParameters(signs, null), true),
                new RationalLayer(second, new RationalParameters(ones, null), false));
        RationalArray two = RationalArray.over(new BigInteger[] {BigInteger.TWO}, BigInteger.ONE, 1, 1);
        ExactDeepTrainer trainer = new ExactDeepTrainer(
                layers, two, RationalArray.zeros(1, 1), RationalOptimizer.gradientDescent(BigFraction.ONE));
        assertEquals(
                RationalArray.over(new BigInteger[] {BigInteger.valueOf(4), BigInteger.ZERO}, BigInteger.ONE, 2, 1),
                trainer.gradients().get(0).weights());
    }
}
