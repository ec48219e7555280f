package org.idem.theorem.deep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.image.ImagePool;
import org.idem.network.Activation;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.TrainingProblem;
import org.idem.space.Configuration;
import org.idem.theorem.Evidence;
import org.idem.theorem.Theorem;
import org.idem.training.TrainingEngine;
import org.idem.training.convolution.Convolution;
import org.idem.training.convolution.ConvolutionShape;
import org.idem.training.convolution.WinogradConvolution;
import org.idem.training.memory.Memory;
import org.idem.training.run.Training;
import org.idem.training.witness.Witness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeepRunTest {
    private static final int WITNESSED = 16;

    private final long seed = new SplittableRandom().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);

    /** Outputs of all channels in one corner, before and after a pixel that it does not see has changed. */
    private static List<Array> corners(TrainingEngine engine, TrainingProblem problem) {
        List<Array> corners = new ArrayList<>();
        Array image = problem.inputs();
        Array changed = Array.of(image.values().clone(), image.shape());
        // with a kernel of side 5 the pixel at (0, 0) sees columns 0 to 2
        changed.values()[3] += 100;
        try (Training training = engine.start(problem, LinearMethod.gradientDescent(0x1p-10), Precision.FLOAT32, 1)) {
            training.train(1);
            for (Array seen : List.of(image, changed)) {
                Array outputs = training.outputs(seen);
                int channels = outputs.size(1);
                double[] corner = new double[channels];
                for (int channel = 0; channel < channels; channel++) {
                    corner[channel] = outputs.values()[channel * outputs.length() / channels];
                }
                corners.add(Array.of(corner, channels));
            }
        }
        return corners;
    }

    /**
     * Convolutions that transform whole tiles let a pixel's rounding reach outputs that do not see the pixel; budgets
     * are proved for sums of products, which do not.
     */
    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void trialsConvolveBySumsOfProducts(int kernel) {
        int channels = 16;
        Network network = Network.cnn(Activation.LINEAR, false, kernel, Padding.SAME, channels, channels);
        Array image = RunSpace.uniform(random, 1, channels, 12, 12);
        TrainingProblem problem = new TrainingProblem(
                network, image, image, new Initialization(Initializer.HE, 1, 0.1).draw(network, random), Loss.MEAN);
        List<Array> plain = corners(DeepRun.FAST, problem);
        assertEquals(plain.get(0), plain.get(1), "seed " + seed);
        List<Array> ofWitness = corners(Witness::new, problem);
        assertEquals(ofWitness.get(0), ofWitness.get(1), "seed " + seed);
        double[][] transformed = transformedCorners(channels, kernel);
        assertFalse(
                Arrays.equals(transformed[0], transformed[1]), "the test would not notice a transform, seed " + seed);
    }

    /** As {@link #corners}, by a convolution that transforms tiles, with inputs and weights of its own. */
    private double[][] transformedCorners(int channels, int kernel) {
        int side = 12 + kernel - 1;
        ConvolutionShape shape = new ConvolutionShape(1, side, side, channels, channels, kernel);
        Convolution convolution = new WinogradConvolution(shape, 1);
        double[] drawn = RunSpace.uniform(random, 1, shape.inputLength()).values();
        double[] kernels = RunSpace.uniform(random, 1, kernel * kernel * channels * channels)
                .values();
        Memory outputs = Memory.allocate(12L * 12 * channels, Precision.FLOAT32);
        double[][] corners = new double[2][channels];
        for (double[] corner : corners) {
            convolution.forward(Memory.of(kernels, Precision.FLOAT32), Memory.of(drawn, Precision.FLOAT32), outputs);
            outputs.load(0, corner, channels);
            // the first column that outputs at (0, 0) do not see
            for (int channel = 0; channel < channels; channel++) {
                drawn[kernel * channels + channel] += random.nextDouble(100, 200);
            }
        }
        return corners;
    }

    /** Bounds of many layers multiply to more than float32 holds the inverse of. */
    @Test
    void learningRatesOfManyLayersDoNotUnderflow() {
        EquivarianceTheorem theorem = new EquivarianceTheorem(ImagePool.DRAWN);
        Configuration c = Configuration.parse(
                theorem.space(),
                "depth=18 units=14 shortcut=none height=9 width=1 channels=1 kernel=9 image=checkerboard rule=descent method=descent momentum=0.79296875 steps=2 rate=0.2578125 precision=float64 engine=fast bias=none activation=erf padding=same seed=-4257144915362569950");
        assertTrue(theorem.scenario(c).run().optimizer().learningRate() > 0);
    }

    /**
     * T3.first-layer and T3.imbalance, with the witness for the engine: what was recorded lies within their budgets.
     */
    @ParameterizedTest
    @ValueSource(strings = {"T3.first-layer", "T3.imbalance"})
    void budgetsHoldForTheWitness(String id) {
        ImagePool pool = ImagePool.DRAWN;
        Theorem<DeepRun> theorem = id.equals("T3.imbalance") ? new ImbalanceTheorem(pool) : new FirstLayerTheorem(pool);
        int decided = 0;
        double largest = 0;
        for (int trial = 0; trial < WITNESSED; trial++) {
            DeepRun run = theorem.scenario(theorem.draw(random.nextLong())).by(Witness::new);
            if (theorem.claim(run).against(theorem.observe(run)) instanceof Evidence.Compared compared) {
                assertTrue(compared.holds(), "seed " + seed + ", trial " + trial + ": " + compared);
                largest = Math.max(largest, compared.ratio());
                decided++;
            }
        }
        assertTrue(decided > WITNESSED / 2, "too few trials said anything, seed " + seed);
        assertTrue(largest > 0.01, "budget too loose, largest share used " + largest + ", seed " + seed);
    }
}
