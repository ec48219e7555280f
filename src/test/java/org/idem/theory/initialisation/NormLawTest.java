package org.idem.theory.initialisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.idem.statistics.Uniformity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormLawTest {
    /** Of the references, which are sums of some thousand doubles. */
    private static final double OF_REFERENCES = 1e-12;

    /** norm-laws.csv, made by the script beside it: convolutions of densities by FFT, numpy 2.4.6 and scipy 1.17.1. */
    private record Reference(NormLaw law, double q, double cdf, double dead) {}

    static List<Reference> references() throws IOException {
        List<Reference> references = new ArrayList<>();
        try (InputStream file = NormLawTest.class.getResourceAsStream("norm-laws.csv")) {
            String[] lines = new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n");
            for (String line : Arrays.asList(lines).subList(1, lines.length)) {
                String[] cells = line.split(",");
                int[] units = Stream.of(cells[1].split(" "))
                        .mapToInt(Integer::parseInt)
                        .toArray();
                references.add(new Reference(
                        law(cells[0].equals("True"), units),
                        Double.parseDouble(cells[2]),
                        Double.parseDouble(cells[3]),
                        Double.parseDouble(cells[4])));
            }
        }
        assertEquals(132, references.size());
        return references;
    }

    private static NormLaw law(boolean relu, int... units) {
        double[] variances = new double[units.length];
        Arrays.fill(variances, 1);
        return NormLaw.of(RandomFcn.of(relu, variances, units));
    }

    @ParameterizedTest
    @MethodSource("references")
    void agreesWithConvolutions(Reference reference) {
        assertEquals(reference.cdf, reference.law.cdf(reference.q), reference.law.error() + OF_REFERENCES);
        assertEquals(1 - reference.cdf, reference.law.survival(reference.q), reference.law.error() + OF_REFERENCES);
        // sums and logarithms of at most 20 terms
        assertEquals(reference.dead, reference.law.atom(), 0x1p-48 * reference.dead);
        assertTrue(reference.law.error() < 1e-10, () -> String.valueOf(reference.law.error()));
    }

    @Test
    void oneLayerIsChiSquared() {
        ChiSquaredDistribution law = ChiSquaredDistribution.of(5);
        NormLaw ours = NormLaw.of(RandomFcn.of(true, new double[] {0.25}, 5));
        for (double q = 0x1p-10; q < 100; q *= 2) {
            assertEquals(law.cumulativeProbability(4 * q), ours.cdf(q), ours.error() + OF_REFERENCES);
        }
    }

    /** Exact fractions by hand: 1 − (1 − ½)(1 − ¼) and so on. */
    @Test
    void deadNetworks() {
        assertEquals(0, law(false, 1, 2, 3).atom());
        assertEquals(0.5, law(true, 1, 9).atom(), 0x1p-52);
        assertEquals(0.625, law(true, 1, 2, 9).atom(), 0x1p-52);
        assertEquals(
                1 - Math.pow(0.5, 11),
                law(true, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1).atom(),
                0x1p-50);
        assertEquals(
                Math.scalb(11.0, -64),
                law(true, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 1).atom(),
                1e-33);
    }

    @Test
    void endsOfTheRange() {
        NormLaw law = law(true, 3, 2);
        assertEquals(0, law.cdf(-1));
        assertEquals(law.atom(), law.cdf(0));
        assertEquals(law.atom(), law.cdf(1e-300), law.error());
        assertEquals(1, law.cdf(1e300), law.error());
        assertEquals(1, law.cdf(Double.POSITIVE_INFINITY));
        assertEquals(0, law.survival(Double.POSITIVE_INFINITY));
        assertEquals(1, law.survival(-1));
        assertTrue(Double.isNaN(law.cdf(Double.NaN)) && Double.isNaN(law.survival(Double.NaN)));
    }

    /** Draws by other sums; the p-value of a run below 1e-9 would be a false alarm. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void drawsHaveTheLaw(boolean relu) {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int depth : new int[] {1, 2, 5, 12}) {
            int[] units = random.ints(depth, 1, 17).toArray();
            NormLaw law = law(relu, units);
            double[] places = new double[20_000];
            for (int i = 0; i < places.length; i++) {
                double product = drawn(relu, units, random);
                places[i] = product == 0 ? law.atom() * random.nextDouble() : law.cdf(product);
            }
            double pValue = Uniformity.pValue(places);
            assertTrue(pValue > 1e-9, () -> pValue + ", seed " + seed + ", " + Arrays.toString(units));
        }
    }

    private static double drawn(boolean relu, int[] units, SplittableRandom random) {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double product = 1;
        for (int layer = 0; layer < units.length; layer++) {
            double sum = 0;
            for (int unit = 0; unit < units[layer]; unit++) {
                double h = normal.inverseCumulativeProbability(random.nextDouble(Double.MIN_NORMAL, 1));
                double passed = relu && layer < units.length - 1 ? Math.max(0, h) : h;
                sum += passed * passed;
            }
            product *= sum;
        }
        return product;
    }

    @Test
    void anyDepthAndWidthOfUsersHasASmallError() {
        for (boolean relu : new boolean[] {false, true}) {
            for (int width : new int[] {1, 3, 20, 100, 512}) {
                for (int depth : new int[] {1, 2, 20}) {
                    int[] units = new int[depth];
                    Arrays.fill(units, width);
                    double error = law(relu, units).error();
                    assertTrue(error < 1e-9, () -> error + " of " + depth + " layers of " + width + " units");
                }
            }
        }
    }

    @Test
    void refusals() {
        RandomLayer biased = new RandomLayer(2, 1, 0.5, false);
        assertThrows(IllegalArgumentException.class, () -> NormLaw.of(List.of(biased)));
        assertThrows(IllegalArgumentException.class, () -> NormLaw.of(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new RandomLayer(0, 1, 0, false));
        assertThrows(IllegalArgumentException.class, () -> new RandomLayer(1, Double.NaN, 0, false));
        assertThrows(IllegalArgumentException.class, () -> new RandomLayer(1, 1, -1, false));
        assertThrows(IllegalArgumentException.class, () -> new RandomFcn(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new RandomFcn(List.of(new RandomLayer(1, 1, 0, true))));
        assertThrows(IllegalArgumentException.class, () -> RandomFcn.of(true, new double[] {1}, 1, 2));
    }
}
