package org.idem.theory.kernel;

/**
 * Angles of rows of pairs of signals. Loops without branches and calls, short enough for the compiler to make vector
 * instructions of them: it does so up to some fifty operations. The library's arccosine takes ten times as long.
 *
 * <p>An arc from 0 to π/2 with the cosine t and the sine s exceeds π/4 by d with sin d = (s − t)/√2 and cos d = (s +
 * t)/√2; d = sin d·W(1 − cos d), W of degree 11 within 1.5e-17. The arcsine of t up to ½ is t + t³P(t²), P of degree 11
 * within 6.3e-17. Both are from mpmath's chebyfit with 50 digits.
 *
 * <p>W stands twice. A method of its own would be longer than what the compiler puts in place of a call, and a loop of
 * its own would no longer hide the time of the square roots: arcs would take a third more time.
 */
final class Angles {
    private static final double W0 = 0x1.0000000000000p+0;
    private static final double W1 = 0x1.55555555555d2p-2;
    private static final double W2 = 0x1.11111111072b3p-3;
    private static final double W3 = 0x1.d41d41ddece38p-5;
    private static final double W4 = 0x1.a019ff1ea464ap-6;
    private static final double W5 = 0x1.7a469060e063dp-7;
    private static final double W6 = 0x1.5d23f57505b73p-8;
    private static final double W7 = 0x1.4676fe2c72044p-9;
    private static final double W8 = 0x1.2cc56a16367bcp-10;
    private static final double W9 = 0x1.4b469673bda96p-11;
    private static final double W10 = 0x1.a6ddfc7ba6f73p-14;
    private static final double W11 = 0x1.436014764c0e7p-12;
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

    private static final double ROOT_HALF = Math.sqrt(0.5);

    /** This number added and taken away again leaves a multiple of 2⁻⁵⁰; signals closer than that count as equal. */
    private static final double ROUNDER = 6;

    /** Added to sizes, it changes none above 2⁻⁹⁴⁷ and gives pairs without signal the cosine 0. */
    private static final double TINY = 0x1p-1000;

    private Angles() {}

    /**
     * Sizes √S_xx·√S_zz and cosines of pairs of signals.
     *
     * @param count of pairs; the first of each row
     * @param covariances S_xz
     * @param xRoots √S_xx
     * @param zRoots √S_zz
     * @param sizes get the first result
     * @param cosines get the second, rounded to multiples of 2⁻⁵⁰; may exceed 1 by a few of them
     * @param flags get 1 where the cosine is ±1 up to a margin, else 0
     * @param margin below 1
     */
    static void cosines(
            int count,
            double[] covariances,
            double[] xRoots,
            double[] zRoots,
            double[] sizes,
            double[] cosines,
            double[] flags,
            double margin) {
        for (int i = 0; i < count; i++) {
            double size = xRoots[i] * zRoots[i];
            double cosine = (covariances[i] / (size + TINY) + ROUNDER) - ROUNDER;
            sizes[i] = size;
            cosines[i] = cosine;
            flags[i] = Math.floor(Math.abs(cosine) + margin);
        }
    }

    /**
     * Arcs a = arccos t of t = |c|, and s − t·a with s = √(1 − t²), both times a factor.
     *
     * @param count of pairs
     * @param cosines c, from −1 to 1
     * @param factor of both results
     * @param arcs get the first
     * @param bends get the second
     */
    static void arcs(int count, double[] cosines, double factor, double[] arcs, double[] bends) {
        for (int i = 0; i < count; i++) {
            double t = Math.abs(cosines[i]);
            double s = Math.sqrt(Math.abs(1 - t) * (1 + t));
            double u = 1 - (s + t) * ROOT_HALF;
            double v = u * u;
            double arc = Math.PI / 4
                    + (s - t)
                            * ROOT_HALF
                            * Math.fma(
                                    Math.fma(
                                            Math.fma(Math.fma(Math.fma(Math.fma(W11, v, W9), v, W7), v, W5), v, W3),
                                            v,
                                            W1),
                                    u,
                                    Math.fma(
                                            Math.fma(Math.fma(Math.fma(Math.fma(W10, v, W8), v, W6), v, W4), v, W2),
                                            v,
                                            W0));
            arcs[i] = factor * arc;
            bends[i] = factor * (s - t * arc);
        }
    }

    /**
     * Arcs arccos t of t = |sine|.
     *
     * @param count of sines
     * @param sines from −1 to 1
     * @param others √(1 − t²); get the result
     */
    static void others(int count, double[] sines, double[] others) {
        for (int i = 0; i < count; i++) {
            double t = Math.abs(sines[i]);
            double s = others[i];
            double u = 1 - (s + t) * ROOT_HALF;
            double v = u * u;
            others[i] = Math.PI / 4
                    + (s - t)
                            * ROOT_HALF
                            * Math.fma(
                                    Math.fma(
                                            Math.fma(Math.fma(Math.fma(Math.fma(W11, v, W9), v, W7), v, W5), v, W3),
                                            v,
                                            W1),
                                    u,
                                    Math.fma(
                                            Math.fma(Math.fma(Math.fma(Math.fma(W10, v, W8), v, W6), v, W4), v, W2),
                                            v,
                                            W0));
        }
    }

    /**
     * Arcsines, of small sines with all digits.
     *
     * @param count of sines
     * @param sines from −1 to 1
     * @param others get asin t; hold π/2 − asin t of t = |sine|
     */
    static void arcsines(int count, double[] sines, double[] others) {
        for (int i = 0; i < count; i++) {
            double sine = sines[i];
            double z = sine * sine;
            double rest = Math.fma(
                    Math.fma(
                            Math.fma(
                                    Math.fma(
                                            Math.fma(
                                                    Math.fma(
                                                            Math.fma(
                                                                    Math.fma(
                                                                            Math.fma(
                                                                                    Math.fma(
                                                                                            Math.fma(P11, z, P10),
                                                                                            z,
                                                                                            P9),
                                                                                    z,
                                                                                    P8),
                                                                            z,
                                                                            P7),
                                                                    z,
                                                                    P6),
                                                            z,
                                                            P5),
                                                    z,
                                                    P4),
                                            z,
                                            P3),
                                    z,
                                    P2),
                            z,
                            P1),
                    z,
                    P0);
            double far = Math.floor(Math.abs(sine) + 0.5);
            double small = Math.fma(sine * z, rest, sine);
            double large = (Math.PI / 2 - others[i]) * (1 + 2 * Math.floor(0.5 * sine));
            others[i] = Math.fma(far, large, (1 - far) * small);
        }
    }
}
