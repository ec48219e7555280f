package org.idem.training;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.network.LinearMap;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.Stage;
import org.idem.network.TrainingProblem;

/** Random architectures with random data. */
public final class DrawnNetwork {
    private DrawnNetwork() {}

    static TrainingProblem problem(SplittableRandom random, boolean convolution, Precision precision) {
        int depth = random.nextInt(1, 5);
        List<Stage> stages = new ArrayList<>();
        int units = random.nextInt(1, 4);
        int first = units;
        int size = random.nextInt(4, 8);
        int left = size;
        for (int i = 0; i < depth; i++) {
            boolean residual = random.nextInt(3) == 0;
            int next = residual ? units : random.nextInt(1, 5);
            boolean bias = random.nextBoolean();
            int kernel = 1 + 2 * random.nextInt(3);
            Padding padding = Padding.values()[random.nextInt(3)];
            if (padding == Padding.VALID && (residual || left - kernel < 1)) {
                padding = Padding.SAME;
            }
            left = padding.outputSize(left, kernel);
            LinearMap map = convolution ? new Cnn(units, next, kernel, padding, bias) : new Fcn(units, next, bias);
            stages.add(new Stage(map, Activation.values()[random.nextInt(Activation.values().length)], residual));
            units = next;
        }
        Network network = new Network(stages);
        int examples = random.nextInt(1, 4);
        int[] inputShape = convolution ? new int[] {examples, first, size, size + 1} : new int[] {examples, first};
        return new TrainingProblem(
                        network,
                        gaussian(random, inputShape),
                        gaussian(random, network.outputShape(inputShape)),
                        new Initialization(Initializer.HE, 1, 0.1).draw(network, random),
                        Loss.values()[random.nextInt(Loss.values().length)])
                .rounded(precision);
    }

    public static Array gaussian(SplittableRandom random, int... shape) {
        return Array.of(Initializer.GAUSSIAN.draw(Array.lengthOf(shape), 1, 1, random), shape);
    }

    /** The problem that a seed draws, in double precision. */
    static TrainingProblem small(long seed, boolean convolution) {
        return problem(new SplittableRandom(seed), convolution, Precision.FLOAT64);
    }
}
