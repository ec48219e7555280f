package org.idem.laboratory.prediction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.execution.Crew;
import org.idem.laboratory.plan.Materials;
import org.idem.laboratory.plan.Point;
import org.idem.laboratory.plan.Rules;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.laboratory.result.Measures;
import org.idem.network.Architecture;
import org.idem.network.LinearMethod;
import org.idem.network.Padding;
import org.idem.theory.kernel.InfiniteNetwork;
import org.idem.theory.kernel.phase.MeansByDepth;

/**
 * What infinite width alone says about identity and constant: the mean over convolutional networks of every depth and
 * several sizes of kernels, trained on one image, in closed form.
 *
 * @param kernels sides
 * @param depths 1, 2, …
 * @param steps of gradient descent at the rate 1/(c·λmax) of each network
 * @param cells for each kernel, depth and number of steps
 */
public record PhaseDiagram(List<Integer> kernels, List<Integer> depths, List<Integer> steps, List<Cell> cells) {
    /** Numbers of steps at the rate 1/(c·λmax). */
    public static final List<Integer> STEPS = List.of(30, 300, 3000);

    private static final int MOST_SITES = 1024;

    /** Copies the lists. */
    public PhaseDiagram {
        kernels = List.copyOf(kernels);
        depths = List.copyOf(depths);
        steps = List.copyOf(steps);
        cells = List.copyOf(cells);
    }

    /**
     * The mean over networks at one kernel, depth and number of steps.
     *
     * @param kernel side
     * @param depth layers
     * @param steps of gradient descent
     * @param trainError mean squared error on the training image, relative to its mean square
     * @param largestEigenvalue λmax of the tangent kernel of the training image
     * @param measures means over the test images of the training image's size
     */
    public record Cell(
            int kernel, int depth, int steps, double trainError, double largestEigenvalue, Measures measures) {}

    /**
     * A test image.
     *
     * @param input as a network sees it, (C, H, W)
     * @param identity as it would be returned
     */
    public record Test(Array input, Array identity) {}

    /**
     * Whether the kernel of infinite width speaks of networks like these, whatever their width.
     *
     * @param point of a study
     * @return true for convolutional ones under gradient descent or momentum, with one example and normal weights
     */
    public static boolean speaksOf(Point point) {
        return point.convolutional()
                && Rules.optimizer(point) instanceof LinearMethod method
                && method.weightDecay() == 0
                && point.get(StudyAxes.EXAMPLES) == 1
                && point.get(StudyAxes.PADDING) != Padding.VALID
                && InfiniteNetwork.reasonAgainst(point.get(StudyAxes.ACTIVATION))
                        .isEmpty()
                && Run.initialization(point).law().isGaussian();
    }

    /**
     * Works the diagram out.
     *
     * @param like a point whose networks are meant, but for depth and kernel
     * @param deepest largest depth
     * @param kernels sides
     * @param train the training image as networks see it, (C, H, W)
     * @param target what is asked for, (C, H, W)
     * @param tests those of the training image's size count
     * @return empty if there are too many pixels, or numbers beyond double precision
     */
    public static Optional<PhaseDiagram> of(
            Point like, int deepest, List<Integer> kernels, Array train, Array target, List<Test> tests) {
        if (train.size(1) * train.size(2) > MOST_SITES) {
            return Optional.empty();
        }
        List<Test> fitting = tests.stream()
                .filter(test -> Arrays.equals(test.input().shape(), train.shape()))
                .toList();
        try {
            Map<Integer, List<Cell>> cells = new LinkedHashMap<>();
            for (int kernel : kernels) {
                cells.put(kernel, cells(like, kernel, deepest, train, target, fitting));
            }
            return Optional.of(new PhaseDiagram(
                    kernels,
                    IntStream.rangeClosed(1, deepest).boxed().toList(),
                    STEPS,
                    cells.values().stream().flatMap(List::stream).toList()));
        } catch (ArithmeticException beyond) {
            return Optional.empty();
        }
    }

    private static List<Cell> cells(Point like, int kernel, int deepest, Array train, Array target, List<Test> tests) {
        MeansByDepth means = new MeansByDepth(
                network(like, kernel, deepest, train.size(0)),
                batch(train),
                batch(target),
                STEPS.stream().mapToInt(Integer::intValue).toArray());
        List<Array[][]> outputs = Crew.map(tests, test -> means.outputs(batch(test.input())));
        List<Cell> cells = new ArrayList<>();
        for (int depth = 1; depth <= deepest; depth++) {
            for (int time = 0; time < STEPS.size(); time++) {
                List<Measures> measures = new ArrayList<>();
                for (int i = 0; i < tests.size(); i++) {
                    measures.add(Measures.of(
                            outputs.get(i)[depth - 1][time], batch(tests.get(i).identity()), batch(target)));
                }
                cells.add(new Cell(
                        kernel,
                        depth,
                        STEPS.get(time),
                        means.errors(depth)[time],
                        means.largestEigenvalue(depth),
                        Measures.mean(measures)));
            }
        }
        return cells;
    }

    private static InfiniteNetwork network(Point like, int kernel, int depth, int channels) {
        Architecture given = Materials.architecture(like);
        Architecture deepest =
                Architecture.cnn(depth, kernel, given.padding(), given.activation(), given.bias(), given.residual());
        return InfiniteNetwork.ofCommonRate(
                deepest, deepest.network(channels, like.get(StudyAxes.CHANNELS), channels), Run.initialization(like));
    }

    private static Array batch(Array image) {
        return image.reshape(1, image.size(0), image.size(1), image.size(2));
    }

    /**
     * The number of steps that is nearest to a run's own, in the time of gradient descent at the rate 1/(c·λmax).
     *
     * @param cell of the run's kernel and depth, whatever its steps
     * @param method that trained it
     * @param lossScale c
     * @param taken steps that it took
     * @return one of the numbers of steps
     */
    public int nearest(Cell cell, LinearMethod method, double lossScale, int taken) {
        double time = taken * method.learningRate() / (1 - method.momentum()) * lossScale * cell.largestEigenvalue();
        return steps.stream()
                .min(Comparator.comparingDouble(step -> Math.abs(Math.log(step / time))))
                .orElseThrow();
    }
}
