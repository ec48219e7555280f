package org.idem.property;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.LinearMap;
import org.idem.network.LinearProblem;
import org.idem.network.Padding;

/** Networks that train a bias. */
abstract class BiasFamily extends KnownTheoremProperties {
    final boolean convolution;

    BiasFamily(String id, boolean convolution) {
        super(id);
        this.convolution = convolution;
    }

    /** A constant that is added to all targets of an output and to its initial bias is added to what it learns. */
    @Property(tries = 20)
    void aBiasCarriesAShiftOfTheTargets(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Scene drawn = Scene.draw(random, convolution, true);
        Scene scene = random.nextBoolean() ? drawn : drawn.withMomentum(random.nextBoolean());
        LinearProblem problem = scene.problem();
        double[] constants = Scene.numbers(random, problem.map().outputs()).values();
        Array bias = problem.initialBias();
        Scene shifted = scene.with(problem.withTargets(plus(problem.targets(), constants))
                .withInitial(
                        problem.weights(),
                        plus(bias.reshape(1, bias.length()), constants).reshape(bias.shape())));
        Array shifts = plus(Array.zeros(problem.map().outputShape(scene.tests().shape())), constants);
        Relations.assertRelated(scene, OutputMap.same(shifts.length()).plus(shifts.values()), shifted);
    }

    /** One constant for each output, the second axis. */
    private static Array plus(Array array, double[] constants) {
        int each = array.length() / (array.size(0) * constants.length);
        double[] values = array.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += constants[i / each % constants.length];
        }
        return Array.of(values, array.shape());
    }

    /** A bias, decay included, is the weight of an input that is always 1; of a CNN if kernels have one tap. */
    @Property(tries = 20)
    void aBiasIsTheWeightOfAnInputThatIsAlwaysOne(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int outputs = random.nextInt(1, 4);
        int inputs = random.nextInt(1, 4);
        Scene drawn = Scene.draw(random, map(inputs, outputs, true), random.nextInt(1, 4));
        Scene scene = random.nextBoolean() ? drawn : drawn.withDecay();
        LinearProblem problem = scene.problem();
        int perOutput = problem.weights().length() / outputs;
        double[] weights = new double[(perOutput + 1) * outputs];
        for (int output = 0; output < outputs; output++) {
            System.arraycopy(
                    problem.weights().values(), output * perOutput, weights, output * (perOutput + 1), perOutput);
            weights[output * (perOutput + 1) + perOutput] =
                    problem.initialBias().values()[output];
        }
        LinearMap wide = map(inputs + 1, outputs, false);
        Relations.assertSame(
                scene,
                scene.with(new LinearProblem(
                                wide,
                                Examples.wider(problem.inputs(), 1),
                                problem.targets(),
                                Array.of(weights, wide.weightShape()),
                                null,
                                problem.loss()))
                        .withTests(Examples.wider(scene.tests(), 1)));
    }

    private LinearMap map(int inputs, int outputs, boolean bias) {
        return convolution ? new Cnn(inputs, outputs, 1, Padding.SAME, bias) : new Fcn(inputs, outputs, bias);
    }
}
