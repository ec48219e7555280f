package org.idem.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of the method's constants, and its stable range against the roots of its companion matrix. */
class LinearMethodTest {
    /**
     * Trace and determinant of the map (θ, v) ↦ (θ', v') on one mode, for η = 1 and curvature μ. With v' = βv + μθ,
     * heavy ball has θ' = θ − v' and Nesterov θ' = θ − μθ − βv'.
     */
    private record Iteration(double trace, double determinant) {
        static Iteration of(LinearMethod optimizer, double mu) {
            double beta = optimizer.momentum();
            double[][] map = optimizer.nesterov()
                    ? new double[][] {{1 - mu - beta * mu, -beta * beta}, {mu, beta}}
                    : new double[][] {{1 - mu, -beta}, {mu, beta}};
            return new Iteration(map[0][0] + map[1][1], map[0][0] * map[1][1] - map[0][1] * map[1][0]);
        }

        double characteristic(double root) {
            return root * root - trace * root + determinant;
        }

        /** Larger modulus of the two roots of z² − trace·z + determinant. */
        double radius() {
            double discriminant = trace * trace / 4 - determinant;
            return discriminant < 0 ? Math.sqrt(determinant) : Math.abs(trace) / 2 + Math.sqrt(discriminant);
        }
    }

    /** Every number is dyadic, so that nothing is rounded: at the edge one root is −1 and the other is given. */
    @ParameterizedTest
    @CsvSource({
        "0,    false, 2,   0",
        "0.5,  false, 3,   -0.5",
        "0.25, false, 2.5, -0.25",
        "0.5,  true,  1.5, 0.25",
    })
    void theEdgeOfTheStableRangeByHand(double momentum, boolean nesterov, double edge, double otherRoot) {
        LinearMethod optimizer = new LinearMethod(1, momentum, nesterov, 0);
        assertEquals(edge, optimizer.stableProduct());
        Iteration atEdge = Iteration.of(optimizer, edge);
        assertEquals(0, atEdge.characteristic(-1));
        assertEquals(0, atEdge.characteristic(otherRoot));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0625, 0.3, 0.5, 0.9, 0.99, 0.9375})
    void rootsLeaveTheUnitDiscExactlyAtTheEdge(double momentum) {
        for (boolean nesterov : new boolean[] {false, true}) {
            LinearMethod optimizer = new LinearMethod(1, momentum, nesterov, 0);
            double edge = optimizer.stableProduct();
            // one part in 2²⁰ inside and outside; the roots move by at least a tenth of that, far more than roundings
            assertTrue(Iteration.of(optimizer, edge * (1 - 0x1p-20)).radius() < 1);
            assertTrue(Iteration.of(optimizer, edge * (1 + 0x1p-20)).radius() > 1);
            for (double share = 0x1p-10; share < 1; share += 0x1p-10) {
                assertTrue(Iteration.of(optimizer, edge * share).radius() < 1, "stable at " + share + " of " + edge);
            }
        }
    }

    @Test
    void constantsOutsideTheirRangeAreNamed() {
        for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            Refusal.says(
                    "learning rate must be positive and finite, got " + rate, () -> LinearMethod.gradientDescent(rate));
        }
        for (double momentum : new double[] {-Double.MIN_VALUE, 1, Double.NaN}) {
            Refusal.says("momentum must lie in [0, 1), got " + momentum, () -> new LinearMethod(1, momentum, false, 0));
        }
        for (double decay : new double[] {-Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY}) {
            Refusal.says(
                    "weight decay must be at least 0 and finite, got " + decay,
                    () -> new LinearMethod(1, 0, false, decay));
        }
        Refusal.says("nesterov needs a momentum above 0, got 0", () -> new LinearMethod(1, 0, true, 0));
    }

    @Test
    void extremeConstantsWithinTheirRangeAreKept() {
        LinearMethod extreme = new LinearMethod(Double.MIN_VALUE, Math.nextDown(1.0), true, Double.MAX_VALUE);
        assertEquals(new LinearMethod(8, Math.nextDown(1.0), true, Double.MAX_VALUE), extreme.withLearningRate(8));
        Refusal.says("learning rate must be positive and finite, got 0.0", () -> extreme.withLearningRate(0));
    }
}
