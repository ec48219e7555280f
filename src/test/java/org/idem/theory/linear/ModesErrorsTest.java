package org.idem.theory.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.junit.jupiter.api.Test;

/** The bound on errors of aligned modes against how training in matrices passes small errors on. */
class ModesErrorsTest {
    private static final int INPUTS = 3;
    private static final int HIDDEN = 4;
    private static final int STEPS = 6;
    /**
     * Largest part of the square of a radius that is not needed: each of the steps adds 2⁻³⁴ of the trace of an
     * ellipsoid, whose numbers are of size 1 at the start and which no step enlarges by more than a factor 4.
     */
    private static final double ADDED = STEPS * 0x1p-34 * 0x1p12;

    private static final StepRounding.Local NOTHING = new StepRounding.Local(0, 0, 0);

    private final SplittableRandom random = new SplittableRandom(20261127);

    private Array gaussian(int rows, int columns) {
        Array array = Array.zeros(rows, columns);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = random.nextGaussian();
        }
        return array;
    }

    private static DMatrixRMaj inputs(AlignedModes modes) {
        return CommonOps_DDRM.transpose(modes.examples(), null);
    }

    /** The bound for errors of norm 1 at the start, without rounding. */
    private double bound(ModesPath path) {
        ModesErrors errors = new ModesErrors(path, 1);
        AlignedPath.Point[] points = path.start();
        for (int step = 0; step < STEPS; step++) {
            errors.advance(points, NOTHING, 0);
            points = path.step(points);
        }
        return errors.all();
    }

    private void agrees(LinearMethod method, int depth, int modesCount) {
        Array inputs = gaussian(2, INPUTS);
        List<Array> matrices = new ArrayList<>(List.of(gaussian(INPUTS, modesCount)));
        for (int layer = 1; layer < depth; layer++) {
            matrices.add(gaussian(HIDDEN, modesCount));
        }
        AlignedModes modes = AlignedModes.of(inputs, matrices);
        double[][] strengths = new double[modesCount][];
        for (int mode = 0; mode < modesCount; mode++) {
            strengths[mode] = random.doubles(depth, 0.5, 1.5).toArray();
        }
        ModesPath path = ModesPath.of(modes, strengths, 1, method);
        List<DMatrixRMaj> start = layers(modes, strengths);
        DMatrixRMaj examples = inputs(modes);
        double[] middle = TangentTraining.weights(start, examples, examples, method, STEPS);
        double[][] end = path.strengths(STEPS);
        double budget = new ModesBudget(modes, path, Precision.FLOAT64).after(STEPS);
        int at = 0;
        for (Array weight : modes.weights(end)) {
            for (double value : weight.values()) {
                assertEquals(value, middle[at++], budget);
            }
        }
        double norm = NormOps_DDRM.normP2(TangentTraining.map(start, examples, examples, method, STEPS));
        double bound = bound(path);
        assertTrue(bound >= norm, "bound " + bound + ", norm " + norm + ", " + method);
        assertTrue(bound < norm * 2, "bound " + bound + ", norm " + norm + ", " + method);
    }

    @Test
    void errorsOfAllLayersArePassedOnAsTheBlocksSay() {
        for (int depth = 1; depth <= 4; depth++) {
            for (int count = 2; count <= INPUTS; count++) {
                agrees(LinearMethod.gradientDescent(0.05), depth, count);
                agrees(new LinearMethod(0.05, 0, false, 0.5), depth, count);
                agrees(new LinearMethod(0.02, 0.8, false, 0.25), depth, count);
                agrees(new LinearMethod(0.02, 0.8, true, 0.25), depth, count);
            }
        }
    }

    /** Each block's errors, one by one: what training in matrices makes of errors in that block alone. */
    private void blocksAgree(LinearMethod method, int depth) {
        Array inputs = gaussian(2, INPUTS);
        List<Array> matrices = new ArrayList<>();
        for (int layer = 0; layer < depth; layer++) {
            matrices.add(gaussian(INPUTS, INPUTS));
        }
        AlignedModes modes = AlignedModes.of(inputs, matrices);
        double[][] strengths = new double[INPUTS][];
        for (int mode = 0; mode < INPUTS; mode++) {
            strengths[mode] = random.doubles(depth, 0.5, 1.5).toArray();
        }
        ModesPath path = ModesPath.of(modes, strengths, 1, method);
        ModesErrors errors = new ModesErrors(path, 1);
        for (int block = 0; block < errors.members().size(); block++) {
            int[] groups = errors.members().get(block);
            double[][] entries = entries(groups, depth);
            ErrorEllipsoid ellipsoid = new ErrorEllipsoid(method, entries.length, 1);
            AlignedPath.Point[] points = path.start();
            for (int step = 0; step < STEPS; step++) {
                // the first block is what only decay sees
                ellipsoid.advance(errors.curvatures(points).get(block + 1), 0);
                points = path.step(points);
            }
            double[] seen = norms(modes, strengths, method, entries);
            for (int number = 0; number < seen.length; number++) {
                String where = Arrays.toString(groups) + ", " + number + " of depth " + depth + ", " + method;
                double radius = ellipsoid.radius(number);
                assertTrue(radius >= seen[number], radius + " for " + seen[number] + where);
                assertEquals(seen[number] * seen[number], radius * radius, ADDED * entries.length, where);
            }
        }
    }

    /** Layer, row and column of each number of a block, in the bases of the modes. */
    private static double[][] entries(int[] groups, int depth) {
        double[][] entries = new double[groups.length * depth][];
        for (int n = 0; n < entries.length; n++) {
            int other = groups[groups.length - 1];
            entries[n] = n < depth ? new double[] {n, groups[0], other} : new double[] {n - depth, other, groups[0]};
        }
        return entries;
    }

    /** How much all errors of a block of norm 1 can make of each of its numbers. */
    private static double[] norms(AlignedModes modes, double[][] strengths, LinearMethod method, double[][] entries) {
        List<DMatrixRMaj> start = layers(modes, strengths);
        double[] squares = new double[entries.length];
        for (double[] from : entries) {
            DMatrixRMaj examples = inputs(modes);
            double[] changes = TangentTraining.changes(start, bent(modes, from), examples, examples, method, STEPS);
            for (int n = 0; n < entries.length; n++) {
                int layer = (int) entries[n][0];
                double change = 0;
                for (int row = 0; row < INPUTS; row++) {
                    for (int column = 0; column < INPUTS; column++) {
                        change += changes[(layer * INPUTS + row) * INPUTS + column]
                                * modes.bases().get(layer + 1).get(row, (int) entries[n][1])
                                * modes.bases().get(layer).get(column, (int) entries[n][2]);
                    }
                }
                squares[n] += change * change;
            }
        }
        return Arrays.stream(squares).map(Math::sqrt).toArray();
    }

    private static List<DMatrixRMaj> layers(AlignedModes modes, double[][] strengths) {
        return modes.weights(strengths).stream()
                .map(weight -> DMatrixRMaj.wrap(weight.size(0), weight.size(1), weight.values()))
                .toList();
    }

    /** A change of one entry by 1, in the bases of the modes. */
    private static List<DMatrixRMaj> bent(AlignedModes modes, double[] entry) {
        List<DMatrixRMaj> change = new ArrayList<>();
        for (int layer = 0; layer + 1 < modes.bases().size(); layer++) {
            change.add(new DMatrixRMaj(INPUTS, INPUTS));
        }
        int layer = (int) entry[0];
        for (int row = 0; row < INPUTS; row++) {
            for (int column = 0; column < INPUTS; column++) {
                double written = modes.bases().get(layer + 1).get(row, (int) entry[1]);
                double read = modes.bases().get(layer).get(column, (int) entry[2]);
                change.get(layer).set(row, column, written * read);
            }
        }
        return change;
    }

    @Test
    void everyBlockPassesItsErrorsOnByItself() {
        for (int depth = 1; depth <= 4; depth++) {
            blocksAgree(LinearMethod.gradientDescent(0.05), depth);
            blocksAgree(new LinearMethod(0.02, 0.8, false, 0.25), depth);
            blocksAgree(new LinearMethod(0.02, 0.8, true, 0.25), depth);
        }
    }

    /** Where the data are not quite what their modes say, the budget counts it, and without that it would be wrong. */
    @Test
    void aBasisThatIsOffShows() {
        Array inputs = gaussian(2, INPUTS);
        AlignedModes modes = AlignedModes.of(inputs, List.of(gaussian(INPUTS, INPUTS), gaussian(HIDDEN, INPUTS)));
        DMatrixRMaj bent = modes.bases().get(0).copy();
        bent.data[0] += 0x1p-20;
        AlignedModes off =
                new AlignedModes(List.of(bent, modes.bases().get(1), bent), modes.eigenvalues(), modes.examples());
        double[][] strengths = {{0.5, 1}, {1, 0.75}, {0.25, 0.5}};
        LinearMethod method = LinearMethod.gradientDescent(0.0625);
        double fine = distance(modes, strengths, method);
        double coarse = distance(off, strengths, method);
        double ofModes = new ModesBudget(modes, ModesPath.of(modes, strengths, 1, method), Precision.FLOAT64).after(9);
        double ofBent = new ModesBudget(off, ModesPath.of(off, strengths, 1, method), Precision.FLOAT64).after(9);
        assertTrue(fine <= ofModes && coarse <= ofBent, fine + " of " + ofModes + ", " + coarse + " of " + ofBent);
        assertTrue(coarse > ofModes, coarse + " of " + ofModes);
    }

    /** How far training in matrices ends from the layers that the modes predict. */
    private static double distance(AlignedModes modes, double[][] strengths, LinearMethod method) {
        DMatrixRMaj examples = inputs(modes);
        double[] trained = TangentTraining.weights(layers(modes, strengths), examples, examples, method, 9);
        double[] predicted = modes
                .weights(ModesPath.of(modes, strengths, 1, method).strengths(9))
                .stream()
                .flatMapToDouble(weight -> Arrays.stream(weight.values()))
                .toArray();
        double squares = 0;
        for (int i = 0; i < trained.length; i++) {
            squares += Math.pow(trained[i] - predicted[i], 2);
        }
        return Math.sqrt(squares);
    }

    /** Beyond the limits of stability the budget says nothing. */
    @Test
    void startsThatAreUnstableAreOutside() {
        Array inputs = gaussian(2, INPUTS);
        AlignedModes modes = AlignedModes.of(inputs, List.of(gaussian(INPUTS, INPUTS), gaussian(INPUTS, INPUTS)));
        double[][] strengths = {{1, 1}, {1, 1}, {0.5, 4}};
        ModesPath still = ModesPath.of(modes, strengths, 1, LinearMethod.gradientDescent(1));
        double largest = Math.max(modes.eigenvalues()[0], modes.eigenvalues()[1]);
        // the third mode writes what the others read: q² is 16 in the first layer, p² is 1 in the second
        assertEquals(17 * largest, still.curvature(strengths));
        // within the limit errors add up: in twice the time they are not many times as large
        double half = budget(modes, strengths, 1.9 / (17 * largest), 1000);
        double within = budget(modes, strengths, 1.9 / (17 * largest), 2000);
        assertTrue(within < 4 * half, "within " + within + " after " + half);
        // beyond it they grow by a fifth in a step, which no number holds in the end
        double beyond = budget(modes, strengths, 2.2 / (17 * largest), 2000);
        assertTrue(!(beyond < Double.POSITIVE_INFINITY), "beyond " + beyond);
    }

    private static double budget(AlignedModes modes, double[][] strengths, double rate, int steps) {
        ModesPath path = ModesPath.of(modes, strengths, 1, LinearMethod.gradientDescent(rate));
        return new ModesBudget(modes, path, Precision.FLOAT64).after(steps);
    }
}
