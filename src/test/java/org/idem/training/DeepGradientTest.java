package org.idem.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.training.deep.DeepTrainer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Backpropagation against derivatives of an independent forward pass, by complex steps. */
class DeepGradientTest {
    private static final int NETWORKS = 300;

    @ParameterizedTest
    @EnumSource(Precision.class)
    void gradientsAreDerivatives(Precision precision) {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        int compared = 0;
        double largest = 0;
        for (int i = 0; i < NETWORKS; i++) {
            TrainingProblem problem = DrawnNetwork.problem(random, random.nextBoolean(), precision);
            GradientBudget budget = new GradientBudget(problem, precision.unitRoundoff());
            if (budget.atKink) {
                continue;
            }
            List<StageParameters> gradient =
                    new DeepTrainer(problem, LinearMethod.gradientDescent(0.1), precision, 1).gradient();
            int stage = random.nextInt(problem.network().depth());
            for (int look = 0; look < 4; look++) {
                int index = random.nextInt(gradient.get(stage).weights().length());
                double observed = gradient.get(stage).weights().values()[index];
                double expected = ComplexStep.weight(problem, stage, index);
                double ratio =
                        Math.abs(observed - expected) / allowed(budget.weights.get(stage)[index]);
                largest = Math.max(largest, ratio);
                assertTrue(
                        ratio <= 1,
                        "seed " + seed + ", network " + i + ": " + observed + " for " + expected + ", "
                                + problem.network());
                compared++;
            }
            Array bias = gradient.get(stage).bias();
            if (bias != null) {
                int index = random.nextInt(bias.length());
                double expected = ComplexStep.bias(problem, stage, index);
                double difference = Math.abs(bias.values()[index] - expected);
                assertTrue(
                        difference <= allowed(budget.biases.get(stage)[index]),
                        "seed " + seed + ", network " + i + ", bias: " + bias.values()[index] + " for " + expected
                                + ", " + problem.network());
            }
        }
        assertTrue(compared > NETWORKS, "too few networks away from kinks, seed " + seed);
        // a budget that is never used to a hundredth would not notice much
        assertTrue(largest > 0.01, "budget too loose, largest share used " + largest + ", seed " + seed);
    }

    /** Below the smallest normal numbers rounding is absolute. */
    private static double allowed(double budget) {
        return budget + Float.MIN_NORMAL;
    }
}
