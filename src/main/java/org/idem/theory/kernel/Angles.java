package org.idem.theory.kernel;

/**
 * Angles of rows of cosines, within a few units in the last place. Short loops without branches and calls, which the
 * compiler turns into vector instructions; the library's arccosine takes ten times as long.
 *
 * <p>With t = |c| and s² = t² below ½, (1 − t)/2 beyond: asin t is asin s or π/2 − 2 asin s, and √(1 − t²) is √(1 − s²)
 * or 2s√(1 − s²), where s² is at most 1/4. asin s = s + s³P(s²) and √(1 − s²) = 1 + s²R(s²) with polynomials of degree
 * 11 from mpmath's chebyfit with 50 digits, within 6.3e-17.
 */
final class Angles {
    private static final double P0 = 0x1.555555555554fp-3;
    private static final double P1 = 0x1.3333333336da5p-4;
    private static final double P2 = 0x1.6db6db684b6a1p-5;
    private static final double P3 = 0x1.f1c71f95269afp-6;
    private static final double P4 = 0x1.6e8b2b3b10be4p-6;
    private static final double P5 = 0x1.1c593c7b1d958p-6;
    private static final double P6 = 0x1.c87265d47ef49p-7;
    private static final double P7 = 0x1.8522ddffa6208p-7;
    private static final double P8 = 0x1.ff5fc4d14c735p-8;
    private static final double P9 = 0x1.06b9d26d10838p-6;
    private static final double P10 = -0x1.603991d6060e0p-7;
    private static final double P11 = 0x1.cd864394d2ff2p-6;
    private static final double R0 = -0x1.ffffffffffffdp-2;
    private static final double R1 = -0x1.0000000001f4fp-3;
    private static final double R2 = -0x1.fffffffa318bfp-5;
    private static final double R3 = -0x1.400001ae5db19p-5;
    private static final double R4 = -0x1.bfff7fc5331c9p-6;
    private static final double R5 = -0x1.500b373a7068fp-6;
    private static final double R6 = -0x1.0761d32c3105ap-6;
    private static final double R7 = -0x1.b85e45571d2ecp-7;
    private static final double R8 = -0x1.20b281ec75379p-7;
    private static final double R9 = -0x1.1e4170efbc8bfp-6;
    private static final double R10 = 0x1.7486eb73d9180p-7;
    private static final double R11 = -0x1.f109a2dab512ep-6;

    /** This number added and taken away again leaves a multiple of 2⁻⁵⁰. */
    private static final double ROUNDER = 6;

    /** The cosines, multiples of 2⁻⁵⁰; signals closer than that count as equal. */
    final double[] cosine;
    /** asin c, from −π/2 to π/2. */
    final double[] arcsine;
    /** √(1 − c²). */
    final double[] sine;

    /** 1 where t is beyond ½, else 0. */
    private final double[] beyond;

    private final double[] square;

    Angles(int length) {
        cosine = new double[length];
        arcsine = new double[length];
        sine = new double[length];
        beyond = new double[length];
        square = new double[length];
    }

    /**
     * Of covariances divided by the roots of both variances, which come as their inverses; from one place to an end.
     */
    void of(double[] covariances, double inverseRoot, double[] inverseRoots, int from, int end) {
        for (int i = from; i < end; i++) {
            cosine[i] = (covariances[i] * (inverseRoot * inverseRoots[i]) + ROUNDER) - ROUNDER;
        }
        ofCosines(from, end);
    }

    /** Of signals with themselves: cosine 1, or 0 where there is no signal. */
    void ofOwn(double[] covariances, double[] inverseRoots, int from, int end) {
        for (int i = from; i < end; i++) {
            cosine[i] = (covariances[i] * (inverseRoots[i] * inverseRoots[i]) + ROUNDER) - ROUNDER;
        }
        ofCosines(from, end);
    }

    private void ofCosines(int from, int end) {
        for (int i = from; i < end; i++) {
            double t = Math.abs(cosine[i]);
            double far = Math.floor(t + 0.5);
            beyond[i] = far;
            square[i] = Math.fma(far, Math.abs(0.5 - 0.5 * t), (1 - far) * (t * t));
        }
        ofSquares(from, end);
    }

    /** Of new cosines, which the caller has put in place, and the (1 − |c|)/2 that it knows better than they tell. */
    void anew(double[] half, int from, int end) {
        for (int i = from; i < end; i++) {
            double t = Math.abs(cosine[i]);
            double far = Math.floor(t + 0.5);
            beyond[i] = far;
            square[i] = Math.fma(far, half[i], (1 - far) * (t * t));
        }
        ofSquares(from, end);
    }

    private void ofSquares(int from, int end) {
        for (int i = from; i < end; i++) {
            double z = square[i];
            arcsine[i] = Math.fma(
                    Math.fma(Math.fma(Math.fma(Math.fma(Math.fma(P11, z, P10), z, P9), z, P8), z, P7), z, P6), z, P5);
        }
        for (int i = from; i < end; i++) {
            double z = square[i];
            arcsine[i] =
                    Math.fma(Math.fma(Math.fma(Math.fma(Math.fma(arcsine[i], z, P4), z, P3), z, P2), z, P1), z, P0);
        }
        for (int i = from; i < end; i++) {
            double z = square[i];
            sine[i] = Math.fma(
                    Math.fma(Math.fma(Math.fma(Math.fma(Math.fma(R11, z, R10), z, R9), z, R8), z, R7), z, R6), z, R5);
        }
        for (int i = from; i < end; i++) {
            double z = square[i];
            sine[i] = Math.fma(
                    Math.fma(Math.fma(Math.fma(Math.fma(Math.fma(sine[i], z, R4), z, R3), z, R2), z, R1), z, R0), z, 1);
        }
        for (int i = from; i < end; i++) {
            double root = Math.sqrt(square[i]);
            arcsine[i] = Math.fma(root * square[i], arcsine[i], root);
            sine[i] *= Math.fma(beyond[i], root + root - 1, 1);
        }
        for (int i = from; i < end; i++) {
            double size = Math.fma(beyond[i], Math.PI / 2 - 3 * arcsine[i], arcsine[i]);
            arcsine[i] = size * (1 + 2 * Math.floor(0.5 * cosine[i]));
        }
    }
}
