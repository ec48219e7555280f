package org.idem.theory.kernel;

/**
 * Covariances of one quantity at two inputs, as variances and what the covariance falls short of the largest possible:
 * gap = √(xx·zz) − xz. Nearly equal inputs keep all digits of their angle, because no step below subtracts.
 *
 * @param xx variance at x
 * @param zz variance at z
 * @param gap from 0 to 2√(xx·zz)
 */
record Overlap(double xx, double zz, double gap) {
    /** Of quantities that are proportional at the two inputs. */
    static Overlap ofProportional(double x, double z) {
        return new Overlap(x * x, z * z, 0);
    }

    /** √(xx·zz). */
    double largest() {
        return Math.sqrt(xx) * Math.sqrt(zz);
    }

    /** The covariance xz. */
    double covariance() {
        return largest() - gap;
    }

    /** 1 − cos θ, from 0 to 2. */
    double oneMinusCosine() {
        double largest = largest();
        return largest > 0 ? Math.min(2, gap / largest) : 0;
    }

    /** Of a quantity multiplied by one number at x and by another at z. */
    Overlap scaled(double atX, double atZ) {
        return new Overlap(atX * atX * xx, atZ * atZ * zz, atX * atZ * gap);
    }

    /**
     * Of the sum of two independent quantities. The gap of the sum exceeds the sum of gaps by what the inequality of
     * Cauchy and Schwarz leaves, which Lagrange's identity gives as a square.
     */
    Overlap plus(Overlap other) {
        double across = Math.sqrt(xx) * Math.sqrt(other.zz) - Math.sqrt(other.xx) * Math.sqrt(zz);
        double sumX = xx + other.xx;
        double sumZ = zz + other.zz;
        double sizes = Math.sqrt(sumX) * Math.sqrt(sumZ) + largest() + other.largest();
        return new Overlap(sumX, sumZ, gap + other.gap + (sizes > 0 ? across / sizes * across : 0));
    }
}
