package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Fcn;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Stage;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.theory.AlignedForm;
import org.idem.theory.BoundedOutputs;
import org.idem.theory.linear.AlignedModes;
import org.idem.theory.linear.AlignedPath;
import org.idem.theory.linear.AlignedStart;
import org.idem.theory.linear.ModesBudget;
import org.idem.theory.linear.ModesPath;
import org.idem.theory.path.ResidualPolynomial;

/** T4.modes against real training, and the recursions of the modes by themselves. */
class T4ModesProperties extends KnownTheoremProperties {
    private static final double UNIT = 0x1p-53;

    T4ModesProperties() {
        super("T4.modes");
    }

    private static Array gaussian(SplittableRandom random, int rows, int columns) {
        Array array = Array.zeros(rows, columns);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = random.nextGaussian();
        }
        return array;
    }

    /** Modes of examples in layers of these widths, as many as the narrowest layer has units. */
    private static AlignedModes modes(Array inputs, SplittableRandom random, int depth) {
        int count = inputs.size(1);
        List<Array> matrices = new ArrayList<>();
        for (int layer = 0; layer < depth; layer++) {
            matrices.add(gaussian(random, count + (layer == 0 ? 0 : random.nextInt(3)), count));
        }
        return AlignedModes.of(inputs, matrices);
    }

    private static double[][] strengths(SplittableRandom random, int modes, int depth) {
        double[][] strengths = new double[modes][];
        for (int mode = 0; mode < modes; mode++) {
            strengths[mode] = random.doubles(depth, 0.5, 1.5).toArray();
        }
        return strengths;
    }

    private static Array scaled(Array array, double factor) {
        double[] values =
                Arrays.stream(array.values()).map(value -> factor * value).toArray();
        return Array.of(values, array.shape());
    }

    /**
     * Error of XXᵀ from its decomposition, relative to the largest eigenvalue: twice the 50·max(N, n)·2⁻⁵² of ‖X‖ from
     * which on LAPACK's own tests reject a singular value decomposition, since the values are squared.
     */
    private static double ofDecomposition(Array inputs) {
        return 2 * 50 * Math.max(inputs.size(0), inputs.size(1)) * 2 * UNIT;
    }

    /** The examples' directions are found: XXᵀ is Σ_k λ_k q_k q_kᵀ, whatever else the bases hold. */
    @Property(tries = 50)
    void modesAreThoseOfTheExamples(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int examples) {
        SplittableRandom random = new SplittableRandom(seed);
        Array inputs = gaussian(random, examples, random.nextInt(1, 7));
        AlignedModes modes = modes(inputs, random, 3);
        int size = inputs.size(1);
        double budget = ofDecomposition(inputs) * modes.eigenvalues()[0];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double gram = 0;
                for (int n = 0; n < examples; n++) {
                    gram += inputs.at(n, i) * inputs.at(n, j);
                }
                double sum = 0;
                for (int mode = 0; mode < size; mode++) {
                    sum += modes.eigenvalues()[mode]
                            * modes.bases().get(0).get(i, mode)
                            * modes.bases().get(3).get(j, mode);
                }
                assertEquals(gram, sum, budget);
            }
        }
    }

    /** Images and learning rate in another unit: the same path, to the bit. */
    @Property(tries = 50)
    void unitsScale(@ForAll long seed, @ForAll @IntRange(min = -3, max = 3) int power) {
        SplittableRandom random = new SplittableRandom(seed);
        double unit = Math.scalb(1.0, power);
        AlignedModes modes = modes(gaussian(random, 2, 4), random, 3);
        double[][] start = strengths(random, 4, 3);
        ModesPath one = ModesPath.of(modes, start, 1, LinearMethod.gradientDescent(0x1p-7));
        List<ModesPath.Group> groups = one.groups().stream()
                .map(group -> new ModesPath.Group(unit * unit * group.eigenvalue(), group.strengths(), group.count()))
                .toList();
        ModesPath other = new ModesPath(groups, one.groupOf(), 1, LinearMethod.gradientDescent(0x1p-7 / (unit * unit)));
        assertArrayEquals(one.strengths(9), other.strengths(9));
    }

    /** Every example four times: eigenvalues are four times as large, and a quarter of the loss makes the same path. */
    @Property(tries = 50)
    void repeatedExamplesChangeNothing(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Array inputs = gaussian(random, 2, 4);
        Array often = Array.concatenate(List.of(inputs, inputs, inputs, inputs));
        double[][] start = strengths(random, 4, 2);
        long bases = random.nextLong();
        LinearMethod method = new LinearMethod(0x1p-6, 0.5, true, 0.25);
        AlignedModes once = modes(inputs, new SplittableRandom(bases), 2);
        double[] more = modes(often, new SplittableRandom(bases), 2).eigenvalues();
        for (int mode = 0; mode < start.length; mode++) {
            assertEquals(4 * once.eigenvalues()[mode], more[mode], ofDecomposition(often) * more[0]);
        }
        // powers of four change no digit, of their roots neither
        AlignedModes exactly = new AlignedModes(
                once.bases(),
                Arrays.stream(once.eigenvalues()).map(value -> 4 * value).toArray(),
                once.examples());
        assertArrayEquals(
                ModesPath.of(once, start, 1, method).strengths(20),
                ModesPath.of(exactly, start, 0.25, method).strengths(20));
    }

    /** With one layer a mode is a least-squares trajectory: its residual polynomial says where it is. */
    @Property(tries = 50)
    void oneLayerFollowsTheResidualPolynomial(
            @ForAll long seed, @ForAll boolean nesterov, @ForAll @IntRange(min = 0, max = 200) int steps) {
        SplittableRandom random = new SplittableRandom(seed);
        AlignedModes modes = modes(scaled(gaussian(random, 3, 5), 0.5), random, 1);
        double[][] start = strengths(random, 5, 1);
        double decay = random.nextDouble(0.1, 0.5);
        LinearMethod method = new LinearMethod(0.0625, random.nextDouble(0.1, 0.9), nesterov, decay);
        ResidualPolynomial polynomial = new ResidualPolynomial(method, steps);
        ModesPath path = ModesPath.of(modes, start, 1, method);
        double[][] end = path.strengths(steps);
        // what rounding makes of the recursion is part of the budget of the training
        double budget = new ModesBudget(modes, path, Precision.FLOAT64).after(steps);
        for (int mode = 0; mode < end.length; mode++) {
            double curvature = modes.eigenvalues()[mode];
            double rest = curvature / (curvature + decay);
            double left = polynomial.value(curvature + decay) * (start[mode][0] - rest);
            assertEquals(rest + left, end[mode][0], budget);
        }
    }

    /** From equal strengths each mode has its own limit of stability, ηcλL = 2. */
    @Property(tries = 20)
    void theStabilityLimitHoldsTheDepthAndTheModesEigenvalue(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 12) int depth) {
        SplittableRandom random = new SplittableRandom(seed);
        AlignedModes modes = modes(gaussian(random, 2, 3), random, depth);
        double[][] start = new double[3][depth];
        for (double[] row : start) {
            Arrays.fill(row, 0.99);
        }
        double largest = modes.eigenvalues()[0];
        double[][] ones = new double[3][depth];
        for (double[] row : ones) {
            Arrays.fill(row, 1);
        }
        for (double product : new double[] {1.95, 2.05}) {
            LinearMethod method = LinearMethod.gradientDescent(product / (largest * depth));
            ModesPath path = ModesPath.of(modes, start, 1, method);
            double curvature = largest * depth;
            assertEquals(curvature, path.curvature(ones), (2 * depth + 4) * UNIT * curvature);
            List<AlignedPath.Point> points = path.of(0).points(start[0], 4000);
            if (product < 2) {
                // near 1 an error shrinks by |1 − 1.95| in a step, which rounds sums and products of its L factors
                assertEquals(1, points.get(4000).strengths()[0], (4 * depth + 8) * UNIT / (1 - 0.95));
            } else {
                // within 1/(400L) of 1 every step enlarges an error by 1.025 at least: the second derivative of
                // s − h(s^{2L−1} − s^{L−1}), h = 2.05/L, is below h(2L − 1)(2L − 2)e^{1/200} < 8.3L, so the slope −1.05
                // changes by less than 0.025; from 2⁻⁵³ on that takes fewer than 1,300 steps
                double furthest = points.stream()
                        .skip(2500)
                        .mapToDouble(point -> Math.abs(point.strengths()[0] - 1))
                        .max()
                        .orElseThrow();
                assertTrue(furthest > 1.0 / (400 * depth), "furthest " + furthest);
            }
            double[][] end = path.strengths(4000);
            double other = product * modes.eigenvalues()[1] / largest;
            // the second mode's error shrinks from 0.01 by |1 − ηcλL| in a step, up to what its strength still changes
            boolean soon = 0.01 * Math.pow(Math.abs(1 - other) + 0.01 * 6 * depth * other, 4000) < UNIT;
            if (soon) {
                double rounding = (4 * depth + 8) * UNIT * Math.max(1, other);
                assertEquals(1, end[1][0], rounding / (1 - Math.abs(1 - other)));
            }
            assertEquals(0.99, end[2][0]);
        }
    }

    /**
     * One example, layers aI, no decay: f_t = a_t^L Π + a^L (I − Π), and what is predicted of the layers as they are
     * given says the same.
     */
    @Property(tries = 30)
    void multiplesOfTheIdentityLearnTheProjection(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 6) int depth,
            @ForAll @IntRange(min = 0, max = 60) int steps) {
        SplittableRandom random = new SplittableRandom(seed);
        int size = random.nextInt(2, 6);
        Array input = gaussian(random, 1, size);
        double factor = random.nextInt(180, 300) / 256.0;
        AlignedModes modes = AlignedModes.square(input, gaussian(random, size, size), depth);
        double[][] start = new double[size][depth];
        for (double[] row : start) {
            Arrays.fill(row, factor);
        }
        Loss loss = Loss.HALF_SUM;
        double norm = modes.eigenvalues()[0];
        double momentum = random.nextBoolean() ? 0 : 0.5;
        double rate = (1 - momentum) / (2 * norm * depth * Math.pow(Math.max(1, factor), 2 * depth - 2));
        LinearMethod method = new LinearMethod(rate, momentum, random.nextBoolean() && momentum > 0, 0);
        ModesPath path = ModesPath.of(modes, start, loss.scale(size), method);
        double[][] end = path.strengths(steps);
        double learnt = Math.pow(end[0][0], depth);
        double kept = Math.pow(factor, depth);
        Array test = gaussian(random, 1, size);
        double along = 0;
        for (int i = 0; i < size; i++) {
            along += input.values()[i] * test.values()[i] / norm;
        }
        TrainingProblem problem = identities(input, factor, depth, loss);
        AlignedStart.Found found = (AlignedStart.Found) AlignedForm.start(problem, Precision.FLOAT64);
        AlignedForm form = new AlignedForm(problem, found, method, Precision.FLOAT64);
        BoundedOutputs outputs = form.outputs(form.points(steps), test);
        for (int i = 0; i < size; i++) {
            double projected = along * input.values()[i];
            double said = learnt * projected + kept * (test.values()[i] - projected);
            assertEquals(said, outputs.values().values()[i], outputs.budget().values()[i]);
        }
    }

    private static TrainingProblem identities(Array input, double factor, int depth, Loss loss) {
        int size = input.size(1);
        Array identity = Array.zeros(size, size);
        for (int i = 0; i < size; i++) {
            identity.values()[i * size + i] = factor;
        }
        List<Stage> stages = new ArrayList<>();
        List<StageParameters> initial = new ArrayList<>();
        for (int layer = 0; layer < depth; layer++) {
            stages.add(new Stage(new Fcn(size, size, false), Activation.LINEAR, false));
            initial.add(new StageParameters(identity, null));
        }
        return new TrainingProblem(new Network(stages), input, input, initial, loss);
    }

    /** One example of norm ρ: its mode is T4.path's with target ρ, and all others are what decay leaves of them. */
    @Property(tries = 50)
    void oneExampleIsThePath(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int depth) {
        SplittableRandom random = new SplittableRandom(seed);
        AlignedModes modes = modes(gaussian(random, 1, 3), random, depth);
        double[][] start = strengths(random, 3, depth);
        // of powers of two decay leaves exactly so many times what it leaves of 1
        for (int mode = 1; mode < 3; mode++) {
            Arrays.setAll(start[mode], layer -> Math.scalb(1.0, random.nextInt(-2, 2)));
        }
        LinearMethod method = new LinearMethod(0x1p-8, 0.75, false, 0.5);
        double norm = Math.sqrt(modes.eigenvalues()[0]);
        List<AlignedPath.Point> points = new AlignedPath(norm, norm, 1, method).points(start[0], 30);
        double[][] end = ModesPath.of(modes, start, 1, method).strengths(30);
        assertArrayEquals(points.get(30).strengths(), end[0]);
        for (int mode = 1; mode < 3; mode++) {
            for (int layer = 0; layer < depth; layer++) {
                assertEquals(points.get(30).kept() * start[mode][layer], end[mode][layer]);
            }
        }
    }
}
