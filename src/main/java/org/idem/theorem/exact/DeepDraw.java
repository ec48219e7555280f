package org.idem.theorem.exact;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.LinearMap;
import org.idem.network.Padding;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalLayer;
import org.idem.network.exact.RationalOptimizer;
import org.idem.network.exact.RationalParameters;
import org.idem.theory.exact.ExactAligned;
import org.idem.theory.exact.ExactBalance;
import org.idem.theory.exact.ExactSymmetry;
import org.idem.theory.exact.RationalMatrix;
import org.idem.training.exact.ExactDeepTrainer;
import org.idem.training.exact.ExactForwardPass;
import org.jspecify.annotations.Nullable;

/** A small deep network in fractions, trained, and compared with what T4 or T6 says of it. */
final class DeepDraw {
    /** Unit vectors, up to order and signs. */
    private static final int[][] UNIT = {{1}, {3, 4, 5}, {5, 12, 13}, {1, 2, 2, 3}, {2, 3, 6, 7}};

    private final RationalDraw draw;
    private final @Nullable DeepMistake mistake;

    private DeepDraw(RationalDraw draw, @Nullable DeepMistake mistake) {
        this.draw = draw;
        this.mistake = mistake;
    }

    /**
     * Compares the statement, or a wrong version of it, with training; for a mistake it is drawn so that it can show.
     */
    static ExactEvidence check(ExactPart part, long seed, @Nullable DeepMistake mistake) {
        DeepDraw drawn = new DeepDraw(new RationalDraw(seed), mistake);
        return switch (part) {
            case T4_PATH -> drawn.path();
            case T4_MODES -> new ModesDraw(drawn.draw, mistake).check(drawn.method());
            case T4_SPLIT -> drawn.split();
            case T4_UNITS -> drawn.units();
            case T6_EQUIVARIANCE -> drawn.equivariance();
            case T6_NO_MEMORY -> drawn.noMemory();
            case T6_HOMOGENEOUS -> drawn.homogeneous();
            default -> throw new IllegalArgumentException(part + " is not about deep networks");
        };
    }

    private RationalOptimizer method() {
        BigFraction zero = BigFraction.ZERO;
        boolean decays = draw.coin() || mistake == DeepMistake.PATH_DECAY || mistake == DeepMistake.SPLIT_DECAY;
        BigFraction decay = decays ? draw.properFraction() : zero;
        boolean carries = draw.coin() || mistake == DeepMistake.PATH_MOMENTUM || mistake == DeepMistake.MODES_MOMENTUM;
        BigFraction momentum = carries ? draw.properFraction() : zero;
        boolean nesterov = draw.coin() && momentum.compareTo(zero) > 0;
        return new RationalOptimizer(draw.properFraction(), momentum, nesterov, decay);
    }

    static RationalOptimizer withoutMomentum(RationalOptimizer method) {
        return RationalOptimizer.gradientDescent(method.learningRate()).withWeightDecay(method.weightDecay());
    }

    private RationalMatrix direction() {
        int[] words = UNIT[draw.whole(mistake == null ? 0 : 1, UNIT.length - 1)];
        int size = words.length == 1 ? 1 : words.length - 1;
        int turned = draw.whole(0, size - 1);
        BigFraction[] entries = new BigFraction[size];
        for (int i = 0; i < size; i++) {
            BigFraction entry = new BigFraction(words[(i + turned) % size], words[words.length - 1]);
            entries[i] = draw.coin() ? entry : entry.negate();
        }
        return new RationalMatrix(RationalArray.of(entries, size, 1));
    }

    private static RationalMatrix across(RationalMatrix direction) {
        return RationalMatrix.identity(direction.rows()).minus(direction.times(direction.transposed()));
    }

    static RationalLayer linear(RationalMatrix weights) {
        LinearMap map = new Fcn(weights.columns(), weights.rows(), false);
        return new RationalLayer(map, new RationalParameters(weights.entries(), null), false);
    }

    static RationalArray joined(List<RationalArray> arrays) {
        List<BigFraction> all = new ArrayList<>();
        for (RationalArray array : arrays) {
            for (int i = 0; i < array.length(); i++) {
                all.add(array.at(i));
            }
        }
        return RationalArray.of(all.toArray(BigFraction[]::new), all.size());
    }

    static RationalArray weights(List<RationalLayer> layers) {
        return joined(layers.stream().map(layer -> layer.parameters().weights()).toList());
    }

