package org.idem.training.deep;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Optimizer;
import org.idem.network.Padding;
import org.idem.network.TrainingProblem;
import org.idem.network.UpdateRule;
import org.idem.training.run.Footprint;
import org.junit.jupiter.api.Test;

/** What plans count, beside what trainings of random networks really hold. */
class DeepFootprintTest {
    private static final int NETWORKS = 60;
    /** As much as a plan may tell too much, of networks of so many numbers or more. */
    private static final double MOST = 0.25;

    private static final int MANY = 1 << 15;

    private final long seed = new SplittableRandom().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);

    private int any(int... values) {
        return values[random.nextInt(values.length)];
    }

    private record Case(
            Network network, int[] inputs, int batch, int[] probes, Optimizer rule, Precision precision, int threads) {}

    private Case drawn() {
        boolean convolutional = random.nextInt(3) > 0;
        boolean bias = random.nextBoolean();
        boolean residual = random.nextInt(3) == 0;
        int depth = 1 + random.nextInt(4);
        int examples = any(1, 1, 2, 5);
        int[] inputs;
        int[] probes;
        Network network;
        if (convolutional) {
            int kernel = any(1, 3, 3, 5, 5, 7, 9, 15);
            int channels = any(1, 3, 16);
            int side = any(12, 16, 28);
            Padding padding = kernel < 7 && depth < 3 ? Padding.values()[random.nextInt(3)] : Padding.SAME;
            int width = kernel > 9 ? any(4, 16, 64) : any(4, 8, 16, 24, 32, 48, 64);
            network = Architecture.cnn(depth, kernel, padding, Activation.RELU, bias, residual)
                    .network(channels, width, channels);
            inputs = new int[] {examples, channels, side, side + any(0, 1)};
            int probed = Math.max(padding == Padding.VALID ? side : 4, any(side, side, 10, 24));
            probes = new int[] {any(1, 4), channels, probed, probed};
        } else {
            int units = any(20, 100, 784);
            network = Architecture.fcn(depth, Activation.RELU, bias, residual)
                    .network(units, any(10, 64, 300, 784), units);
            inputs = new int[] {examples, units};
            probes = new int[] {any(1, 7, 24), units};
        }
        return new Case(
                network,
                inputs,
                any(examples, examples, 1, 2),
                probes,
                UpdateRule.values()[random.nextInt(UpdateRule.values().length)].optimizer(1e-9, 0, false, 0),
                Precision.values()[random.nextInt(2)],
                any(1, 1, 2));
    }

    private Array numbers(int... shape) {
        return Array.of(random.doubles(Array.lengthOf(shape)).toArray(), shape);
    }

    private static List<int[]> parts(int[] inputs, int batch) {
        int least = Math.min(batch, inputs[0]);
        return IntStream.of(least, inputs[0] % least)
                .distinct()
                .filter(count -> count > 0)
                .mapToObj(count -> {
                    int[] shape = inputs.clone();
                    shape[0] = count;
                    return shape;
                })
                .toList();
    }

    private void check(Case drawn) {
        Array inputs = numbers(drawn.inputs);
        int[] outputs = drawn.network.signalShapes(drawn.inputs).get(drawn.network.depth());
        TrainingProblem problem = new TrainingProblem(
                drawn.network,
                inputs,
                numbers(outputs),
                Initialization.of(Initializer.PYTORCH).draw(drawn.network, random),
                Loss.MEAN);
        Footprint told = DeepFootprint.of(
                drawn.network,
                drawn.rule,
                parts(drawn.inputs, drawn.batch),
                List.of(drawn.probes),
                drawn.precision,
                drawn.threads);
        try (DeepTrainer trainer = new DeepTrainer(
                problem, drawn.rule, drawn.precision, drawn.threads, Math.min(drawn.batch, drawn.inputs[0]))) {
            trainer.step();
            trainer.outputs(numbers(drawn.probes));
            HeldMemory held = HeldMemory.of(trainer);
            double real = held.numbers(drawn.precision) - Array.lengthOf(outputs);
            String shown = "seed " + seed + ": " + drawn + ", told " + told.numbers() + " of " + real;
            assertTrue(held.isOfLibrary() || real <= told.numbers(), shown);
            assertTrue(real < MANY || told.numbers() <= (1 + MOST) * real, shown);
        }
    }

    /** Nothing is held that is not told. oneDNN reserves more than it uses, and plans count what is used. */
    @Test
    void plansCountWhatTrainingsHold() {
        for (int i = 0; i < NETWORKS; i++) {
            check(drawn());
        }
    }
}
