package org.idem.theory.kernel;

/**
 * Moments of one signal with a row of signals: E[φφ] and E[φ′φ′]Θ from variances, covariances and tangent kernels.
 *
 * <p>Equal signals have exactly the moments of one signal, because their cosine is rounded to 1.
 */
final class MomentRow {
    private static final double OVER_PI = 1 / Math.PI;
    /** So many places of all rows at hand stay in the processor's cache; shorter pieces cost more than they save. */
    private static final int BLOCK = 4096;

    private final int length;
    private final Angles angles;
    private final double[] work;
    private final double[] wide;
    private final double[] open;
    /** Where E[φφ] is put. */
    double[] product;
    /** Where E[φ′φ′]Θ is put. */
    double[] through;

    private boolean own;
    private int place;
    private Roots xRoots = Roots.NONE;
    private Roots zRoots = Roots.NONE;
    private double[] covariances = {};
    private double[] tangents = {};

    MomentRow(int length, double[] product, double[] through) {
        this.length = length;
        this.product = product;
        this.through = through;
        angles = new Angles(length);
        work = new double[length];
        wide = new double[length];
        open = new double[length];
    }

    /** The signal at a place of x with all signals of z. */
    void see(Roots x, int xPlace, Roots z, double[] xzCovariances, double[] xzTangents) {
        own = false;
        xRoots = x;
        place = xPlace;
        zRoots = z;
        covariances = xzCovariances;
        tangents = xzTangents;
    }

    /** Each signal of an image with itself. */
    void seeOwn(Roots roots, double[] itsTangents) {
        own = true;
        xRoots = roots;
        zRoots = roots;
        covariances = roots.variances();
        tangents = itsTangents;
    }

    /** φ(h) = h. */
    void identity() {
        System.arraycopy(covariances, 0, product, 0, length);
        System.arraycopy(tangents, 0, through, 0, length);
    }

    /** φ is a line on either side of 0: h times the share of a line, and a ReLU whose square has a share. */
    void kink(double line, double square) {
        for (int from = 0; from < length; from += BLOCK) {
            int end = Math.min(length, from + BLOCK);
            angles(from, end);
            multiply(xRoots.roots(), zRoots.roots(), work, from, end);
            kink(angles.cosine, angles.arcsine, angles.sine, from, end);
            if (line != 0) {
                addLine(line, square, from, end);
            }
        }
    }

    private void kink(double[] cosine, double[] arcsine, double[] sine, int from, int end) {
        for (int i = from; i < end; i++) {
            double share = Math.fma(arcsine[i], OVER_PI, 0.5);
            through[i] = 0.5 * share * tangents[i];
            product[i] = 0.5 * work[i] * Math.fma(cosine[i], share, OVER_PI * sine[i]);
        }
    }

    private void addLine(double line, double square, int from, int end) {
        for (int i = from; i < end; i++) {
            product[i] = line * covariances[i] + square * product[i];
        }
        for (int i = from; i < end; i++) {
            through[i] = line * tangents[i] + square * through[i];
        }
    }

    private void angles(int from, int end) {
        if (own) {
            angles.ofOwn(covariances, zRoots.inverses(), from, end);
        } else {
            angles.of(covariances, xRoots.inverses()[place], zRoots.inverses(), from, end);
        }
    }

    private void multiply(double[] atX, double[] atZ, double[] result, int from, int end) {
        if (own) {
            for (int i = from; i < end; i++) {
                result[i] = atX[i] * atX[i];
            }
        } else {
            double factor = atX[place];
            for (int i = from; i < end; i++) {
                result[i] = factor * atZ[i];
            }
        }
    }

    private void add(double[] atX, double[] atZ, double[] result, int from, int end) {
        if (own) {
            for (int i = from; i < end; i++) {
                result[i] = atX[i] + atX[i];
            }
        } else {
            double term = atX[place];
            for (int i = from; i < end; i++) {
                result[i] = term + atZ[i];
            }
        }
    }

    /** φ = erf, signals as they are. */
    void erf() {
        for (int from = 0; from < length; from += BLOCK) {
            int end = Math.min(length, from + BLOCK);
            angles(from, end);
            multiply(xRoots.widths(), zRoots.widths(), wide, from, end);
            // (1 + 2a)(1 + 2b) − 4c² = 1 + 2(a + b) + 4ab(1 − ρ²)
            add(xRoots.variances(), zRoots.variances(), open, from, end);
            multiply(xRoots.roots(), zRoots.roots(), work, from, end);
            erf(angles.cosine, angles.sine, from, end);
            angles.anew(work, from, end);
            for (int i = from; i < end; i++) {
                product[i] = 2 * OVER_PI * angles.arcsine[i];
            }
        }
    }

    private void erf(double[] cosine, double[] sine, int from, int end) {
        for (int i = from; i < end; i++) {
            double area = work[i] * sine[i];
            open[i] = 1 + 2 * open[i] + 4 * (area * area);
        }
        for (int i = from; i < end; i++) {
            through[i] = 4 * OVER_PI / Math.sqrt(open[i]) * tangents[i];
        }
        for (int i = from; i < end; i++) {
            cosine[i] = 2 * (work[i] * cosine[i]) / Math.sqrt(wide[i]);
        }
        for (int i = from; i < end; i++) {
            work[i] = 0.5 * (open[i] / wide[i]) / (1 + Math.abs(cosine[i]));
        }
    }

    /** erf where it is the line h ↦ √line·h at x, at z or at both. */
    void line(double line, boolean bentAtX, boolean bentAtZ) {
        double width = bentAtX ? xRoots.widths()[place] : 1;
        double[] widths = zRoots.widths();
        for (int i = 0; i < length; i++) {
            work[i] = line / Math.sqrt(width * (bentAtZ ? widths[i] : 1));
        }
        for (int i = 0; i < length; i++) {
            product[i] = work[i] * covariances[i];
        }
        for (int i = 0; i < length; i++) {
            through[i] = work[i] * tangents[i];
        }
    }
}