    private ExactEvidence path() {
        int depth = draw.whole(mistake == null ? 1 : 2, 3);
        int steps = draw.whole(mistake == null ? 1 : 2, 3);
        RationalOptimizer method = method();
        List<RationalMatrix> directions = new ArrayList<>(List.of(direction()));
        List<BigFraction> strengths = new ArrayList<>();
        List<RationalMatrix> rest = new ArrayList<>();
        List<RationalLayer> layers = new ArrayList<>();
        for (int layer = 0; layer < depth; layer++) {
            directions.add(direction());
            RationalMatrix up = directions.get(layer + 1);
            RationalMatrix down = directions.get(layer);
            strengths.add(new BigFraction(draw.whole(1, 5), 4));
            RationalMatrix any = new RationalMatrix(draw.array(2, up.rows(), down.rows()));
            rest.add(across(up).times(any).times(across(down)));
            layers.add(linear(
                    up.times(down.transposed()).times(strengths.get(layer)).plus(rest.get(layer))));
        }
        BigFraction norm = new BigFraction(draw.whole(1, 3), 2);
        BigFraction target = new BigFraction(draw.whole(1, 3), 2);
        ExactDeepTrainer trainer = new ExactDeepTrainer(
                layers,
                row(directions.get(0).times(norm)),
                row(directions.get(depth).times(target)),
                method);
        trainer.steps(steps);
        RationalOptimizer believed = mistake == DeepMistake.PATH_MOMENTUM ? withoutMomentum(method) : method;
        BigFraction length = mistake == DeepMistake.LONGER_TARGET ? target.multiply(2) : target;
        List<BigFraction> moved = new ExactAligned(norm, length, believed).strengths(strengths, steps);
        BigFraction kept = mistake == DeepMistake.PATH_DECAY ? BigFraction.ONE : ExactAligned.kept(believed, steps);
        List<RationalArray> predicted = new ArrayList<>();
        for (int layer = 0; layer < depth; layer++) {
            boolean still = mistake == DeepMistake.FIRST_LAYER_ALONE && layer > 0;
            RationalMatrix along = directions
                    .get(layer + 1)
                    .times(directions.get(layer).transposed())
                    .times(still ? strengths.get(layer) : moved.get(layer));
            predicted.add(along.plus(rest.get(layer).times(kept)).entries());
        }
        return Comparison.of("weights", joined(predicted), weights(trainer.layers()));
    }

    private static RationalArray row(RationalMatrix column) {
        return column.transposed().entries();
    }

    private static RationalMatrix column(RationalArray row) {
        return new RationalMatrix(row).transposed();
    }

    static boolean isZero(RationalArray array) {
        return array.equals(array.times(BigFraction.ZERO));
    }

    private ExactEvidence split() {
        int depth = draw.whole(1, 3);
        int steps = draw.whole(1, 2);
        RationalOptimizer method = method();
        int inputs = draw.whole(mistake == null ? 1 : 3, 3);
        List<RationalLayer> layers = new ArrayList<>();
        for (int layer = 0, before = inputs; layer < depth; layer++) {
            int units = draw.whole(1, 3);
            layers.add(linear(new RationalMatrix(draw.array(2, units, before))));
            before = units;
        }
        RationalArray example = draw.array(2, 1, inputs);
        while (isZero(example)) {
            example = draw.array(2, 1, inputs);
        }
        RationalArray input = draw.array(3, 1, inputs);
        RationalArray target = draw.array(2, 1, layers.get(depth - 1).network().outputs());
        ExactDeepTrainer trainer = new ExactDeepTrainer(layers, example, target, method);
        trainer.steps(steps);
        RationalMatrix there = column(example);
        RationalMatrix here = column(input);
        BigFraction share = dot(there, here).divide(dot(there, there));
        BigFraction kept = mistake == DeepMistake.SPLIT_DECAY ? BigFraction.ONE : ExactAligned.kept(method, steps);
        RationalMatrix rest = new RationalMatrix(layers.get(0).parameters().weights())
                .times(here.minus(there.times(share)))
                .times(mistake == DeepMistake.SPLIT_REST ? BigFraction.ZERO : kept);
        for (RationalLayer layer : trainer.layers().subList(1, depth)) {
            rest = new RationalMatrix(layer.parameters().weights()).times(rest);
        }
        RationalArray learnt = ExactForwardPass.outputs(trainer.layers(), example);
        return Comparison.of(
                "output",
                row(rest.plus(column(learnt).times(share))),
                ExactForwardPass.outputs(trainer.layers(), input));
    }

    static BigFraction dot(RationalMatrix a, RationalMatrix b) {
        return a.transposed().times(b).at(0, 0);
    }

    /** A CNN or FCN of a few layers, ReLU after all but the last. */
    private List<RationalLayer> network(boolean convolution, boolean bias, boolean relu, int inputs, int depth) {
        List<RationalLayer> layers = new ArrayList<>();
        int kernel = draw.coin() ? 3 : 1;
        for (int layer = 0, before = inputs; layer < depth; layer++) {
            int units = draw.whole(1, 2);
            LinearMap map =
                    convolution ? new Cnn(before, units, kernel, Padding.CIRCULAR, bias) : new Fcn(before, units, bias);
            layers.add(new RationalLayer(map, draw.parameters(map), relu && layer < depth - 1));
            before = units;
        }
        return layers;
    }

