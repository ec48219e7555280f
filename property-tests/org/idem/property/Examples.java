package org.idem.property;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.network.LinearProblem;

/** Other orders of the same examples, and other places of the same pixels. */
final class Examples {
    private Examples() {}

    /** As many examples, the i-th of which is example {@code from(i)}. */
    static LinearProblem ordered(LinearProblem problem, IntUnaryOperator from) {
        return chosen(problem, problem.examples(), from);
    }

    /** Some examples, the i-th of which is example {@code from(i)}. */
    static LinearProblem chosen(LinearProblem problem, int count, IntUnaryOperator from) {
        return problem.withExamples(chosen(problem.inputs(), count, from), chosen(problem.targets(), count, from));
    }

    private static Array chosen(Array array, int count, IntUnaryOperator from) {
        List<Array> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int index = from.applyAsInt(i);
            parts.add(array.slices(index, index + 1));
        }
        return Array.concatenate(parts);
    }

    /** Images (n, C, H, W), image i shifted by {@code rows[i]} and {@code columns[i]} round the borders. */
    static Array rolled(Array images, int[] rows, int[] columns) {
        int[] from = rolledFrom(images.shape(), rows, columns);
        return Array.of(IntStream.of(from).mapToDouble(i -> images.values()[i]).toArray(), images.shape());
    }

    /** Index from which every pixel comes. */
    static int[] rolledFrom(int[] shape, int[] rows, int[] columns) {
        int height = shape[2];
        int width = shape[3];
        int area = height * width;
        return IntStream.range(0, Array.lengthOf(shape))
                .map(i -> {
                    int image = i / (shape[1] * area);
                    int row = Math.floorMod(i % area / width - rows[image], height);
                    int column = Math.floorMod(i % width - columns[image], width);
                    return i / area * area + row * width + column;
                })
                .toArray();
    }

    /** The array times a power of two. */
    static Array scaled(Array array, double powerOfTwo) {
        double[] values = array.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= powerOfTwo;
        }
        return Array.of(values, array.shape());
    }

    /** Another input (n, d + 1) or channel (n, C + 1, H, W) behind the others, the same number everywhere. */
    static Array wider(Array array, double constant) {
        int[] shape = array.shape();
        shape[1]++;
        int before = array.length() / array.size(0);
        int after = Array.lengthOf(shape) / shape[0];
        Array wide = Array.zeros(shape);
        for (int i = 0; i < wide.length(); i++) {
            int at = i % after;
            wide.values()[i] = at < before ? array.values()[i / after * before + at] : constant;
        }
        return wide;
    }
}
