package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Model;
import org.idem.network.Padding;
import org.idem.theory.deep.IdentityNetworks;
import org.idem.training.Trainer;

/** T0 against real training. */
class T0Properties extends KnownTheoremProperties {
    T0Properties() {
        super("T0");
    }

    /** Two networks one after the other are one of twice the depth, the crops of valid padding included. */
    @Property(tries = 20)
    void networksCompose(
            @ForAll long seed,
            @ForAll Padding padding,
            @ForAll boolean rectified,
            @ForAll @IntRange(min = 2, max = 4) int depth) {
        SplittableRandom random = new SplittableRandom(seed);
        Array images = Scene.numbers(random, 2, 2, 19, 18);
        Array once = outputs(model(depth, rectified, padding), images);
        Array twice = outputs(model(depth, rectified, padding), once);
        assertEquals(twice, outputs(model(2 * depth, rectified, padding), images));
    }

    private static Model model(int depth, boolean rectified, Padding padding) {
        return IdentityNetworks.cnn(2, Collections.nCopies(depth - 1, 5), rectified, 3, padding);
    }

    /** A zero may change its sign on the way. */
    private static Array outputs(Model model, Array images) {
        Array outputs = Trainer.outputs(model, images, Precision.FLOAT32);
        double[] values = outputs.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += 0.0;
        }
        return Array.of(values, outputs.shape());
    }

    /** Hidden units beyond those that are needed change nothing. */
    @Property(tries = 20)
    void widerIsTheSame(@ForAll long seed, @ForAll boolean rectified) {
        Array inputs = Scene.numbers(new SplittableRandom(seed), 3, 2);
        assertEquals(
                outputs(IdentityNetworks.fcn(2, List.of(4, 4), rectified), inputs),
                outputs(IdentityNetworks.fcn(2, List.of(9, 5), rectified), inputs));
    }
}