    private ExactEvidence units() {
        boolean convolution = draw.coin();
        int inputs = draw.whole(1, 2);
        List<RationalLayer> before = network(convolution, draw.coin(), draw.coin(), inputs, draw.whole(2, 3));
        RationalArray data = convolution
                ? draw.array(2, draw.whole(1, 2), inputs, draw.whole(1, 3), draw.whole(1, 3))
                : draw.array(2, draw.whole(1, 3), inputs);
        RationalArray outputs = ExactForwardPass.outputs(before, data);
        BigFraction rate = draw.properFraction();
        ExactDeepTrainer trainer = new ExactDeepTrainer(
                before, data, draw.array(2, outputs.shape()), RationalOptimizer.gradientDescent(rate));
        List<RationalParameters> gradients = trainer.gradients();
        trainer.steps(1);
        BigFraction factor = mistake == DeepMistake.CONSERVED
                ? BigFraction.ZERO
                : mistake == DeepMistake.FIRST_ORDER ? rate : rate.multiply(rate);
        List<RationalArray> predicted = new ArrayList<>();
        List<RationalArray> seen = new ArrayList<>();
        for (int layer = 0; layer + 1 < before.size(); layer++) {
            RationalArray start = balance(
                    before.get(layer).parameters(), before.get(layer + 1).parameters());
            predicted.add(start.plus(
                    balance(gradients.get(layer), gradients.get(layer + 1)).times(factor)));
            List<RationalLayer> after = trainer.layers();
            seen.add(balance(after.get(layer).parameters(), after.get(layer + 1).parameters()));
        }
        return Comparison.of("balance", joined(predicted), joined(seen));
    }

    private static RationalArray balance(RationalParameters lower, RationalParameters upper) {
        BigFraction[] balance = ExactBalance.of(lower, upper);
        return RationalArray.of(balance, balance.length);
    }

    /** A circular CNN that has learnt one image. */
    private List<RationalLayer> trained(RationalArray image) {
        List<RationalLayer> start = network(true, draw.coin(), draw.coin(), image.size(1), draw.whole(1, 3));
        RationalArray target =
                draw.array(2, ExactForwardPass.outputs(start, image).shape());
        ExactDeepTrainer trainer = new ExactDeepTrainer(start, image, target, method());
        trainer.steps(draw.whole(0, 1));
        return trainer.layers();
    }

    private RationalArray image() {
        return draw.array(2, 1, draw.whole(1, 2), draw.whole(1, 3), draw.whole(1, 3));
    }

    private ExactEvidence equivariance() {
        RationalArray image = image();
        List<RationalLayer> layers = trained(image);
        int down = draw.whole(-2, 2);
        int right = draw.whole(-2, 2);
        int further = mistake == DeepMistake.OTHER_SHIFT ? 1 : 0;
        return Comparison.of(
                "output",
                ExactSymmetry.shifted(ExactForwardPass.outputs(layers, image), down + further, right),
                ExactForwardPass.outputs(layers, ExactSymmetry.shifted(image, down, right)));
    }

    private ExactEvidence noMemory() {
        RationalArray image = image();
        List<RationalLayer> layers = trained(image);
        RationalArray output = ExactForwardPass.outputs(layers, image);
        RationalArray target = draw.array(2, output.shape());
        BigFraction sum = BigFraction.ZERO;
        int shifts = image.size(2) * image.size(3);
        for (int shift = 0; shift < shifts; shift++) {
            RationalArray moved = ExactSymmetry.shifted(image, shift / image.size(3), shift % image.size(3));
            sum = sum.add(square(ExactForwardPass.outputs(layers, moved).minus(target)));
        }
        BigFraction predicted = mistake == DeepMistake.NO_CONTRAST
                ? square(output.minus(target))
                : ExactSymmetry.meanSquare(output, target);
        return Comparison.of("mean", one(predicted), one(sum.divide(shifts)));
    }

    private static RationalArray one(BigFraction number) {
        return RationalArray.of(new BigFraction[] {number}, 1);
    }

    private static BigFraction square(RationalArray array) {
        BigFraction sum = BigFraction.ZERO;
        for (int i = 0; i < array.length(); i++) {
            sum = sum.add(array.at(i).pow(2));
        }
        return sum;
    }

    private ExactEvidence homogeneous() {
        boolean convolution = draw.coin();
        boolean relu = draw.coin() || mistake == DeepMistake.ABSOLUTE;
        int inputs = draw.whole(1, 2);
        List<RationalLayer> start = network(convolution, false, relu, inputs, draw.whole(mistake == null ? 1 : 2, 3));
        RationalArray data = convolution ? draw.array(2, 1, inputs, 2, draw.whole(1, 3)) : draw.array(2, 4, inputs);
        RationalArray target =
                draw.array(2, ExactForwardPass.outputs(start, data).shape());
        ExactDeepTrainer trainer = new ExactDeepTrainer(start, data, target, method());
        trainer.steps(draw.whole(0, 1));
        BigFraction factor = new BigFraction(draw.whole(0, 5), 3);
        BigFraction taken =
                mistake == DeepMistake.ABSOLUTE ? factor.add(BigFraction.ONE).negate() : factor;
        RationalArray outputs = ExactForwardPass.outputs(trainer.layers(), data);
        return Comparison.of(
                "output", outputs.times(taken), ExactForwardPass.outputs(trainer.layers(), data.times(taken)));
    }
}
