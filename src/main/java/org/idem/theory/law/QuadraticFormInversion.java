package org.idem.theory.law;

/**
 * One tail of a quadratic form by inverting its Laplace transform along a hyperbola, with a proved error.
 *
 * <p>For x up to mean + standard deviation P(Q ≤ x) = (2πi)⁻¹ ∫ e^(px) L(p)/p dp along p(u) = b + μ(1 + sin(iu − α)),
 * which passes the pole 0 on its right; beyond, P(Q &gt; x) = −(2πi)⁻¹ ∫ of the same between the pole and the
 * singularities. b is at or just right of the saddle point of e^(px)L(p). |e^(px)L(p)| falls along every ray that
 * leaves a real point right of the saddle at an angle between 90° and 135°, so the strip of hyperbolas with α from
 * {@value #RIGHT_ANGLE} to π/4 obeys bounds in closed form; they set the step of the trapezoidal rule, and the last
 * node bounds what is cut off. Source: proofs/quadratic-form.md.
 *
 * @param lower whether the probability is P(Q ≤ x); otherwise it is P(Q &gt; x)
 * @param probability of that tail, in [0, 1]
 * @param density at x, in units of the largest weight; good enough for Newton steps, without a proved error
 * @param error bound on the absolute error of the probability: step, cut-off and rounding
 * @param nodes evaluations of the transform
 */
record QuadraticFormInversion(boolean lower, double probability, double density, double error, int nodes) {
    private static final double RIGHT_ANGLE = 0.1;
    private static final double LEFT_ANGLE = Math.PI / 4;
    private static final double ANGLE = (LEFT_ANGLE + RIGHT_ANGLE) / 2;
    private static final double HALF_STRIP = (LEFT_ANGLE - RIGHT_ANGLE) / 2;
    /** Covers the rounding of the bounds themselves, whose exponents are far below 2⁴⁰. */
    private static final double MARGIN = 1.001;

    private static final double ROUNDOFF = 0x1p-53;
    /** A point between singularities and pole: Chernoff's bound P(Q &gt; x) ≤ e^(cx)L(c) finds tails that underflow. */
    private static final double FAR = -0.25;

    private static final double LOG_SMALLEST = Math.log(Double.MIN_VALUE);

    /**
     * Inverts at x &gt; 0, in units of the largest weight. The step and the cut-off may each err by the wanted share of
     * e^(vx)L(v)·μ/|v|, v the vertex: about the tail itself, up to a factor of 10.
     */
    static QuadraticFormInversion at(QuadraticFormTransform law, double x, double wanted) {
        if (law.logReal(FAR) + FAR * x < LOG_SMALLEST) {
            return new QuadraticFormInversion(false, 0, 0, Double.MIN_VALUE, 0);
        }
        double mean = law.tiltedMean(0);
        boolean lower = x <= mean + law.tiltedSpread(0);
        double base = lower && x >= mean ? 0 : saddle(law, x, lower);
        double scale = distance(law, x, base) / (1 - Math.sin(ANGLE));
        if (!lower) {
            // the right edge of the strip stays half-way between saddle and pole
            scale = Math.min(scale, -base / (2 * (1 - Math.sin(RIGHT_ANGLE))));
        }
        return new Hyperbola(law, x, lower, base, scale).sum(wanted);
    }

    /** A point at which the tilted mean lies below x by at most a tenth of the tilted standard deviation. */
    private static double saddle(QuadraticFormTransform law, double x, boolean lower) {
        // distances from the first singularity −½; the mean tilted to low is above x, tilted to high below
        double low = lower ? 0.5 : 0.5 / x;
        double high = lower ? 0.5 + (law.degrees() / 2.0 + law.noncentrality() / 8) / x : 0.5;
        double at = lower ? Math.min(high, 0.5 * law.tiltedMean(0) / x) : Math.max(low, 0.5 * law.tiltedMean(0) / x);
        while (true) {
            double mean = law.tiltedMean(at - 0.5);
            double spread = law.tiltedSpread(at - 0.5);
            if ((mean <= x && x - mean <= 0.1 * spread) || high - low <= 2 * Math.ulp(high)) {
                return (mean <= x ? at : high) - 0.5;
            }
            if (mean > x) {
                low = at;
            } else {
                high = at;
            }
            double aim = Math.max(x - 0.05 * spread, 0.5 * x);
            double next = at * Math.exp(Math.log(mean / aim) * mean / (at * spread * spread));
            at = next > low && next < high ? next : Math.sqrt(low) * Math.sqrt(high);
        }
    }

    /** The distance s from the base at which s·(x − tilted mean) is 1 up to a third. */
    private static double distance(QuadraticFormTransform law, double x, double base) {
        double distance = 1 / law.tiltedSpread(base);
        double product = distance * (x - law.tiltedMean(base + distance));
        while (Math.abs(product - 1) > 1.0 / 3) {
            // the product grows like a power between 1 and 2 of the distance
            distance *= Math.pow(product, -1 / 1.5);
            product = distance * (x - law.tiltedMean(base + distance));
        }
        return distance;
    }

