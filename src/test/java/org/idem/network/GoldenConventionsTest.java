package org.idem.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.junit.jupiter.api.Test;

/** Laws of initial weights and stable ranges, against numbers from PyTorch's initialisers and NumPy's eigenvalues. */
class GoldenConventionsTest {
    /** Probability with which one line of the initialisers' table fails by chance. */
    private static final double FALSE_ALARM = 1e-12;

    private static LinearMap network(String[] line) {
        int inputs = Integer.parseInt(line[1]);
        int outputs = Integer.parseInt(line[2]);
        return line[0].equals("cnn")
                ? new Cnn(inputs, outputs, Integer.parseInt(line[3]), Padding.SAME, true)
                : new Fcn(inputs, outputs, true);
    }

    private static Initializer law(String name) {
        return Arrays.stream(Initializer.values())
                .filter(law -> law.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** PyTorch rounds a gain, a root and a product; squaring doubles their errors, and ours has two roundings. */
    @Test
    void variancesAreThoseOfPyTorch() {
        List<String[]> lines = Golden.table("initializers.txt");
        assertEquals(48, lines.size());
        for (String[] line : lines) {
            int rest = line.length - 4;
            LinearMap network = network(line);
            double asked = Double.parseDouble(line[rest + 3]);
            boolean uniform = line[rest + 2].equals("uniform");
            double variance = uniform ? asked * asked / 3 : asked * asked;
            Initializer law = law(line[rest]);
            String where = String.join(" ", line);
            assertEquals(variance, law.variance(network.fanIn(), network.fanOut()), 10 * Math.ulp(variance), where);
            assertEquals(!uniform, law.isGaussian(), where);
        }
    }

    /**
     * Weights and biases as a network draws them. Of n uniform numbers the largest lies below (1 − x)a with probability
     * (1 − x)ⁿ, and none lies above a; of n normal ones the share within one deviation is 0.6827 up to Hoeffding's
     * margin. Biases of other laws than PyTorch's own are not PyTorch's matter.
     */
    @Test
    void networksDrawWhatPyTorchAsksFor() {
        long seed = new SecureRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (String[] line : Golden.table("initializers.txt")) {
            int rest = line.length - 4;
            LinearMap network = network(line);
            double asked = Double.parseDouble(line[rest + 3]);
            boolean ofBias = line[rest + 1].equals("bias");
            String where = String.join(" ", line) + ", seed " + seed;
            Network whole = Network.of(network);
            int once = ofBias ? network.outputs() : Array.lengthOf(network.weightShape());
            int draws = (20_000 + once - 1) / once;
            int count = draws * once;
            double largest = 0;
            int within = 0;
            for (int draw = 0; draw < draws; draw++) {
                StageParameters drawn =
                        Initialization.of(law(line[rest])).draw(whole, random).get(0);
                for (double value : (ofBias ? drawn.bias() : drawn.weights()).values()) {
                    largest = Math.max(largest, Math.abs(value));
                    within += Math.abs(value) <= asked ? 1 : 0;
                }
            }
            if (line[rest + 2].equals("uniform")) {
                double slack = -Math.expm1(Math.log(FALSE_ALARM) / count);
                assertTrue(largest <= asked * (1 + 0x1p-50) && largest >= asked * (1 - slack), where);
            } else {
                double margin = Math.sqrt(Math.log(2 / FALSE_ALARM) / (2.0 * count));
                assertEquals(0.6826894921370859, (double) within / count, margin, where);
            }
        }
    }

    /** The constants of torch.optim.Adam where a user gives none. */
    @Test
    void adamsUsualConstantsAreThoseOfPyTorch() {
        String[] line = Golden.table("adam.txt").get(0);
        double[] usual = Arrays.stream(line).mapToDouble(Double::parseDouble).toArray();
        assertEquals(new Adam(0.5, usual[0], usual[1], usual[2]), Adam.of(0.5));
    }

    @Test
    void stableRangesAreThoseOfTheIterationMatrix() {
        List<String[]> lines = Golden.table("stable-ranges.txt");
        assertEquals(13, lines.size());
        for (String[] line : lines) {
            double momentum = Double.parseDouble(line[0]);
            LinearMethod optimizer = new LinearMethod(1, momentum, line[1].equals("nesterov"), 0);
            // eigenvalues of modulus 1 are right to some units of rounding, and move at least a tenth as far as the
            // product
            assertEquals(Double.parseDouble(line[2]), optimizer.stableProduct(), 1e-12, String.join(" ", line));
        }
    }
}
