package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.theory.initialisation.NormLaw;
import org.idem.theory.initialisation.OutputMoments;
import org.idem.theory.initialisation.RandomFcn;
import org.idem.theory.initialisation.RandomLayer;

/** T5.law against real networks, and what the laws have among themselves. */
class T5LawProperties extends KnownTheoremProperties {
    private static final int MOST_LAYERS = 12;
    private static final int MOST_UNITS = 64;

    private static final int TRIALS = 1000;

    T5LawProperties() {
        super("T5.law", TRIALS);
    }

    private static RandomFcn draw(SplittableRandom random) {
        boolean relu = random.nextBoolean();
        int depth = random.nextInt(1, MOST_LAYERS + 1);
        List<RandomLayer> layers = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            int units = random.nextInt(1, MOST_UNITS + 1);
            layers.add(new RandomLayer(units, (0.25 + random.nextDouble()) / units, 0, relu && i < depth - 1));
        }
        return new RandomFcn(layers);
    }

    private static double middle(RandomFcn network, SplittableRandom random) {
        return OutputMoments.meanSquare(network, 1) * Math.exp(2 * random.nextDouble() - 1.5);
    }

    /** Hidden layers may change places with their fan-ins' variances. */
    @Property(tries = 50)
    void theOrderOfHiddenLayersDoesNotMatter(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomFcn network = draw(random);
        List<RandomLayer> shuffled = new ArrayList<>(network.hidden());
        Collections.shuffle(shuffled, new Random(seed));
        shuffled.add(network.last());
        double q = middle(network, random);
        NormLaw one = NormLaw.of(network);
        NormLaw other = NormLaw.of(shuffled);
        assertEquals(one.cdf(q), other.cdf(q), one.error() + other.error());
        assertEquals(one.atom(), other.atom(), 0x1p-48);
    }

    /** Variances scale the law, and all variances together count by their product alone. */
    @Property(tries = 50)
    void variancesAreOneScale(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomFcn network = draw(random);
        List<RandomLayer> scaled = new ArrayList<>(network.layers());
        int place = random.nextInt(scaled.size());
        RandomLayer layer = scaled.get(place);
        scaled.set(place, new RandomLayer(layer.units(), 4 * layer.weightVariance(), 0, layer.rectified()));
        double q = middle(network, random);
        NormLaw one = NormLaw.of(network);
        NormLaw other = NormLaw.of(scaled);
        assertEquals(one.cdf(q), other.cdf(4 * q), one.error() + other.error());
    }

    /** It rises from the atom to 1; a layer more can only kill more networks. */
    @Property(tries = 50)
    void theFunctionRises(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomFcn network = draw(random);
        NormLaw law = NormLaw.of(network);
        double mean = OutputMoments.meanSquare(network, 1);
        double last = law.atom();
        for (double q = 1e-6 * mean; q < 1e6 * mean; q *= 3) {
            double here = law.cdf(q);
            assertTrue(here >= last - 2 * law.error());
            assertEquals(1, here + law.survival(q), 4 * law.error());
            last = here;
        }
        // Markov's inequality for what is left beyond
        assertTrue(1 - last <= 1e-5);
        List<RandomLayer> deeper = new ArrayList<>(network.layers());
        deeper.add(0, new RandomLayer(3, 1, 0, true));
        assertTrue(NormLaw.of(deeper).atom() > law.atom());
    }

    /** The mean of the law is the second moment: ∫ survival, by a sum over steps in log q. */
    @Property(tries = 20)
    void theMeanIsTheSecondMoment(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int width = random.nextInt(16, MOST_UNITS);
        RandomFcn network = RandomFcn.of(random.nextBoolean(), new double[] {0.5, 1, 2}, width, width, 4);
        NormLaw law = NormLaw.of(network);
        double mean = OutputMoments.meanSquare(network, 1);
        double sum = 0;
        double step = 1 / 64.0;
        for (double log = -30; log < 8; log += step) {
            double q = mean * Math.exp(log);
            sum += law.survival(q) * q * step;
        }
        // the sum over the whole line converges faster than any power of the step; tails beyond are below e^(−30) and
        // by the fourth moment below 100 e^(−8·3)
        assertEquals(mean, sum, 1e-6 * mean);
    }
}
