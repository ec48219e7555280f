package org.idem.theory.kernel;

/**
 * Covariances of one quantity at two inputs, as variances and what the covariance falls short of the largest and of the
 * least possible: gap = √(xx·zz) − xz, rise = √(xx·zz) + xz. Nearly equal and nearly opposite inputs keep all digits of
 * their angle, because no step below subtracts; inputs at nearly a right angle keep all digits of their covariance.
 *
 * @param xx variance at x
 * @param zz variance at z
 * @param gap from 0 to 2√(xx·zz)
 * @param rise from 0 to 2√(xx·zz)
 * @param product xz, which counts where it is less than half of √(xx·zz) in size
 */
record Overlap(double xx, double zz, double gap, double rise, double product) {
    /** Of nothing. */
    static final Overlap NONE = new Overlap(0, 0, 0, 0, 0);

    /** Of quantities that are proportional at the two inputs, with a factor that is not negative. */
    static Overlap ofProportional(double x, double z) {
        return new Overlap(x * x, z * z, 0, 2 * x * z, x * z);
    }

    /**
     * Of quantities whose angle is known best by one of two numbers.
     *
     * @param acute whether by the gap
     * @param known gap or rise
     */
    static Overlap of(double xx, double zz, boolean acute, double known) {
        double largest = Math.sqrt(xx) * Math.sqrt(zz);
        double other = Math.max(0, 2 * largest - known);
        return acute
                ? new Overlap(xx, zz, known, other, largest - known)
                : new Overlap(xx, zz, other, known, known - largest);
    }

    /** The same with a covariance that is known better than gap and rise tell. */
    Overlap withProduct(double better) {
        return new Overlap(xx, zz, gap, rise, better);
    }

    /** √(xx·zz). */
    double largest() {
        return Math.sqrt(xx) * Math.sqrt(zz);
    }

    /** Whether the covariance is at least 0. */
    boolean acute() {
        return gap <= rise;
    }

    /** The covariance xz. */
    double covariance() {
        if (Math.abs(product) < largest() / 2) {
            return product;
        }
        return acute() ? largest() - gap : rise - largest();
    }

    /** 1 − cos θ, from 0 to 2. */
    double oneMinusCosine() {
        return share(gap);
    }

    /** 1 + cos θ, from 0 to 2; 2 where there is nothing. */
    double onePlusCosine() {
        return largest() > 0 ? share(rise) : 2;
    }

    private double share(double part) {
        double largest = largest();
        return largest > 0 ? Math.min(2, part / largest) : 0;
    }

    /** Of a quantity multiplied by one number at x and by another at z, neither negative. */
    Overlap scaled(double atX, double atZ) {
        return new Overlap(atX * atX * xx, atZ * atZ * zz, atX * atZ * gap, atX * atZ * rise, atX * atZ * product);
    }

    /**
     * Of the sum of two independent quantities. The gap of the sum exceeds the sum of gaps by what the inequality of
     * Cauchy and Schwarz leaves, which Lagrange's identity gives as a square; the rise likewise.
     */
    Overlap plus(Overlap other) {
        double across = Math.sqrt(xx) * Math.sqrt(other.zz) - Math.sqrt(other.xx) * Math.sqrt(zz);
        double sumX = xx + other.xx;
        double sumZ = zz + other.zz;
        double sizes = Math.sqrt(sumX) * Math.sqrt(sumZ) + largest() + other.largest();
        double left = sizes > 0 ? across / sizes * across : 0;
        return new Overlap(sumX, sumZ, gap + other.gap + left, rise + other.rise + left, product + other.product);
    }
}
