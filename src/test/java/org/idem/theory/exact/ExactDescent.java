package org.idem.theory.exact;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.exact.RationalArray;

/**
 * Gradient descent in fractions on fully connected networks without biases, linear or with ReLU, for half the sum of
 * squares; an input that is always 1 makes a bias of the first layer.
 */
final class ExactDescent {
    private final boolean relu;

    ExactDescent(boolean relu) {
        this.relu = relu;
    }

    /** Halves between −2 and 2. */
    static RationalMatrix draw(SplittableRandom random, int rows, int columns) {
        BigInteger[] numerators = new BigInteger[rows * columns];
        for (int i = 0; i < numerators.length; i++) {
            numerators[i] = BigInteger.valueOf(random.nextInt(-4, 5));
        }
        return new RationalMatrix(RationalArray.over(numerators, BigInteger.TWO, rows, columns));
    }

    /** Layers of random widths up to 3. */
    static List<RationalMatrix> layers(SplittableRandom random, int depth, int inputs) {
        List<RationalMatrix> layers = new ArrayList<>();
        int before = inputs;
        for (int layer = 0; layer < depth; layer++) {
            int units = random.nextInt(1, 4);
            layers.add(draw(random, units, before));
            before = units;
        }
        return layers;
    }

    static boolean isZero(RationalMatrix matrix) {
        return matrix.equals(matrix.times(BigFraction.ZERO));
    }

    static BigFraction square(RationalMatrix row) {
        return row.times(row.transposed()).at(0, 0);
    }

    /** 1 where the activation passes a signal on. */
    private boolean open(int layer, int depth, BigFraction sum) {
        return !relu || layer == depth - 1 || sum.compareTo(BigFraction.ZERO) > 0;
    }

    private RationalMatrix gated(RationalMatrix signal, RationalMatrix sums, int layer, int depth) {
        BigFraction[] gated = new BigFraction[signal.rows() * signal.columns()];
        for (int i = 0; i < gated.length; i++) {
            int row = i / signal.columns();
            int column = i % signal.columns();
            gated[i] = open(layer, depth, sums.at(row, column)) ? signal.at(row, column) : BigFraction.ZERO;
        }
        return new RationalMatrix(RationalArray.of(gated, signal.rows(), signal.columns()));
    }

    /** Sums of every layer, and its inputs. */
    private List<List<RationalMatrix>> pass(List<RationalMatrix> layers, RationalMatrix inputs) {
        List<RationalMatrix> sums = new ArrayList<>();
        List<RationalMatrix> signals = new ArrayList<>(List.of(inputs));
        for (int layer = 0; layer < layers.size(); layer++) {
            RationalMatrix sum = layers.get(layer).times(signals.get(layer));
            sums.add(sum);
            signals.add(gated(sum, sum, layer, layers.size()));
        }
        return List.of(sums, signals);
    }

    RationalMatrix outputs(List<RationalMatrix> layers, RationalMatrix inputs) {
        return pass(layers, inputs).get(1).get(layers.size());
    }

    List<RationalMatrix> gradients(List<RationalMatrix> layers, RationalMatrix inputs, RationalMatrix targets) {
        List<List<RationalMatrix>> pass = pass(layers, inputs);
        RationalMatrix back = pass.get(1).get(layers.size()).minus(targets);
        List<RationalMatrix> gradients = new ArrayList<>();
        for (int layer = layers.size() - 1; layer >= 0; layer--) {
            back = gated(back, pass.get(0).get(layer), layer, layers.size());
            gradients.add(0, back.times(pass.get(1).get(layer).transposed()));
            back = layers.get(layer).transposed().times(back);
        }
        return gradients;
    }

    /** One step, weight decay included. */
    static List<RationalMatrix> step(
            List<RationalMatrix> layers, List<RationalMatrix> gradients, BigFraction rate, BigFraction decay) {
        List<RationalMatrix> next = new ArrayList<>();
        for (int layer = 0; layer < layers.size(); layer++) {
            RationalMatrix pull = gradients.get(layer).plus(layers.get(layer).times(decay));
            next.add(layers.get(layer).minus(pull.times(rate)));
        }
        return next;
    }
}
