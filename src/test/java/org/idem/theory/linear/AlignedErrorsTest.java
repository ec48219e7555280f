package org.idem.theory.linear;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.junit.jupiter.api.Test;

/** The bounds on errors of aligned layers against how training in matrices passes small errors on. */
class AlignedErrorsTest {
    private static final int[] WIDTHS = {3, 4, 2, 3};
    private static final int DEPTH = WIDTHS.length - 1;
    private static final int STEPS = 8;
    private static final StepRounding.Local NOTHING = new StepRounding.Local(0, 0, 0);

    private static final List<LinearMethod> METHODS = List.of(
            LinearMethod.gradientDescent(0.0625),
            new LinearMethod(0.0625, 0, false, 0.5),
            new LinearMethod(0.03125, 0.75, false, 0.25),
            new LinearMethod(0.03125, 0.75, true, 0.25));

    private final SplittableRandom random = new SplittableRandom(20261128);

    private double[] gaussian(int length, double deviation) {
        double[] numbers = new double[length];
        Arrays.setAll(numbers, i -> deviation * random.nextGaussian());
        return numbers;
    }

    private AlignedLayers layers() {
        return layers(0.5);
    }

    private AlignedLayers layers(double size) {
        List<double[]> directions = new ArrayList<>();
        List<Array> across = new ArrayList<>();
        for (int layer = 0; layer <= DEPTH; layer++) {
            directions.add(gaussian(WIDTHS[layer], 1));
        }
        for (int layer = 0; layer < DEPTH; layer++) {
            across.add(Array.of(gaussian(WIDTHS[layer + 1] * WIDTHS[layer], size), WIDTHS[layer + 1], WIDTHS[layer]));
        }
        return AlignedLayers.of(directions, across);
    }

    /** Largest factor by which training changes the norm of small errors of aligned layers. */
    private static double norm(AlignedPath path, AlignedLayers layers, double[] strengths) {
        return NormOps_DDRM.normP2(map(path, layers, strengths));
    }

    private static DMatrixRMaj map(AlignedPath path, AlignedLayers layers, double[] strengths) {
        List<DMatrixRMaj> start = layers.weights(strengths, 1).stream()
                .map(weight -> DMatrixRMaj.wrap(weight.size(0), weight.size(1), weight.values()))
                .toList();
        DMatrixRMaj input = column(layers.directions().get(0), path.inputNorm());
        DMatrixRMaj target = column(layers.directions().get(DEPTH), path.targetNorm());
        return TangentTraining.map(start, input, target, path.method(), STEPS);
    }

    private static DMatrixRMaj column(double[] direction, double norm) {
        return new DMatrixRMaj(
                direction.length,
                1,
                true,
                Arrays.stream(direction).map(number -> norm * number).toArray());
    }

    private static double bound(AlignedPath path, AlignedLayers layers, double[] strengths, boolean apart) {
        return errors(path, layers, strengths, apart).all();
    }

    private static AlignedErrors errors(AlignedPath path, AlignedLayers layers, double[] strengths, boolean apart) {
        List<AlignedPath.Point> points = path.points(strengths, STEPS);
        AlignedErrors errors = new AlignedErrors(path, AcrossReach.of(layers), points, 1, apart);
        for (int step = 0; step < STEPS; step++) {
            errors.advance(step, NOTHING, 0);
        }
        return errors;
    }

    @Test
    void trainingPassesErrorsOnNoLargerThanTheBoundsSay() {
        for (LinearMethod method : METHODS) {
            for (int trial = 0; trial < 10; trial++) {
                AlignedLayers layers = layers();
                double[] strengths = random.doubles(DEPTH, 0.5, 1.5).toArray();
                AlignedPath path = new AlignedPath(1.25, 0.75, 1, method);
                double norm = norm(path, layers, strengths);
                double through = bound(path, layers, strengths, false);
                double apart = bound(path, layers, strengths, true);
                assertTrue(norm <= through, norm + " of " + through + ", " + method);
                assertTrue(norm <= apart, norm + " of " + apart + ", " + method);
            }
        }
    }

    /** One layer that passes nothing on learns; what comes to the last layer is then 0, which nothing is divided by. */
    @Test
    void strengthsMayBeZero() {
        for (LinearMethod method : METHODS) {
            for (int layer = 0; layer < DEPTH; layer++) {
                AlignedLayers layers = layers();
                double[] strengths = random.doubles(DEPTH, 0.5, 1.5).toArray();
                strengths[layer] = 0;
                AlignedPath path = new AlignedPath(1.25, 0.75, 1, method);
                double norm = norm(path, layers, strengths);
                double apart = bound(path, layers, strengths, true);
                assertTrue(norm <= apart, norm + " of " + apart + ", " + method);
                if (layer < DEPTH - 1) {
                    assertFalse(bound(path, layers, strengths, false) < Double.POSITIVE_INFINITY);
                }
                double budget = new AlignedBudget(
                                path, AcrossReach.of(layers), layers.acrossNorms(), layers.widest(), Precision.FLOAT64)
                        .after(path.points(strengths, STEPS));
                assertTrue(budget < 0x1p-30, budget + ", " + method);
            }
        }
    }

    /** The part b_j = (1 − u_ju_jᵀ)Wu_{j−1} of what becomes of all errors, for one layer from 0. */
    private static DMatrixRMaj column(DMatrixRMaj map, AlignedLayers layers, int layer) {
        double[] read = layers.directions().get(layer);
        double[] written = layers.directions().get(layer + 1);
        int first = 0;
        for (int below = 0; below < layer; below++) {
            first += WIDTHS[below] * WIDTHS[below + 1];
        }
        DMatrixRMaj part = new DMatrixRMaj(written.length, map.numCols);
        for (int from = 0; from < map.numCols; from++) {
            double[] seen = new double[written.length];
            double along = 0;
            for (int row = 0; row < written.length; row++) {
                for (int k = 0; k < read.length; k++) {
                    seen[row] += map.get(first + row * read.length + k, from) * read[k];
                }
                along += seen[row] * written[row];
            }
            for (int row = 0; row < written.length; row++) {
                part.set(row, from, seen[row] - along * written[row]);
            }
        }
        return part;
    }

    /**
     * Where nothing happens across, rows and columns at a hidden layer pull only each other, and the bound is reached.
     */
    @Test
    void columnsAreBoundedOneByOne() {
        for (LinearMethod method : METHODS) {
            for (double size : new double[] {0, 0.5}) {
                AlignedLayers layers = layers(size);
                double[] strengths = random.doubles(DEPTH, 0.5, 1.5).toArray();
                AlignedPath path = new AlignedPath(1.25, 3, 1, method);
                DMatrixRMaj map = map(path, layers, strengths);
                AlignedErrors errors = errors(path, layers, strengths, true);
                for (int layer = 0; layer < DEPTH; layer++) {
                    double norm = NormOps_DDRM.normP2(column(map, layers, layer));
                    double bound = errors.column(layer);
                    assertTrue(norm <= bound, norm + " of " + bound + " in layer " + layer + ", " + method);
                    if (size == 0 && layer < DEPTH - 1) {
                        assertTrue(bound <= norm * (1 + 0x1p-16), bound + " for " + norm + ", " + method);
                    }
                }
            }
        }
    }
}
