package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.theory.initialisation.OutputMoments;
import org.idem.theory.initialisation.RandomFcn;
import org.idem.theory.initialisation.RandomLayer;

/** T5.moments against real networks, and moments among themselves. */
class T5MomentsProperties extends KnownTheoremProperties {
    /** Products and sums of at most 20 layers. */
    private static final double ROUNDING = 0x1p-44;

    private static final int TRIALS = 1500;

    T5MomentsProperties() {
        super("T5.moments", TRIALS);
    }

    private static RandomFcn draw(SplittableRandom random, boolean biases) {
        boolean relu = random.nextBoolean();
        int depth = random.nextInt(1, 21);
        List<RandomLayer> layers = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            int units = random.nextInt(1, 513);
            double bias = biases ? random.nextDouble() : 0;
            layers.add(new RandomLayer(units, (0.25 + random.nextDouble()) / units, bias, relu && i < depth - 1));
        }
        return new RandomFcn(layers);
    }

    /** Without biases a brighter input scales all moments. */
    @Property(tries = 100)
    void momentsScaleWithTheInput(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomFcn network = draw(random, false);
        for (int power = 1; power <= 4; power++) {
            double moment = OutputMoments.meanPower(network, 1, power);
            double brighter = OutputMoments.meanPower(network, 3, power);
            assertEquals(Math.pow(3, power) * moment, brighter, ROUNDING * brighter);
        }
        double fourth = OutputMoments.fourth(network, 1);
        assertEquals(9 * fourth, OutputMoments.fourth(network, 3), ROUNDING * 9 * fourth);
    }

    /** The second moment is affine in the input's, and the fourth is no smaller than its square. */
    @Property(tries = 100)
    void theSecondMomentIsAffine(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomFcn network = draw(random, true);
        double none = OutputMoments.meanSquare(network, 0);
        double one = OutputMoments.meanSquare(network, 1);
        double three = OutputMoments.meanSquare(network, 3);
        assertEquals(3 * one, three + 2 * none, ROUNDING * three);
        assertTrue(OutputMoments.meanSquaredSquare(network, 1) >= one * one);
    }

    /** Powers of one law: E X^p E X^(p + 2) ≥ (E X^(p + 1))². */
    @Property(tries = 100)
    void momentsAreConvex(@ForAll long seed) {
        RandomFcn network = draw(new SplittableRandom(seed), false);
        double[] moments = new double[5];
        moments[0] = 1;
        for (int power = 1; power <= 4; power++) {
            moments[power] = OutputMoments.meanPower(network, 1, power);
        }
        for (int power = 0; power <= 2; power++) {
            assertTrue(moments[power] * moments[power + 2] >= moments[power + 1] * moments[power + 1] * (1 - ROUNDING));
        }
    }

    /** A ReLU layer of 2n units with half the variance passes on the mean of a linear one of n units. */
    @Property(tries = 50)
    void reluNeedsTwiceTheUnits(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int units = random.nextInt(1, 257);
        double[] variances = {0.5, 1.5};
        double linear = OutputMoments.meanSquare(RandomFcn.of(false, variances, units, 3), 1);
        double relu = OutputMoments.meanSquare(RandomFcn.of(true, variances, 2 * units, 3), 1);
        assertEquals(linear, relu, ROUNDING * linear);
    }
}
