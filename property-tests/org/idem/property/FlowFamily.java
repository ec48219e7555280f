package org.idem.property;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.LinearMap;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.theory.BoundedOutputs;
import org.idem.theory.Extrapolation;
import org.idem.theory.FlowForm;

/** Gradient flow, and trainings that are extrapolated to it. A scene means the coarsest of its runs. */
abstract class FlowFamily extends KnownTheoremProperties {
    private static final int RUNS = 5;

    private static final int STEPS = 8;

    final boolean convolution;

    FlowFamily(String id, boolean convolution) {
        super(id);
        this.convolution = convolution;
    }

    /** Flow over at least the inverse of the largest curvature and at most twice that. */
    private Scene draw(SplittableRandom random) {
        LinearMap map = convolution
                ? new Cnn(random.nextInt(1, 3), random.nextInt(1, 3), 3, Padding.VALID, false)
                : new Fcn(random.nextInt(1, 5), random.nextInt(1, 4), false);
        Scene scene = Scene.draw(random, map, random.nextInt(1, 4)).withSteps(STEPS);
        return scene.withRate(scene.method().learningRate() / 4);
    }

    private static double time(Scene scene) {
        return scene.steps() * scene.method().learningRate();
    }

    private static BoundedOutputs predicted(Scene scene) {
        FlowForm form = new FlowForm(scene.problem());
        return new BoundedOutputs(
                form.outputs(time(scene), scene.tests()),
                form.budget(time(scene), scene.steps(), RUNS, scene.precision(), scene.tests()));
    }

    /** Runs of the same time with ever shorter steps, extrapolated to steps of length 0. */
    private static Array trained(Scene scene) {
        double[] weights = Extrapolation.weights(RUNS);
        double[] sums = new double[predicted(scene).values().length()];
        for (int run = 0; run < RUNS; run++) {
            Scene finer = scene.withSteps(scene.steps() << run)
                    .withRate(Math.scalb(scene.method().learningRate(), -run));
            double[] outputs = finer.trainedInCompany().outputs().values();
            for (int i = 0; i < sums.length; i++) {
                sums[i] += weights[run] * outputs[i];
            }
        }
        return Array.of(sums, predicted(scene).values().shape());
    }

    private static void assertRelated(Scene one, double factor, Scene other) {
        BoundedOutputs first = predicted(one);
        BoundedOutputs second = predicted(other);
        OutputMap map = OutputMap.same(first.values().length()).times(factor);
        String where = one + " and " + other;
        Relations.assertClose(first.values(), first.budget(), map, second.values(), second.budget(), where);
        Relations.assertClose(trained(one), first.budget(), map, trained(other), second.budget(), where);
    }

    @Property(tries = 10)
    void aLossOfTwiceTheSizeIsTwiceTheTime(@ForAll long seed) {
        Scene drawn = draw(new SplittableRandom(seed));
        Scene sum = drawn.with(drawn.problem().withLoss(Loss.SUM)).withSafeRate();
        Scene slow = sum.withRate(sum.method().learningRate() / 4);
        Scene half = slow.with(drawn.problem().withLoss(Loss.HALF_SUM))
                .withRate(2 * slow.method().learningRate());
        assertRelated(slow, 1, half);
    }

    /** Data and targets in other units: time goes with the inverse square of that of the data. */
    @Property(tries = 10)
    void unitsScale(@ForAll long seed, @ForAll @IntRange(min = -9, max = 9) int exponent) {
        Scene scene = draw(new SplittableRandom(seed));
        LinearProblem problem = scene.problem();
        double unit = Math.scalb(1.0, exponent);
        double ofTargets = 8;
        Scene scaled = scene.with(problem.withExamples(
                                Examples.scaled(problem.inputs(), unit), Examples.scaled(problem.targets(), ofTargets))
                        .withWeights(Examples.scaled(problem.weights(), ofTargets / unit)))
                .withRate(scene.method().learningRate() / unit / unit)
                .withTests(Examples.scaled(scene.tests(), unit));
        assertRelated(scene, ofTargets, scaled);
    }

    @Property(tries = 10)
    void theOrderOfExamplesDoesNotMatter(@ForAll long seed) {
        Scene scene = draw(new SplittableRandom(seed));
        int last = scene.problem().examples() - 1;
        assertRelated(scene, 1, scene.with(Examples.ordered(scene.problem(), i -> last - i)));
    }

    /**
     * Flow goes on from the weights that it has reached. They are its outputs on inputs that are 1 in one place; the
     * flow brings two sets of weights together, so what they are off moves an output no more than at the start.
     */
    @Property(tries = 10)
    void timesCompose(@ForAll long seed) {
        Scene first = draw(new SplittableRandom(seed));
        LinearProblem problem = first.problem();
        int inputs = problem.map().fanIn();
        int[] shape = problem.map() instanceof Cnn cnn
                ? new int[] {inputs, cnn.channels(), cnn.kernel(), cnn.kernel()}
                : new int[] {inputs, inputs};
        double[] units = new double[inputs * inputs];
        for (int i = 0; i < inputs; i++) {
            units[i * inputs + i] = 1;
        }
        Scene asked = first.withTests(Array.of(units, shape));
        BoundedOutputs reached = predicted(asked);
        BoundedOutputs together = predicted(first.withSteps(2 * STEPS));
        int outputs = problem.map().outputs();
        for (Array columns : new Array[] {reached.values(), trained(asked)}) {
            double[] weights = new double[inputs * outputs];
            Arrays.setAll(weights, i -> columns.values()[i % inputs * outputs + i / inputs]);
            Array start = Array.of(weights, problem.weights().shape()).rounded(first.precision());
            Scene rest = first.with(problem.withWeights(start));
            BoundedOutputs later = predicted(rest);
            Array allowed = plus(later.budget(), reached, first);
            OutputMap same = OutputMap.same(allowed.length());
            Relations.assertClose(
                    together.values(), together.budget(), same, later.values(), allowed, "after " + first);
            Relations.assertClose(
                    trained(first.withSteps(2 * STEPS)), together.budget(), same, trained(rest), allowed, "" + first);
        }
    }

    /** A budget, and by how much weights that are off by theirs may move an output. */
    private static Array plus(Array budget, BoundedOutputs reached, Scene scene) {
        int outputs = scene.problem().map().outputs();
        double[] all = budget.values().clone();
        int perTest = all.length / scene.tests().size(0);
        for (int i = 0; i < all.length; i++) {
            double[] test = scene.tests().slice(i / perTest).values();
            int unit = i % perTest / (perTest / outputs);
            double squares = 0;
            for (int weight = unit; weight < reached.budget().length(); weight += outputs) {
                double rounded = scene.precision().unitRoundoff()
                                * Math.abs(reached.values().values()[weight])
                        + scene.precision().unitRoundoff() * reached.budget().values()[weight];
                squares += Math.pow(reached.budget().values()[weight] + rounded, 2);
            }
            double size =
                    Math.sqrt(Arrays.stream(test).map(value -> value * value).sum());
            // sums of positive numbers, far fewer than 2²⁰ roundings
            all[i] += (1 + 0x1p-32) * Math.sqrt(squares) * size;
        }
        return Array.of(all, budget.shape());
    }
}
