package org.idem.theory.initialisation;

/**
 * log Γ(z) for Re z &gt; 0, up to a multiple of 2πi, which an exponential does not see.
 *
 * <p>Stirling's series at w = z + m with Re w ≥ {@value #FAR}, and Γ(z) = Γ(w)/(z(z + 1)⋯(z + m − 1)). With eight terms
 * what is left of the series is below 2⁹|B₁₈|/(17·18·|w|¹⁷) &lt; 10⁻¹⁵ (Olver, Asymptotics and Special Functions,
 * chapter 8 §4.2). Source of the series: Abramowitz and Stegun 6.1.40.
 */
final class ComplexLogGamma {
    private static final double FAR = 10;

    /** B_{2j}/(2j(2j − 1)). */
    private static final double[] SERIES = {
        1 / 12.0, -1 / 360.0, 1 / 1260.0, -1 / 1680.0, 1 / 1188.0, -691 / 360360.0, 1 / 156.0, -3617 / 122400.0
    };

    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    private ComplexLogGamma() {}

    /**
     * Computes it.
     *
     * @param re real part of z, positive
     * @param im imaginary part of z
     * @param log gets real and imaginary part of log Γ(z)
     * @return bound on the rounding error of either, in units of 2⁻⁵³
     */
    static double of(double re, double im, double[] log) {
        double productRe = 1;
        double productIm = 0;
        double x = re;
        for (; x < FAR; x++) {
            double next = productRe * x - productIm * im;
            productIm = productRe * im + productIm * x;
            productRe = next;
        }
        double square = x * x + im * im;
        double logRe = 0.5 * Math.log(square);
        double logIm = Math.atan2(im, x);
        double inverseRe = x / square;
        double inverseIm = -im / square;
        double squareRe = inverseRe * inverseRe - inverseIm * inverseIm;
        double squareIm = 2 * inverseRe * inverseIm;
        double seriesRe = 0;
        double seriesIm = 0;
        for (int j = SERIES.length - 1; j >= 0; j--) {
            double next = seriesRe * squareRe - seriesIm * squareIm + SERIES[j];
            seriesIm = seriesRe * squareIm + seriesIm * squareRe;
            seriesRe = next;
        }
        double shift = 0.5 * Math.log(productRe * productRe + productIm * productIm);
        log[0] = (x - 0.5) * logRe
                - im * logIm
                - x
                + HALF_LOG_TWO_PI
                + seriesRe * inverseRe
                - seriesIm * inverseIm
                - shift;
        log[1] = (x - 0.5) * logIm
                + im * logRe
                - im
                + seriesRe * inverseIm
                + seriesIm * inverseRe
                - Math.atan2(productIm, productRe);
        return 8 * Math.sqrt(square) * (Math.abs(logRe) + 4) + 8 * Math.abs(shift) + 100;
    }
}
