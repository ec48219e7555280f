package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Model;
import org.idem.network.Padding;
import org.idem.training.Trainer;

/** T3.receptive-field against real training. */
class T3ReceptiveFieldProperties extends KnownTheoremProperties {
    T3ReceptiveFieldProperties() {
        super("T3.receptive-field");
    }

    /** Every pixel is computed in the same order: circular networks commute with shifts to the last bit. */
    @Property(tries = 25)
    void circularNetworksCommuteWithShifts(@ForAll long seed, @ForAll Precision precision) {
        SplittableRandom random = new SplittableRandom(seed);
        Model model = DeepDraw.cnn(random, Padding.CIRCULAR, random.nextBoolean(), Activation.values());
        Array images = Scene.numbers(random, 2, 2, 5, 4);
        int[] rows = {random.nextInt(-9, 10), random.nextInt(-9, 10)};
        int[] columns = {random.nextInt(-9, 10), random.nextInt(-9, 10)};
        assertEquals(
                Examples.rolled(Trainer.outputs(model, images, precision), rows, columns),
                Trainer.outputs(model, Examples.rolled(images, rows, columns), precision));
    }
}
