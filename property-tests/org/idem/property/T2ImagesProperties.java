package org.idem.property;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.LinearProblem;
import org.idem.network.Padding;

/** T2.images against real training. */
class T2ImagesProperties extends ExamplesFamily {
    T2ImagesProperties() {
        super("T2.images", true);
    }

    /** Circular CNNs learn the same from images that are shifted with their targets, each in its own way. */
    @Property(tries = 25)
    void circularNetworksCommuteWithShifts(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Cnn map = new Cnn(random.nextInt(1, 3), random.nextInt(1, 3), 3, Padding.CIRCULAR, random.nextBoolean());
        Scene scene = Scene.draw(random, map, random.nextInt(1, 4));
        LinearProblem problem = scene.problem();
        int[] rows = shifts(random, problem.examples());
        int[] columns = shifts(random, problem.examples());
        int[] testRows = shifts(random, 2);
        int[] testColumns = shifts(random, 2);
        Scene shifted = scene.with(problem.withExamples(
                        Examples.rolled(problem.inputs(), rows, columns),
                        Examples.rolled(problem.targets(), rows, columns)))
                .withTests(Examples.rolled(scene.tests(), testRows, testColumns));
        int[] from = Examples.rolledFrom(map.outputShape(scene.tests().shape()), testRows, testColumns);
        Relations.assertRelated(scene, OutputMap.reordered(from.length, i -> from[i]), shifted);
    }

    private static int[] shifts(SplittableRandom random, int count) {
        return IntStream.range(0, count).map(i -> random.nextInt(-5, 6)).toArray();
    }

    /** Images that are transposed with targets, tests and kernels give transposed outputs, whatever the padding. */
    @Property(tries = 20)
    void kernelsTransposeWithImages(@ForAll long seed) {
        Scene scene = Scene.draw(new SplittableRandom(seed), true);
        LinearProblem problem = scene.problem();
        Scene turned = scene.with(problem.withExamples(transposed(problem.inputs()), transposed(problem.targets()))
                        .withWeights(transposed(problem.weights())))
                .withTests(transposed(scene.tests()));
        int[] shape = problem.map().outputShape(scene.tests().shape());
        IntUnaryOperator from = transposition(shape);
        Relations.assertRelated(scene, OutputMap.reordered(Array.lengthOf(shape), from), turned);
    }

    /** Where a pixel of the transposed images (n, C, W, H) comes from. */
    private static IntUnaryOperator transposition(int[] shape) {
        int height = shape[2];
        int width = shape[3];
        return i -> i / (height * width) * (height * width) + i % height * width + i % (height * width) / height;
    }

    private static Array transposed(Array images) {
        int[] shape = images.shape();
        IntUnaryOperator from = transposition(shape);
        double[] values = new double[images.length()];
        Arrays.setAll(values, i -> images.values()[from.applyAsInt(i)]);
        return Array.of(values, shape[0], shape[1], shape[3], shape[2]);
    }

    /** A channel that is 0 in all images does not train its kernels, and changes nothing where it stays 0. */
    @Property(tries = 20)
    void aChannelThatIsAlwaysZeroChangesNothing(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Scene scene = Scene.draw(random, true);
        LinearProblem problem = scene.problem();
        Cnn map = (Cnn) problem.map();
        Relations.assertSame(
                scene,
                scene.with(new LinearProblem(
                                new Cnn(map.channels() + 1, map.outputs(), map.kernel(), map.padding(), map.bias()),
                                Examples.wider(problem.inputs(), 0),
                                problem.targets(),
                                Examples.wider(problem.weights(), random.nextInt(-64, 65) / 64.0),
                                problem.initialBias(),
                                problem.loss()))
                        .withTests(Examples.wider(scene.tests(), 0)));
    }
}
