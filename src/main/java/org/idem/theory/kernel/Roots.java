package org.idem.theory.kernel;

/**
 * Variances of the signals of one image and what pairs of signals need of them; live.
 *
 * @param variances S_pp, in places of the grid
 * @param roots √S_pp
 * @param inverses 1/√S_pp, 0 where nothing is
 * @param widths 1 + 2S_pp
 */
record Roots(double[] variances, double[] roots, double[] inverses, double[] widths) {
    static final Roots NONE = of(new double[0]);

    static Roots of(double[] variances) {
        double[] roots = new double[variances.length];
        double[] inverses = new double[variances.length];
        double[] widths = new double[variances.length];
        for (int i = 0; i < variances.length; i++) {
            roots[i] = Math.sqrt(variances[i]);
            inverses[i] = roots[i] > 0 ? 1 / roots[i] : 0;
            widths[i] = 1 + 2 * variances[i];
        }
        return new Roots(variances, roots, inverses, widths);
    }
}
