package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Model;
import org.idem.network.Padding;
import org.idem.theory.deep.BlankImage;
import org.idem.training.Trainer;

/** T3.blank-image against real training. */
class T3BlankImageProperties extends KnownTheoremProperties {
    T3BlankImageProperties() {
        super("T3.blank-image");
    }

    private static Array blank(double first, double second, int height, int width) {
        Array blank = Array.zeros(1, 2, height, width);
        Arrays.fill(blank.values(), 0, height * width, first);
        Arrays.fill(blank.values(), height * width, 2 * height * width, second);
        return blank;
    }

    /** Without biases, linear layers and ReLU hand a power of two on to the last bit, in theory and in the engine. */
    @Property(tries = 20)
    void brightnessScales(@ForAll long seed, @ForAll Padding padding, @ForAll @IntRange(min = -9, max = 9) int power) {
        SplittableRandom random = new SplittableRandom(seed);
        Model model = DeepDraw.cnn(random, padding, false, Activation.LINEAR, Activation.RELU);
        double unit = Math.scalb(1.0, power);
        Array plain = blank(0.75, -0.375, 9, 8);
        Array bright = Examples.scaled(plain, unit);
        int radius = BlankImage.radius(model.network());
        assertEquals(Examples.scaled(predicted(model, plain, radius), unit), predicted(model, bright, radius));
        assertEquals(
                Examples.scaled(Trainer.outputs(model, plain, Precision.FLOAT32), unit),
                Trainer.outputs(model, bright, Precision.FLOAT32));
    }

    private static Array predicted(Model model, Array blank, int radius) {
        return BlankImage.outputs(model.network(), model.parameters(), blank, radius, Precision.FLOAT32)
                .values();
    }

    /**
     * A side that is longer by a pixel shows one more copy of the middle, and nothing else. Sums of three layers of
     * multiples of 1/64 are exact in 53 bits, whatever the order in which an image of another size takes them.
     */
    @Property(tries = 20)
    void longerSidesRepeatTheMiddle(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Model model = DeepDraw.cnn(random, Padding.SAME, random.nextBoolean(), Activation.LINEAR, Activation.RELU);
        Precision precision = Precision.FLOAT64;
        int radius = BlankImage.radius(model.network());
        int side = 2 * radius + 1 + random.nextInt(3);
        Array shorter = Trainer.outputs(model, blank(0.5, 0.25, side, 6), precision);
        Array longer = Trainer.outputs(model, blank(0.5, 0.25, side + 1, 6), precision);
        int[] shape = longer.shape();
        for (int channel = 0; channel < shape[1]; channel++) {
            for (int row = 0; row <= side; row++) {
                for (int column = 0; column < 6; column++) {
                    assertEquals(
                            shorter.at(0, channel, row <= radius ? row : row - 1, column),
                            longer.at(0, channel, row, column));
                }
            }
        }
    }
}
