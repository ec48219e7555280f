package org.idem.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.Padding;
import org.idem.theory.kernel.InfiniteKernel;
import org.idem.theory.kernel.InfiniteNetwork;

/**
 * Computes tangent kernels of ReLU networks on demand: He weights, no biases, zeros outside. Reads one command per line
 * from standard input and answers each with one line:
 *
 * <pre>
 * pair SIDE CHANNELS KERNEL DEPTH    → SECONDS SUM  (one pair of images)
 * depths SIDE CHANNELS KERNEL DEPTH  → SECONDS SUM  (the same at every depth up to one; sum of the deepest kernel)
 * images SIDE CHANNELS KERNEL DEPTH COUNT → SECONDS SUM  (one training image with itself, then with COUNT others)
 * quit
 * </pre>
 *
 * Images are made by {@link #image}, which the script repeats.
 */
public final class KernelWorker {
    private KernelWorker() {}

    /**
     * Serves until the input ends.
     *
     * @param arguments none
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
                String[] words = line.trim().split(" +");
                int[] numbers = new int[words.length - 1];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = Integer.parseInt(words[i + 1]);
                }
                InfiniteNetwork network = new InfiniteNetwork(
                        Architecture.cnn(numbers[3], numbers[2], Padding.SAME, Activation.RELU, false, false), 2, 0);
                // what a training image has done before it meets another is counted only where that is asked for
                InfiniteKernel train = new InfiniteKernel(network, image(numbers, 1), false);
                long start = System.nanoTime();
                double sum = switch (words[0]) {
                    case "pair" -> total(train.with(image(numbers, 2), false), train);
                    case "depths" -> depths(network, numbers);
                    default -> images(network, numbers, numbers[4]);
                };
                System.out.println((System.nanoTime() - start) * 1e-9 + " " + sum);
            }
        }
    }

    private static double depths(InfiniteNetwork network, int[] numbers) {
        double[] sum = new double[1];
        InfiniteKernel.throughDepths(
                network, image(numbers, 1), image(numbers, 2), true, (depth, tangent, exponent) -> {
                    if (depth == network.architecture().depth()) {
                        sum[0] = total(tangent.data, exponent);
                    }
                });
        return sum[0];
    }

    private static double images(InfiniteNetwork network, int[] numbers, int count) {
        InfiniteKernel kernel = new InfiniteKernel(network, image(numbers, 1), false);
        double sum = total(kernel.tangent().data, 2 * kernel.tangentUnit());
        int together = Runtime.getRuntime().availableProcessors();
        for (int from = 0; from < count; from += together) {
            Array[] batch = new Array[Math.min(together, count - from)];
            for (int i = 0; i < batch.length; i++) {
                batch[i] = image(numbers, 2 + from + i);
            }
            sum += total(kernel.with(Array.concatenate(List.of(batch)), false), kernel);
        }
        return sum;
    }

    private static double total(InfiniteKernel.Block block, InfiniteKernel kernel) {
        return total(block.tangent().data, 2 * kernel.tangentUnit());
    }

    private static double total(double[] numbers, long exponent) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return Math.scalb(sum, (int) exponent);
    }

    /** An image (1, C, side, side) of pixels from 0 to 1: s ← (75s + 74) mod 65537, pixel (s mod 17)/16. */
    private static Array image(int[] numbers, int seed) {
        Array image = Array.zeros(1, numbers[1], numbers[0], numbers[0]);
        int state = seed;
        for (int i = 0; i < image.length(); i++) {
            state = (state * 75 + 74) % 65537;
            image.values()[i] = state % 17 / 16.0;
        }
        return image;
    }
}
