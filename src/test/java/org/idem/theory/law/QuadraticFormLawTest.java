package org.idem.theory.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuadraticFormLawTest {
    private static double[] numbers(String list) {
        return Arrays.stream(list.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    private static QuadraticFormLaw law(String weights, String degrees, String noncentralities) {
        double[] terms = numbers(weights);
        int[] copies =
                Arrays.stream(degrees.split(" ")).mapToInt(Integer::parseInt).toArray();
        double[] sums = numbers(noncentralities);
        double[] all = new double[Arrays.stream(copies).sum()];
        double[] shiftsSquared = new double[all.length];
        int next = 0;
        for (int group = 0; group < terms.length; group++) {
            shiftsSquared[next] = sums[group];
            for (int i = 0; i < copies[group]; i++) {
                all[next++] = terms[group];
            }
        }
        return QuadraticFormLaw.of(all, shiftsSquared);
    }

    private static QuadraticFormLaw central(double... weights) {
        return QuadraticFormLaw.of(weights, new double[weights.length]);
    }

    /** For χ²_ν the infimum is where (x − ν − ν log(x/ν))/2 = log(1/q). */
    @ParameterizedTest
    @CsvSource({"1, 0.05", "7, 0.001", "300, 0.5", "2, 1e-200"})
    void chernoffsBoundOfEqualWeights(int degrees, double q) {
        double[] weights = new double[degrees];
        Arrays.fill(weights, 3);
        double bound = central(weights).chernoff(q);
        double x = bound / 3;
        assertEquals(-Math.log(q), (x - degrees - degrees * Math.log(x / degrees)) / 2, 1e-9 * -Math.log(q));
        assertTrue(bound > central(weights).upperQuantile(q));
    }

    /**
     * How much of q a bound may leave unused. Quantiles are settled to 10⁻¹¹ of the smaller probability beside them,
     * and a bound is the quantile of q less a gap. A gap below the error of the probability and what is not settled
     * fails, gaps are doubled, and the last quantile is not settled either: 2(e + s) + s.
     */
    private static double idle(QuadraticFormLaw law, double bound, double q) {
        double error = Math.max(law.error(bound), law.error(law.upperQuantile(q)));
        // the mean has more than a quarter beyond it, so that below it the other probability may be the smaller one
        double settled = 1e-11 * (q > 0.25 ? 1 : q);
        return 2 * (error + settled) + settled;
    }

    @Test
    void boundsOnQuantilesHoldForCertain() {
        SplittableRandom random = new SplittableRandom();
        for (int i = 0; i < 200; i++) {
            int terms = 1 + random.nextInt(8);
            double[] weights = random.doubles(terms, 0, 2).toArray();
            double[] shifts = random.doubles(terms, 0, 9).toArray();
            QuadraticFormLaw law = QuadraticFormLaw.of(weights, shifts);
            double q = Math.exp(-1e-3 - 40 * random.nextDouble());
            double bound = law.upperBound(q);
            String where = Arrays.toString(weights) + Arrays.toString(shifts) + q;
            assertTrue(law.survival(bound) + law.error(bound) <= q, where);
            assertTrue(q - law.survival(bound) <= idle(law, bound, q), where);
            assertTrue(bound <= law.chernoff(q), where);
            double closed = law.closedBound(q);
            assertTrue(closed <= law.chernoff(q), where);
            // x itself and its probability are rounded some dozen times
            assertTrue(law.survival(closed) <= (1 + 1e-11) * q + law.error(closed), where);
        }
        assertEquals(0, central().chernoff(0.1));
        assertEquals(0, central().upperBound(0.1));
        assertEquals(0, central().closedBound(0.1));
        assertEquals(Double.POSITIVE_INFINITY, central(1).upperBound(0));
        assertEquals(2, central(1, 1).chernoff(1), 1e-6);
        for (double q : new double[] {0, -1, 1.5, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> central(1).chernoff(q));
            assertThrows(IllegalArgumentException.class, () -> central(1).closedBound(q));
        }
    }

    /** Values and their tools: quadratic-forms.py beside the table. Imhof's (1961) four digits are among them. */
    @ParameterizedTest
    @CsvFileSource(resources = "quadratic-forms.csv")
    void agreesWithIndependentMethods(
            String how, String weights, String degrees, String noncentralities, double x, double lower, double upper) {
        QuadraticFormLaw law = law(weights, degrees, noncentralities);
        double error = law.error(x);
        double smaller = Math.min(lower, upper);
        // the bound belongs to the tail that is computed, the other one is rounded once more
        assertEquals(lower, law.cumulative(x), error + Math.ulp(lower), how);
        assertEquals(upper, law.survival(x), error + Math.ulp(upper), how);
        assertTrue(error <= 1e-9 * smaller || smaller > 0.1 && error < 1e-10, how + " " + error);
        double tail = lower <= upper ? law.quantile(lower) : law.upperQuantile(upper);
        double back = lower <= upper ? law.cumulative(tail) : law.survival(tail);
        assertEquals(smaller, back, 2 * error + 1e-11 * smaller, how);
    }

    /** numpy 2.4.6, PCG64 seed 2026, 10⁷ draws each; five standard errors are 8·10⁻⁴ at most. */
    @ParameterizedTest
    @CsvSource({
        "1 1e-3 1e-12, 1 10 3, 0.5 40 0, 0.31, 0.3097926",
        "1 1e-3 1e-12, 1 10 3, 0.5 40 0, 1.55, 0.6706803",
        "1 1e-3 1e-12, 1 10 3, 0.5 40 0, 6.2, 0.9610978"
    })
    void agreesWithDraws(String weights, String degrees, String noncentralities, double x, double share) {
        double deviation = Math.sqrt(share * (1 - share) / 1e7);
        assertEquals(share, law(weights, degrees, noncentralities).cumulative(x), 5 * deviation);
    }

    /** One square has an elementary law: P(|z + s| ≤ √x) = Φ(√x − s) − Φ(−√x − s). */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 4, 1e3, 1e5})
    void oneSquare(double shift) {
        QuadraticFormLaw law = QuadraticFormLaw.of(new double[] {2.5}, new double[] {shift * shift});
        NormalDistribution normal = NormalDistribution.of(0, 1);
        for (double deviations : new double[] {-4, -1, 0, 0.5, 1, 3, 6}) {
            double root = shift + deviations;
            if (root > 0) {
                double expected = normal.probability(-root - shift, root - shift);
                double x = 2.5 * root * root;
                // x itself is rounded: half an ulp of x moves the root by u·root, the probability by at most 0.4 of it
                assertEquals(expected, law.cumulative(x), law.error(x) + 2 * 0x1p-53 * (root + shift));
            }
        }
    }

    @Test
    void splittingATermIntoEqualOnesChangesNothing() {
        SplittableRandom random = new SplittableRandom(5);
        double[] weights = random.doubles(12, 0, 1).toArray();
        double[] shifts = random.doubles(12, 0, 9).toArray();
        double[] twice = new double[24];
        double[] halved = new double[24];
        for (int j = 0; j < 12; j++) {
            twice[2 * j] = weights[j];
            twice[2 * j + 1] = weights[j];
            halved[2 * j] = shifts[j];
        }
        double[] other = halved.clone();
        for (int j = 0; j < 12; j++) {
            other[2 * j] = shifts[j] / 3;
            other[2 * j + 1] = shifts[j] - shifts[j] / 3;
        }
        QuadraticFormLaw law = QuadraticFormLaw.of(twice, halved);
        QuadraticFormLaw rotated = QuadraticFormLaw.of(twice, other);
        for (double factor : new double[] {0.2, 0.7, 1, 1.7, 3}) {
            double x = factor * law.mean();
            assertEquals(law.cumulative(x), rotated.cumulative(x), law.error(x) + rotated.error(x));
        }
    }

    @Test
    void scalingScales() {
        QuadraticFormLaw law = central(1, 0.5, 0.01);
        for (double unit : new double[] {0x1p-900, 0x1p900}) {
            QuadraticFormLaw scaled = central(unit, 0.5 * unit, 0.01 * unit);
            assertEquals(law.cumulative(0.9), scaled.cumulative(0.9 * unit));
            assertEquals(law.quantile(0.3) * unit, scaled.quantile(0.3), 1e-10 * law.quantile(0.3) * unit);
        }
    }

    @Test
    void zeroWeightsAreDropped() {
        QuadraticFormLaw law = QuadraticFormLaw.of(new double[] {0, 2, 0, 3}, new double[] {7, 1, 0, 2});
        QuadraticFormLaw without = QuadraticFormLaw.of(new double[] {2, 3}, new double[] {1, 2});
        assertEquals(without.cumulative(4), law.cumulative(4));
        assertEquals(2 * 2 + 3 * 3, law.mean());
        assertEquals(2 * 4 * 3 + 2 * 9 * 5, law.variance());
    }

    @Test
    void withoutWeightsTheSumIsZero() {
        QuadraticFormLaw law = central(0, 0);
        assertEquals(0, law.cumulative(-1));
        assertEquals(1, law.cumulative(0));
        assertEquals(0, law.survival(0));
        assertEquals(0, law.quantile(0.5));
        assertEquals(0, law.quantile(1));
    }

    @Test
    void endsOfTheLine() {
        QuadraticFormLaw law = central(1, 2);
        assertEquals(0, law.cumulative(Double.NEGATIVE_INFINITY));
        assertEquals(0, law.cumulative(0));
        assertEquals(1, law.survival(-3));
        assertEquals(1, law.cumulative(Double.POSITIVE_INFINITY));
        assertEquals(0, law.survival(1e300));
        assertEquals(0, law.cumulative(Double.MIN_VALUE));
        assertEquals(Double.NaN, law.cumulative(Double.NaN));
        assertEquals(Double.NaN, law.error(Double.NaN));
        assertEquals(0, law.quantile(0));
        assertEquals(Double.POSITIVE_INFINITY, law.quantile(1));
        assertEquals(0, law.upperQuantile(1));
    }

    @Test
    void tooMuchRoundingIsSaidAndNotGuessed() {
        QuadraticFormLaw law = QuadraticFormLaw.of(new double[] {1}, new double[] {1e18});
        assertEquals(Double.NaN, law.cumulative(law.mean()));
        assertEquals(Double.NaN, law.quantile(0.5));
        assertTrue(law.error(law.mean()) > QuadraticFormLaw.LARGEST_ERROR);
    }

    @Test
    void badArgumentsAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> QuadraticFormLaw.of(new double[2], new double[1]));
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> central(1, bad));
            assertThrows(
                    IllegalArgumentException.class, () -> QuadraticFormLaw.of(new double[] {1}, new double[] {bad}));
        }
        for (double bad : new double[] {-0.25, 1.25, Double.NaN}) {
            String expected = "a probability must lie in [0, 1], got " + bad;
            assertEquals(
                    expected,
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> central(1).quantile(bad))
                            .getMessage());
            assertEquals(
                    expected,
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> central(1).upperQuantile(bad))
                            .getMessage());
        }
    }

    /** Weights over up to twelve decades, up to 2,000 terms: the bound holds 10⁻⁸ and the law stays monotone. */
    @Test
    void everyScaleKeepsTheStatedError() {
        SplittableRandom random = new SplittableRandom(11);
        for (int trial = 0; trial < 80; trial++) {
            int terms = (int) Math.pow(2000, random.nextDouble());
            double decades = 12 * random.nextDouble();
            double noncentrality = random.nextBoolean() ? 0 : Math.pow(10, 8 * random.nextDouble() - 3);
            double[] weights = new double[terms];
            double[] shifts = new double[terms];
            for (int j = 0; j < terms; j++) {
                weights[j] = Math.pow(10, -decades * random.nextDouble());
                shifts[j] = noncentrality * random.nextDouble();
            }
            QuadraticFormLaw law = QuadraticFormLaw.of(weights, shifts);
            double before = 0;
            double slack = 0;
            for (double exponent = -13; exponent < 2; exponent += 0.31) {
                double x = law.mean() * Math.pow(10, exponent);
                double probability = law.cumulative(x);
                double error = law.error(x);
                assertTrue(error <= QuadraticFormLaw.LARGEST_ERROR, "trial " + trial + " x " + x + " error " + error);
                assertTrue(probability >= before - slack - error, "trial " + trial + " x " + x);
                before = probability;
                slack = error;
            }
        }
    }
}
