package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.Horizon;
import org.idem.network.Loss;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalLayer;
import org.idem.network.exact.RationalOptimizer;
import org.idem.network.exact.RationalParameters;
import org.idem.network.exact.RationalProblem;
import org.idem.network.exact.RationalRun;
import org.idem.theorem.exact.ExactCheck;
import org.idem.theorem.exact.ExactEvidence;
import org.idem.theorem.exact.ExactInstance;
import org.idem.theorem.exact.ExactPart;
import org.idem.theorem.exact.ExactResult;
import org.idem.theorem.exact.ExactVariant;
import org.idem.theorem.exact.ExactVariants;
import org.idem.training.exact.ExactForwardPass;
import org.idem.training.exact.ExactTrainer;

/** Theory against training in rational arithmetic: equal, not close. */
class ExactProperties {
    @Property(tries = 1500)
    void theoryEqualsTraining(@ForAll ExactPart part, @ForAll long seed) {
        ExactInstance instance = new ExactInstance(part, seed);
        assertInstanceOf(ExactEvidence.Equal.class, instance.check(), instance::toString);
    }

    @Property(tries = 2)
    void everyFalseVariantIsRefuted(@ForAll long seed) {
        for (ExactVariant variant : ExactVariants.list()) {
            ExactResult result = ExactCheck.run(seed, 20 * ExactCheck.ROUND, variant);
            assertTrue(result.refuted() > 0, () -> variant.name() + " was not refuted: " + result);
        }
    }

    /** The loss is quadratic, so that its central difference is its derivative whatever the step. */
    @Property(tries = 300)
    void aStepFollowsTheDerivativeOfTheLoss(@ForAll long seed, @ForAll boolean convolution) {
        RationalProblem problem = new ExactInstance(convolution ? ExactPart.T2_BIAS : ExactPart.T1_BIAS, seed)
                .run()
                .problem();
        RationalOptimizer descent = RationalOptimizer.gradientDescent(BigFraction.ONE);
        RationalParameters gradient = problem.initial()
                .plus(ExactTrainer.train(new RationalRun(problem, descent, new Horizon.Steps(1), false))
                        .times(BigFraction.MINUS_ONE));
        RationalArray weights = problem.initial().weights();
        RationalArray bias = problem.initial().bias();
        for (int i = 0; i < weights.length(); i++) {
            RationalParameters there = new RationalParameters(unit(i, weights), bias.times(BigFraction.ZERO));
            assertEquals(centralDifference(problem, there), gradient.weights().at(i));
        }
        for (int i = 0; i < bias.length(); i++) {
            RationalParameters there = new RationalParameters(weights.times(BigFraction.ZERO), unit(i, bias));
            assertEquals(centralDifference(problem, there), gradient.bias().at(i));
        }
    }

    private static RationalArray unit(int index, RationalArray like) {
        BigInteger[] entries = new BigInteger[like.length()];
        Arrays.setAll(entries, i -> i == index ? BigInteger.ONE : BigInteger.ZERO);
        return RationalArray.over(entries, BigInteger.ONE, like.shape());
    }

    private static BigFraction centralDifference(RationalProblem problem, RationalParameters direction) {
        BigFraction ahead = loss(problem, problem.initial().plus(direction));
        BigFraction behind = loss(problem, problem.initial().plus(direction.times(BigFraction.MINUS_ONE)));
        return ahead.subtract(behind).multiply(BigFraction.ONE_HALF);
    }

    private static BigFraction loss(RationalProblem problem, RationalParameters parameters) {
        RationalArray outputs = ExactForwardPass.outputs(
                List.of(new RationalLayer(problem.network(), parameters, false)), problem.inputs());
        RationalArray residuals = outputs.minus(problem.targets());
        BigFraction squares = BigFraction.ZERO;
        for (int i = 0; i < residuals.length(); i++) {
            squares = squares.add(residuals.at(i).pow(2));
        }
        return squares.divide(problem.loss() == Loss.MEAN ? residuals.length() : 2);
    }
}
