package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.network.Model;
import org.idem.network.StageParameters;
import org.idem.theory.deep.Split;

/** T4.split against real training, and how splits of inputs depend on each other. */
class T4SplitProperties extends KnownTheoremProperties {
    T4SplitProperties() {
        super("T4.split");
    }

    /** The training input has no part across itself. */
    @Property(tries = 50)
    void theExampleIsAlongItself(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Array trained = nonzero(random);
        double factor = Math.scalb(1.0, random.nextInt(-6, 7));
        Split split = Split.of(trained, Examples.scaled(trained, factor));
        assertEquals(factor, split.along()[0]);
        assertEquals(Array.zeros(1, 3), split.across().reshape(1, 3));
    }

    /** Both parts scale with the input, and what is across does not depend on the length of the example. */
    @Property(tries = 50)
    void partsScale(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Array trained = nonzero(random);
        Array input = Scene.numbers(random, 1, 3);
        double ofInput = Math.scalb(1.0, random.nextInt(-6, 7));
        double ofExample = Math.scalb(1.0, random.nextInt(-6, 7));
        Split split = Split.of(trained, input);
        Split scaled = Split.of(Examples.scaled(trained, ofExample), Examples.scaled(input, ofInput));
        assertEquals(split.along()[0] * ofInput / ofExample, scaled.along()[0]);
        assertEquals(Examples.scaled(split.across(), ofInput), scaled.across());
    }

    /** The prediction is linear in what was learned; a decay that forgets everything leaves nothing else. */
    @Property(tries = 50)
    void whatDecayForgetsIsTheRest(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Model model = DeepDraw.fcn(random, Activation.LINEAR, false);
        List<StageParameters> stages = model.parameters();
        Array learned = Scene.numbers(random, 1, 2);
        Split split = Split.of(nonzero(random), Scene.numbers(random, 1, 3));
        Array outputs = split.outputs(learned, stages.get(0), 0, stages.subList(1, 2));
        for (int i = 0; i < outputs.length(); i++) {
            // 0 and −0 are the same number
            assertTrue(split.along()[0] * learned.values()[i] == outputs.values()[i]);
        }
    }

    private static Array nonzero(SplittableRandom random) {
        Array drawn = Scene.numbers(random, 1, 3);
        drawn.values()[0] = 1;
        return drawn;
    }
}
