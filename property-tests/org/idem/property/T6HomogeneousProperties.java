package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Model;
import org.idem.network.Padding;
import org.idem.network.TrainingProblem;
import org.idem.training.Trainer;
import org.idem.training.run.Training;

/** T6.homogeneous against real training. */
class T6HomogeneousProperties extends KnownTheoremProperties {
    T6HomogeneousProperties() {
        super("T6.homogeneous");
    }

    /** After training, powers of two pass through CNNs of several paddings to the last bit, one after the other. */
    @Property(tries = 20)
    void powersOfTwoPass(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Padding padding = random.nextBoolean() ? Padding.SAME : Padding.CIRCULAR;
        Model model = DeepDraw.cnn(random, padding, false, Activation.LINEAR, Activation.RELU, Activation.LEAKY_RELU);
        Array inputs = Scene.numbers(random, 1, 2, 4, 4);
        Array targets = Scene.numbers(random, model.network().outputShape(inputs.shape()));
        TrainingProblem problem = new TrainingProblem(model.network(), inputs, targets, model.parameters(), Loss.MEAN);
        double factor = Math.scalb(1.0, random.nextInt(-6, 7));
        try (Training training = new Trainer(problem, LinearMethod.gradientDescent(0x1p-6), Precision.FLOAT64)
                .inBatchesOf(1)
                .withPlainSums()
                .start()) {
            training.train(2);
            Array output = training.outputs(inputs);
            Array scaled = training.outputs(Examples.scaled(inputs, factor));
            for (int i = 0; i < output.length(); i++) {
                assertEquals(0, factor * output.values()[i] - scaled.values()[i]);
            }
        }
    }
}
