package org.idem.theory.kernel;

/**
 * φ = erf. E[φφ] = (2/π) asin t with t = 2S_xz/√((1 + 2S_xx)(1 + 2S_zz)), E[φ′φ′] = (4/π)/√((1 + 2S_xx)(1 + 2S_zz) −
 * 4S_xz²).
 *
 * <p>Signals are told as they are, unless all variances of an input lie below 2⁻⁶⁴: then erf is the line 2h/√π to
 * double precision, and a power of two keeps them from underflow.
 */
record ErfResponse() implements Response {
    private static final double LINE = 4 / Math.PI;
    /** 2⁻⁶⁴ = 4^this. */
    private static final int TINY = -32;
    /** Products of variances up to 4^this stay finite. */
    private static final int LARGEST = 200;
    /** Up to this sine arcsines are summed as a series, of which so many terms are told. */
    private static final double SERIES = 0.5;

    private static final int TERMS = 24;

    @Override
    public long scale(double largestVariance, long scale) {
        if (!(largestVariance > 0)) {
            return scale;
        }
        long half = scale + Math.floorDiv(Math.getExponent(largestVariance), 2);
        if (half > LARGEST) {
            throw new ArithmeticException("erf needs signals of a variance below 4^" + LARGEST
                    + ", whose products stay within double precision, got one of 4^" + half);
        }
        return half >= TINY ? 0 : Scaled.scale(largestVariance, scale);
    }

    @Override
    public double mean(double variance) {
        return 0;
    }

    /** 1 + 2S, 1 for a tiny signal. */
    private static double width(double variance, long scale) {
        return scale == 0 ? 1 + 2 * variance : 1;
    }

    private static double slopeSquare(double variance, long scale) {
        return LINE / Math.sqrt(scale == 0 ? 1 + 4 * variance : 1);
    }

    /** asin(2S/(1 + 2S)), with 1 − t² = (1 + 4S)/(1 + 2S)². */
    private static double ownAngle(double variance) {
        return Math.atan2(2 * variance, Math.sqrt(1 + 4 * variance));
    }

    private static double square(double variance, long scale) {
        return scale == 0 ? 2 / Math.PI * ownAngle(variance) : LINE * variance;
    }

    /**
     * By what share √E[φ²] exceeds that of the line E[φ′]h: √(asin t/t) − 1 with t = 2S/(1 + 2S); 0 of a tiny signal.
     */
    private static double excess(double variance, long scale) {
        double sine = scale == 0 ? 2 * variance / (1 + 2 * variance) : 0;
        double share = 0;
        if (sine > SERIES) {
            share = ownAngle(variance) / sine - 1;
        } else {
            double term = 1;
            for (int k = 1; k < TERMS; k++) {
                term *= sine * sine * (2 * k - 1) * (2 * k - 1) / (2 * k * (2 * k + 1));
                share += term;
            }
        }
        return share / (Math.sqrt(1 + share) + 1);
    }

    @Override
    public Moments of(Overlap signal, long scaleX, long scaleZ) {
        double a = signal.xx();
        double b = signal.zz();
        double u = signal.oneMinusCosine();
        double v = signal.onePlusCosine();
        double widths = width(a, scaleX) * width(b, scaleZ);
        double squareX = square(a, scaleX);
        double squareZ = square(b, scaleZ);
        double known;
        double slope;
        double product;
        // φ is odd: opposite signals have what equal ones have, with the other sign
        double near = Math.min(u, v);
        if (scaleX == 0 && scaleZ == 0) {
            double open = 1 + 2 * (a + b) + 4 * a * b * u * v;
            slope = LINE / Math.sqrt(open);
            known = gap(a, b, near, open);
            double sine = 2 * signal.covariance() / Math.sqrt(widths);
            product = 2 / Math.PI * Math.asin(Math.max(-1, Math.min(1, sine)));
        } else {
            slope = LINE / Math.sqrt(widths);
            double line = LINE * signal.largest() / Math.sqrt(widths);
            product = LINE * signal.covariance() / Math.sqrt(widths);
            // exactly 0 of equal signals: a rounding would grow with depth
            known = line * (excess(a, scaleX) + excess(b, scaleZ) + near);
        }
        Overlap fluctuation =
                Overlap.of(squareX, squareZ, signal.acute(), known).withProduct(product);
        return new Moments(fluctuation, 0, 0, slope, slopeSquare(a, scaleX), slopeSquare(b, scaleZ));
    }

    /** √(E[φ_x²]E[φ_z²]) − E[φ_xφ_z] without the cancellation. */
    private static double gap(double a, double b, double u, double open) {
        if (a == 0 || b == 0) {
            // of a blank input: a rounding would grow with depth
            return 0;
        }
        double widthX = 1 + 2 * a;
        double widthZ = 1 + 2 * b;
        double sine = 2 * Math.sqrt(a) * Math.sqrt(b) * (1 - u) / Math.sqrt(widthX * widthZ);
        double cosine = Math.sqrt(open / (widthX * widthZ));
        double angle = Math.atan2(sine, cosine);
        double ownX = ownAngle(a);
        double ownZ = ownAngle(b);
        double beforeX = difference(a, b, u, sine, cosine, ownX - angle);
        double beforeZ = difference(b, a, u, sine, cosine, ownZ - angle);
        double roots = Math.sqrt(ownX) + Math.sqrt(ownZ);
        double apart = roots > 0 ? (beforeX - beforeZ) / roots : 0;
        return Math.max(0, (beforeX + beforeZ - apart * apart) / Math.PI);
    }

    /**
     * asin(2a/(1 + 2a)) − asin(sine), where x² − y² of the two sines has a form without cancellation; the plain
     * difference where they are far apart.
     */
    private static double difference(double a, double b, double u, double sine, double cosine, double plain) {
        if (!(sine > 0)) {
            return plain;
        }
        double widthX = 1 + 2 * a;
        double widthZ = 1 + 2 * b;
        double own = 2 * a / widthX;
        double ownCosine = Math.sqrt(1 + 4 * a) / widthX;
        double squares = 4 * a / widthX * ((a - b) / widthX + u * (2 - u) * b) / widthZ;
        return Math.atan2(squares / (own * cosine + sine * ownCosine), ownCosine * cosine + own * sine);
    }

    @Override
    public void row(long scaleX, long scaleZ, MomentRow row) {
        if (scaleX == 0 && scaleZ == 0) {
            row.erf();
        } else {
            row.line(LINE, scaleX == 0, scaleZ == 0);
        }
    }
}
