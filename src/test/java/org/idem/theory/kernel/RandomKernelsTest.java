package org.idem.theory.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.Padding;
import org.junit.jupiter.api.Test;

/** Ten thousand kernels of all kinds: every number is one, no variance is negative, and refusals have a reason. */
class RandomKernelsTest {
    private static final int KERNELS = 10_000;
    private static final int DEEPEST = 200;
    /** A kernel's unit is chosen anew when the largest entry leaves 4^±20. */
    private static final double LEAST = 0x1p-42;

    private static final List<Activation> ACTIVATIONS =
            List.of(Activation.LINEAR, Activation.RELU, Activation.LEAKY_RELU, Activation.ERF);

    private static InfiniteNetwork network(SplittableRandom random) {
        int depth = (int) Math.floor(Math.pow(DEEPEST + 1, random.nextDouble()));
        Activation activation = ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size()));
        boolean bias = random.nextInt(3) == 0;
        boolean residual = random.nextInt(3) == 0;
        double weight = random.nextInt(3) > 0
                ? InfiniteNetwork.usualWeightVariance(activation)
                : Math.pow(10, random.nextDouble(-9, random.nextInt(4) == 0 ? 99 : 9));
        double biasVariance = bias ? Math.pow(10, random.nextDouble(-9, 9)) : 0;
        Architecture architecture = random.nextBoolean()
                ? Architecture.fcn(depth, activation, bias, residual)
                : Architecture.cnn(
                        depth,
                        1 + 2 * random.nextInt(4),
                        random.nextBoolean() ? Padding.SAME : Padding.CIRCULAR,
                        activation,
                        bias,
                        residual);
        return new InfiniteNetwork(architecture, weight, biasVariance);
    }

    private static int[] shape(boolean images, SplittableRandom random) {
        return images
                ? new int[] {1, 1 + random.nextInt(2), 1 + random.nextInt(5), 1 + random.nextInt(5)}
                : new int[] {1, 1 + random.nextInt(9)};
    }

    /** An example of some kind: blank, of noise, mostly blank, or close to another one. */
    private static Array example(int[] shape, List<Array> others, SplittableRandom random) {
        Array example = Array.zeros(shape);
        int kind = random.nextInt(others.isEmpty() ? 3 : 6);
        double size = random.nextInt(4) > 0 ? 1 : Math.pow(10, random.nextDouble(-49, 49));
        double[] before = kind > 2 ? others.get(random.nextInt(others.size())).values() : example.values();
        for (int i = 0; i < example.length(); i++) {
            double noise = random.nextDouble() - (shape.length == 2 ? 0.5 : 0);
            example.values()[i] = switch (kind) {
                case 0 -> 0;
                case 1 -> size * noise;
                case 2 -> random.nextInt(6) == 0 ? size * noise : 0;
                case 3 -> before[i];
                case 4 -> before[i] + 1e-9 * noise;
                default -> before[i] * size;
            };
        }
        return example;
    }

    /**
     * Whether a mean must be infinite: the sizes of its terms, added exactly, leave the range of doubles, or a kernel
     * does, because inputs have one that is so many powers of two larger.
     */
    private static boolean leaves(InfiniteKernel.Block block, DMatrixRMaj weights, int row, int column, long above) {
        BigDecimal sizes = BigDecimal.ZERO;
        for (int site = 0; site < weights.numRows; site++) {
            double entry = block.tangent().get(row, site);
            double weight = weights.get(site, column);
            if (!Double.isFinite(weight) || Double.isNaN(entry)) {
                return false;
            }
            if (Double.isInfinite(entry)) {
                return above > Double.MAX_EXPONENT + Math.getExponent(LEAST);
            }
            sizes = sizes.add(
                    new BigDecimal(entry).multiply(new BigDecimal(weight)).abs());
        }
        return sizes.compareTo(new BigDecimal(Double.MAX_VALUE)) > 0;
    }

    /** Trains one network; the answer is why it was refused, or nothing. */
    private static String refusal(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        InfiniteNetwork network = network(random);
        int[] shape = shape(network.architecture().convolutional(), random);
        List<Array> examples = new ArrayList<>();
        for (int count = 2 + random.nextInt(4); count > 0; count--) {
            examples.add(example(shape, examples, random));
        }
        int training = 1 + random.nextInt(examples.size() - 1);
        Array train = Array.concatenate(examples.subList(0, training));
        Array test = Array.concatenate(examples.subList(training, examples.size()));
        String what = "seed " + seed + ": " + network.architecture() + ", variances " + network.weightVariance()
                + " and " + network.biasVariance();
        try {
            InfiniteKernel kernel = new InfiniteKernel(network, train, true);
            double entry = CommonOps_DDRM.elementMaxAbs(kernel.tangent());
            assertTrue(entry == 0 || entry > LEAST, what + " has a kernel of at most " + entry + " in its unit");
            KernelSpectrum spectrum = new KernelSpectrum(kernel);
            double largest = spectrum.largest();
            double momentum = random.nextBoolean() ? 0 : random.nextDouble();
            LinearMethod method = new LinearMethod(
                    largest > 0 ? 1 / largest : 1,
                    momentum,
                    momentum > 0 && random.nextBoolean(),
                    random.nextInt(4) == 0 ? largest * random.nextDouble() / 4 : 0);
            Horizon horizon = random.nextInt(4) == 0 ? new Horizon.Limit() : new Horizon.Steps(random.nextInt(3000));
            KernelTraining trained = new KernelTraining(kernel, spectrum, 1, method, horizon, spectrum.cut());
            InfiniteKernel.Block block = kernel.with(test, true);
            DMatrixRMaj weights = trained.weights(train);
            DMatrixRMaj mean = KernelTraining.mean(block, weights);
            long above = Sites.of(network, test).largestTangentScale() - kernel.tangentUnit();
            for (int i = 0; i < mean.getNumElements(); i++) {
                if (!Double.isFinite(mean.data[i])) {
                    assertTrue(leaves(block, weights, i / mean.numCols, i % mean.numCols, above), what);
                    return "a mean leaves the range of doubles";
                }
            }
            for (double value : trained.variances(block, kernel.variances(test)).values()) {
                assertTrue(value >= 0 && value < Double.POSITIVE_INFINITY, what);
            }
            return "";
        } catch (ArithmeticException e) {
            return e.getMessage();
        }
    }

    @Test
    void noneIsWithoutAnAnswerOrAReason() {
        long fresh = new SplittableRandom().nextLong();
        Map<String, Integer> reasons = new TreeMap<>();
        for (int i = 0; i < KERNELS; i++) {
            String reason = refusal(fresh + i);
            if (!reason.isEmpty()) {
                reasons.merge(reason.replaceAll("[-+.0-9E]{3,}", "…"), 1, Integer::sum);
            }
        }
        int refused = reasons.values().stream().mapToInt(Integer::intValue).sum();
        assertTrue(refused < KERNELS / 20, "refused from seed " + fresh + " on: " + reasons);
        assertEquals(
                List.of(), reasons.keySet().stream().filter(String::isBlank).toList());
    }
}
