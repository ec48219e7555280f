package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.LinearProblem;
import org.idem.network.Padding;

/** T2.full-rank against real training. */
class T2FullRankProperties extends LimitFamily {
    T2FullRankProperties() {
        super("T2.full-rank");
    }

    /** An image with one bright pixel has every patch with one bright tap: full rank, and every start is forgotten. */
    @Property(tries = 15)
    void everyStartEndsInTheSamePlace(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Cnn map = new Cnn(1, 1, 3, Padding.CIRCULAR, false);
        Scene drawn = Scene.draw(random, map, 1);
        double[] pixels = new double[12];
        pixels[random.nextInt(12)] = random.nextInt(1, 65) / 64.0;
        Array image = Array.of(pixels, 1, 1, 3, 4);
        LinearProblem problem = drawn.problem().withExamples(image, image);
        Scene scene = untilTheEnd(drawn.with(problem).withSafeRate());
        Scene other = scene.with(problem.withWeights(Scene.numbers(random, map.weightShape())));
        assertEquals(exactLimit(scene), exactLimit(other));
        assertSameLimit(scene, other);
    }
}
