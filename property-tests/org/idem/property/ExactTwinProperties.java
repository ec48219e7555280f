package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalOptimizer;
import org.idem.network.exact.RationalParameters;
import org.idem.network.exact.RationalProblem;
import org.idem.network.exact.RationalRun;
import org.idem.training.exact.ExactTrainer;
import org.idem.training.layer.LayerTrainer;
import org.idem.training.run.Outcome;

/**
 * The exact trainer and the fast one train the same networks by the same conventions.
 *
 * <p>All numbers are small multiples of powers of two, so that within a few steps every intermediate result fits into
 * the 53 digits of float64, nothing is rounded, and both must agree to the last bit.
 */
class ExactTwinProperties {
    private static final int MOST_STEPS = 4;

    /** Multiples of ½ from −1 to 1. */
    private static Array halves(SplittableRandom random, int... shape) {
        Array array = Array.zeros(shape);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = random.nextInt(-2, 3) / 2.0;
        }
        return array;
    }

    private static LinearProblem problem(SplittableRandom random, boolean convolution) {
        boolean bias = random.nextBoolean();
        // powers of two, or the mean would divide by three
        int examples = 1 << random.nextInt(2);
        int outputs = 1 << random.nextInt(2);
        int channels = random.nextInt(1, 3);
        LinearMap network = convolution
                ? new Cnn(channels, outputs, 3, Padding.values()[random.nextInt(3)], bias)
                : new Fcn(random.nextInt(1, 6), outputs, bias);
        Array inputs =
                convolution ? halves(random, examples, channels, 4, 4) : halves(random, examples, network.fanIn());
        return new LinearProblem(
                network,
                inputs,
                halves(random, network.outputShape(inputs.shape())),
                halves(random, network.weightShape()),
                bias ? halves(random, outputs) : null,
                Loss.values()[random.nextInt(2)]);
    }

    @Property(tries = 500)
    void bothTrainersAgreeToTheLastBit(
            @ForAll long seed,
            @ForAll boolean convolution,
            @ForAll boolean oneAtATime,
            @ForAll @IntRange(max = MOST_STEPS) int steps) {
        SplittableRandom random = new SplittableRandom(seed);
        LinearProblem problem = problem(random, convolution);
        double momentum = random.nextInt(3) == 0 ? 0 : 0.5;
        LinearMethod optimizer =
                new LinearMethod(0.25, momentum, momentum > 0 && random.nextBoolean(), random.nextInt(2) / 2.0);
        Horizon horizon = new Horizon.Steps(steps);
        Outcome outcome =
                new LayerTrainer(problem, Precision.FLOAT64, oneAtATime).train(optimizer, horizon, problem.inputs());
        RationalParameters exact = ExactTrainer.train(
                new RationalRun(RationalProblem.of(problem), RationalOptimizer.of(optimizer), horizon, oneAtATime));
        Outcome.Trained trained = (Outcome.Trained) outcome;
        assertEquals(exact.weights(), RationalArray.of(trained.weights()));
        if (trained.bias() != null) {
            assertEquals(exact.bias(), RationalArray.of(trained.bias()));
        }
    }
}