    /** The path and the bounds on its strip. */
    private static final class Hyperbola {
        private final QuadraticFormTransform law;
        private final double x;
        private final boolean lower;
        private final double base;
        private final double scale;
        private final double vertex;
        private final double height;
        private final double decay;

        Hyperbola(QuadraticFormTransform law, double x, boolean lower, double base, double scale) {
            this.law = law;
            this.x = x;
            this.lower = lower;
            this.base = base;
            this.scale = scale;
            vertex = vertex(ANGLE);
            height = vertex * x + law.logReal(vertex);
            decay = decay(ANGLE);
        }

        private double vertex(double angle) {
            return base + scale * (1 - Math.sin(angle));
        }

        /** R = (x − tilted mean at the vertex)·μ·sin α: |e^(px)L(p)| falls at least like e^(−R(cosh u − 1)). */
        private double decay(double angle) {
            return (x - law.tiltedMean(vertex(angle))) * scale * Math.sin(angle);
        }

        /** Bound on the integral of |e^(px) L(p)/p| along a hyperbola of the strip, in units of e^height. */
        private double edge(double angle) {
            double point = vertex(angle);
            double rate = decay(angle);
            double length = 2 * (1 / rate + Math.sqrt(Math.PI / (2 * rate)));
            return Math.exp(point * x + law.logReal(point) - height)
                    * scale
                    * length
                    / (Math.abs(point) * Math.cos(angle));
        }

        QuadraticFormInversion sum(double share) {
            double wanted = share * scale / Math.abs(vertex);
            double edges = (edge(LEFT_ANGLE) + edge(RIGHT_ANGLE)) / (2 * Math.PI);
            Sums sums = new Sums(2 * Math.PI * HALF_STRIP / Math.log1p(edges / wanted));
            int node = 0;
            for (; sums.cutOff > wanted; node++) {
                sums.add(node);
            }
            double factor = Math.exp(height);
            double rounding = sums.rounding
                    + Math.abs(sums.probability)
                            * (4 * Math.abs(vertex) * x + (law.degrees() + 6) * Math.abs(law.logReal(vertex)) + node);
            double error = factor * (MARGIN * (wanted + sums.cutOff) + ROUNDOFF * rounding);
            double tail = factor * (lower ? sums.probability : -sums.probability);
            return new QuadraticFormInversion(
                    lower, Math.min(1, Math.max(0, tail)), Math.max(0, factor * sums.density), error, node);
        }

        /** The trapezoidal rule along the hyperbola, node by node, in units of e^height. */
        private final class Sums {
            private final double step;
            private final double front = scale / (Math.abs(vertex) * Math.cos(ANGLE));
            private final double condition = 2 / ((1 + 2 * Math.min(vertex, 0)) * Math.cos(ANGLE));
            private final double slope = x + law.noncentralSlope(vertex) / Math.cos(ANGLE);
            private final double perNode = (4 * condition + 64) * law.degrees() + 64;
            private final double[] log = new double[2];

            private double probability;
            private double density;
            /** Of all nodes so far, in units of the roundoff. */
            private double rounding;
            /** Bound on what all further nodes add. */
            private double cutOff = Double.POSITIVE_INFINITY;

            Sums(double step) {
                this.step = step;
            }

            void add(int node) {
                double u = node * step;
                double cosh = Math.cosh(u);
                double sinh = Math.sinh(u);
                double re = base + scale * (1 - Math.sin(ANGLE) * cosh);
                double im = scale * Math.cos(ANGLE) * sinh;
                double tangentRe = -scale * Math.sin(ANGLE) * sinh;
                double tangentIm = scale * Math.cos(ANGLE) * cosh;
                law.log(re, im, log);
                double modulus = Math.exp(re * x + log[0] - height);
                double phase = im * x + log[1];
                double valueRe = modulus * Math.cos(phase);
                double valueIm = modulus * Math.sin(phase);
                double square = re * re + im * im;
                double quotientRe = (tangentRe * re + tangentIm * im) / square;
                double quotientIm = (tangentIm * re - tangentRe * im) / square;
                double weight = node == 0 ? step / (2 * Math.PI) : step / Math.PI;
                probability += weight * (valueRe * quotientIm + valueIm * quotientRe);
                density += weight * (valueRe * tangentIm + valueIm * tangentRe);
                rounding += weight
                        * modulus
                        * Math.hypot(quotientRe, quotientIm)
                        * (perNode + 128 * Math.sqrt(square) * slope);
                if (node > 0) {
                    double rest = cosh / sinh / decay + step * Math.max(cosh, 1 / decay);
                    cutOff = modulus * front * rest / Math.PI;
                }
            }
        }
    }
}
