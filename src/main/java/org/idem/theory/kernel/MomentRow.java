package org.idem.theory.kernel;

import java.util.Arrays;

/**
 * Moments of a row of pairs of signals: E[φφ] and E[φ′φ′]Θ from sizes, cosines and tangent kernels.
 *
 * <p>Equal signals have exactly the moments of one signal, because their cosine is rounded to 1.
 */
final class MomentRow {
    private static final double OVER_PI = 1 / Math.PI;

    private final int length;
    private final double[] work;
    private final double[] spare;
    /** E[φφ]. */
    final double[] product;
    /** E[φ′φ′]Θ. */
    final double[] through;

    private Line x = Line.NONE;
    private Line z = Line.NONE;
    private double[] covariances = {};
    private double[] tangents = {};
    private double[] sizes = {};
    private double[] cosines = {};

    /**
     * Signals of some neighbouring places of an image.
     *
     * @param layer whose signals
     * @param from first place
     * @param count of places
     */
    record Line(ImageRecursion.Layer layer, int from, int count) {
        static final Line NONE = new Line(ImageRecursion.Layer.NONE, 0, 0);
    }

    /** Of single signals. */
    MomentRow(int length) {
        this(length, new double[4][length]);
    }

    /**
     * Of pairs.
     *
     * @param length how many
     * @param rows four rows with room for them
     */
    MomentRow(int length, double[][] rows) {
        this.length = length;
        product = rows[0];
        through = rows[1];
        work = rows[2];
        spare = rows[3];
    }

    /**
     * Tells all pairs of two lines.
     *
     * @param xz covariances, those with all places of z for the first place of x, then for the second
     * @param ofTangents Θ of these
     * @param ofSizes √S_xx·√S_zz
     * @param ofCosines the quotient, rounded
     */
    void see(Line atX, Line atZ, double[] xz, double[] ofTangents, double[] ofSizes, double[] ofCosines) {
        x = atX;
        z = atZ;
        covariances = xz;
        tangents = ofTangents;
        sizes = ofSizes;
        cosines = ofCosines;
    }

    /** Tells each signal of an image with itself. */
    void seeOwn(double[] variances, double[] roots, double[] itsTangents) {
        sizes = new double[length];
        cosines = new double[length];
        for (int i = 0; i < length; i++) {
            work[i] = variances[i] + variances[i];
        }
        Angles.cosines(length, variances, roots, roots, sizes, cosines, spare, 0);
        x = Line.NONE;
        covariances = variances;
        tangents = itsTangents;
    }

    /** φ(h) = h. */
    void identity() {
        System.arraycopy(covariances, 0, product, 0, length);
        System.arraycopy(tangents, 0, through, 0, length);
    }

    /**
     * φ is a line on either side of 0: h times the share of a line, and a ReLU whose square has a share. With t = |c|
     * and the arc a of the cosine t, E of ReLU's product is c/4 + t/4 + (sin a − t·a)/(2π) of the size, and that of its
     * derivatives ¼ ± (¼ − a/(2π)) with the sign of c.
     */
    void kink(double line, double square) {
        double[] products = product;
        double[] derivatives = through;
        Angles.arcs(length, cosines, square / 2 * OVER_PI, derivatives, products);
        double quarter = square / 4;
        double both = line + quarter;
        double[] cosine = cosines;
        double[] size = sizes;
        for (int i = 0; i < length; i++) {
            double c = cosine[i];
            products[i] = size[i] * (both * c + quarter * Math.abs(c) + products[i]);
        }
        double[] inherited = tangents;
        for (int i = 0; i < length; i++) {
            double sign = 1 + 2 * Math.floor(0.5 * cosine[i]);
            derivatives[i] = inherited[i] * (both + sign * (quarter - derivatives[i]));
        }
    }

    /** φ = erf, signals as they are. */
    void erf() {
        if (!x.equals(Line.NONE)) {
            addVariances();
        }
        areas(length, sizes, cosines, product, work);
        slopes(length, product, tangents, through);
        // sines of E[φφ], and √(1 − sine²), which is known better than the sine tells
        sines(length, covariances, sizes, cosines, product, work);
        Angles.others(length, work, product);
        Angles.arcsines(length, work, product);
        for (int i = 0; i < length; i++) {
            product[i] *= 2 * OVER_PI;
        }
    }

    /** S_xx + S_zz of all pairs. */
    private void addVariances() {
        double[] atX = x.layer().variances();
        double[] atZ = z.layer().variances();
        for (int p = 0; p < x.count(); p++) {
            double term = atX[x.from() + p];
            int row = p * z.count();
            for (int q = 0; q < z.count(); q++) {
                work[row + q] = term + atZ[z.from() + q];
            }
        }
    }

    /**
     * Roots of (1 + 2a)(1 + 2b) − 4c² = 1 + 2(a + b) + 4ab(1 − ρ²) and, where the sums a + b were, of (1 + 2a)(1 + 2b)
     * = 1 + 2(a + b) + 4ab.
     */
    private static void areas(int count, double[] size, double[] cosine, double[] open, double[] sums) {
        for (int i = 0; i < count; i++) {
            double t = Math.abs(cosine[i]);
            double area = 4 * (size[i] * size[i]);
            double sum = 1 + 2 * sums[i];
            open[i] = Math.sqrt(sum + area * (Math.abs(1 - t) * (1 + t)));
        }
        for (int i = 0; i < count; i++) {
            sums[i] = Math.sqrt(1 + 2 * sums[i] + 4 * (size[i] * size[i]));
        }
    }

    private static void slopes(int count, double[] open, double[] inherited, double[] result) {
        for (int i = 0; i < count; i++) {
            result[i] = 4 * OVER_PI / open[i] * inherited[i];
        }
    }

    /**
     * Puts √(1 − sine²) into the place of the root of what is open, and sines into that of what is wide. Pairs closer
     * than 60° have their rounded cosine, which is exactly 1 of equal signals; others have their covariance, which
     * keeps its digits where the cosine is small.
     */
    private static void sines(
            int count, double[] covariance, double[] size, double[] cosine, double[] open, double[] wide) {
        for (int i = 0; i < count; i++) {
            double rounded = size[i] * cosine[i];
            double close = Math.floor(Math.abs(cosine[i]) + 0.5);
            double kept = rounded + (1 - close) * (covariance[i] - rounded);
            double inverse = 1 / wide[i];
            open[i] *= inverse;
            wide[i] = 2 * kept * inverse;
        }
    }

    /** erf where it is the line h ↦ √line·h at x, at z or at both. */
    void line(double line, boolean bentAtX, boolean bentAtZ) {
        if (bentAtX || bentAtZ) {
            for (int p = 0; p < x.count(); p++) {
                double width = bentAtX ? 1 + 2 * x.layer().variances()[x.from() + p] : 1;
                for (int q = 0; q < z.count(); q++) {
                    double other = bentAtZ ? 1 + 2 * z.layer().variances()[z.from() + q] : 1;
                    work[p * z.count() + q] = line / Math.sqrt(width * other);
                }
            }
        } else {
            Arrays.fill(work, line);
        }
        for (int i = 0; i < length; i++) {
            product[i] = work[i] * covariances[i];
        }
        for (int i = 0; i < length; i++) {
            through[i] = work[i] * tangents[i];
        }
    }
}
