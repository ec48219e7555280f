package org.idem.theory.initialisation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** One step of two linear layers, against numbers of other software. */
class FirstStepTest {
    /** Less than 32 roundings of numbers below 1, and of the few above. */
    private static final double ROUNDING = 0x1p-48;

    /**
     * By hand with n = k = 1, from (1) of the page: 3·(0.2·0.5 + 0.1·0.25 − 0.2·0.1·2·0.25·0.5·4). numpy 1.24.2,
     * 200,000 pairs of networks with n = 3, k = 2, d = 4 and others, drawn by another program: means 0.33853 ± 0.00047,
     * 0.10502 ± 0.00024 and 1.17226 ± 0.00109 for 0.33814, 0.10457 and 1.17137; variances 0.043386, 0.011346 and
     * 0.235610 for 0.043454, 0.011283 and 0.235745.
     */
    @Test
    void smallNumbers() {
        FirstStep step = new FirstStep(1, 1, 0.25, 0.5, 0.2, 0.1, 4, 3, 5);
        assertEquals(3 * (0.1 + 0.025 - 0.02), step.mean(), ROUNDING);
        assertEquals(3 * (0.1 + 0.025), step.mean(0), ROUNDING);
        // c = 0.3, c_3 = 0.03, m = 1, m_2 = 3, c_2 = 0.075, ω = 2.75
        double within = 2 * (0.09 - 4 * 0.3 * 0.03 + 4 * 0.0009 * 3) + 0.01 * 0.25 * 2.75;
        double between = Math.pow(0.075 - 0.03 * 2, 2) * 2;
        assertEquals(within + between, step.pairVariance(), ROUNDING);
    }

    @Test
    void wideNetworksFollowTheirKernel() {
        FirstStep step = FirstStep.ofTangentKernel(4, 1 << 30, 3, 2, 0.5, 1, 0.5, 1);
        // powers of two all of them: η − η²(k + 1)κ/n times 2q, without rounding
        assertEquals(0.5 * (1 - Math.scalb(1.0, -30)), step.mean());
    }
}
