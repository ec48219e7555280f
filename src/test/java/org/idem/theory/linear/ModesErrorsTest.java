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
    private static final double SMALL = 1e-6;
    private static final StepRounding.Local NOTHING = new StepRounding.Local(0, 0, 0);

    private final SplittableRandom random = new SplittableRandom(20261127);

    private Array gaussian(int rows, int columns) {
        Array array = Array.zeros(rows, columns);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = random.nextGaussian();
        }
        return array;
    }

    /** The weights after some steps on the identity task, by matrices. */
    private static double[] trained(List<DMatrixRMaj> start, DMatrixRMaj examples, LinearMethod method) {
        List<DMatrixRMaj> weights = new ArrayList<>();
        List<DMatrixRMaj> velocities = new ArrayList<>();
        for (DMatrixRMaj layer : start) {
            weights.add(layer.copy());
            velocities.add(layer.createLike());
        }
        for (int step = 0; step < STEPS; step++) {
            List<DMatrixRMaj> signals = new ArrayList<>(List.of(CommonOps_DDRM.transpose(examples, null)));
            for (DMatrixRMaj layer : weights) {
                signals.add(CommonOps_DDRM.mult(layer, signals.get(signals.size() - 1), null));
            }
            DMatrixRMaj error = CommonOps_DDRM.subtract(signals.get(weights.size()), signals.get(0), null);
            for (int layer = weights.size() - 1; layer >= 0; layer--) {
                DMatrixRMaj weight = weights.get(layer);
                DMatrixRMaj gradient = CommonOps_DDRM.multTransB(error, signals.get(layer), null);
                error = CommonOps_DDRM.multTransA(weight, error, null);
                CommonOps_DDRM.addEquals(gradient, method.weightDecay(), weight);
                DMatrixRMaj velocity = velocities.get(layer);
                CommonOps_DDRM.scale(method.momentum(), velocity);
                CommonOps_DDRM.addEquals(velocity, gradient);
                if (method.nesterov()) {
                    CommonOps_DDRM.addEquals(gradient, method.momentum(), velocity);
                } else {
                    gradient = velocity;
                }
                CommonOps_DDRM.addEquals(weight, -method.learningRate(), gradient);
            }
        }
        return weights.stream()
                .flatMapToDouble(weight -> Arrays.stream(weight.data))
                .toArray();
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
        List<DMatrixRMaj> start = modes.weights(strengths).stream()
                .map(weight -> DMatrixRMaj.wrap(weight.size(0), weight.size(1), weight.values()))
                .toList();
        double[] middle = trained(start, modes.examples(), method);
        double[][] end = path.strengths(STEPS);
        int at = 0;
        for (Array weight : modes.weights(end)) {
            for (double value : weight.values()) {
                assertEquals(value, middle[at++], 1e-12);
            }
        }
        DMatrixRMaj map = new DMatrixRMaj(middle.length, middle.length);
        int column = 0;
        for (DMatrixRMaj layer : start) {
            for (int i = 0; i < layer.data.length; i++) {
                double kept = layer.data[i];
                layer.data[i] = kept + SMALL;
                double[] up = trained(start, modes.examples(), method);
                layer.data[i] = kept - SMALL;
                double[] down = trained(start, modes.examples(), method);
                layer.data[i] = kept;
                for (int row = 0; row < up.length; row++) {
                    map.set(row, column, (up[row] - down[row]) / (2 * SMALL));
                }
                column++;
            }
        }
        double norm = NormOps_DDRM.normP2(map);
        double bound = bound(path);
        assertTrue(bound > norm * (1 - 1e-6), "bound " + bound + ", norm " + norm + ", " + method);
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
                assertEquals(seen[number], ellipsoid.radius(number), 1e-4 * (1 + seen[number]), where);
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
        double[] squares = new double[entries.length];
        for (double[] from : entries) {
            double[] up = trained(bent(modes, strengths, from, SMALL), modes.examples(), method);
            double[] down = trained(bent(modes, strengths, from, -SMALL), modes.examples(), method);
            for (int n = 0; n < entries.length; n++) {
                int layer = (int) entries[n][0];
                double change = 0;
                for (int row = 0; row < INPUTS; row++) {
                    for (int column = 0; column < INPUTS; column++) {
                        int at = (layer * INPUTS + row) * INPUTS + column;
                        change += (up[at] - down[at])
                                * modes.bases().get(layer + 1).get(row, (int) entries[n][1])
                                * modes.bases().get(layer).get(column, (int) entries[n][2]);
                    }
                }
                squares[n] += change * change / (4 * SMALL * SMALL);
            }
        }
        return Arrays.stream(squares).map(Math::sqrt).toArray();
    }

    /** The layers with one entry changed, in the bases of the modes. */
    private static List<DMatrixRMaj> bent(AlignedModes modes, double[][] strengths, double[] entry, double size) {
        List<DMatrixRMaj> layers = modes.weights(strengths).stream()
                .map(weight -> DMatrixRMaj.wrap(weight.size(0), weight.size(1), weight.values()))
                .toList();
        int layer = (int) entry[0];
        for (int row = 0; row < INPUTS; row++) {
            for (int column = 0; column < INPUTS; column++) {
                double written = modes.bases().get(layer + 1).get(row, (int) entry[1]);
                double read = modes.bases().get(layer).get(column, (int) entry[2]);
                layers.get(layer).add(row, column, size * written * read);
            }
        }
        return layers;
    }

    @Test
    void everyBlockPassesItsErrorsOnByItself() {
        for (int depth = 1; depth <= 4; depth++) {
            blocksAgree(LinearMethod.gradientDescent(0.05), depth);
            blocksAgree(new LinearMethod(0.02, 0.8, false, 0.25), depth);
            blocksAgree(new LinearMethod(0.02, 0.8, true, 0.25), depth);
        }
    }

    /** Where the data are not quite what their modes say, the budget counts it. */
    @Test
    void aBasisThatIsOffShows() {
        Array inputs = gaussian(2, INPUTS);
        AlignedModes modes = AlignedModes.of(inputs, List.of(gaussian(INPUTS, INPUTS), gaussian(HIDDEN, INPUTS)));
        assertTrue(modes.covarianceError() < 1e-13 && modes.defects()[1] < 1e-14);
        DMatrixRMaj bent = modes.bases().get(0).copy();
        bent.data[0] += 1e-6;
        AlignedModes off =
                new AlignedModes(List.of(bent, modes.bases().get(1), bent), modes.eigenvalues(), modes.examples());
        assertTrue(off.defects()[0] > 1e-7 && off.covarianceError() > 1e-7);
        double[][] strengths = {{0.5, 1}, {1, 0.75}, {0.25, 0.5}};
        LinearMethod method = LinearMethod.gradientDescent(0.0625);
        double fine = new ModesBudget(modes, ModesPath.of(modes, strengths, 1, method), Precision.FLOAT64).after(9);
        double coarse = new ModesBudget(off, ModesPath.of(off, strengths, 1, method), Precision.FLOAT64).after(9);
        assertTrue(fine < 1e-12 && coarse > 1e-7, fine + ", " + coarse);
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
        assertEquals(17 * largest, still.curvature(strengths), 1e-12 * largest);
        double within = new ModesBudget(
                        modes,
                        ModesPath.of(modes, strengths, 1, LinearMethod.gradientDescent(1.9 / (17 * largest))),
                        Precision.FLOAT64)
                .after(2000);
        double beyond = new ModesBudget(
                        modes,
                        ModesPath.of(modes, strengths, 1, LinearMethod.gradientDescent(2.2 / (17 * largest))),
                        Precision.FLOAT64)
                .after(2000);
        assertTrue(within < 1e-9, "within " + within);
        assertTrue(!(beyond < 1), "beyond " + beyond);
    }
}
