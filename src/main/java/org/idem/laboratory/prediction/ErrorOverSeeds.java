package org.idem.laboratory.prediction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Task;
import org.idem.laboratory.result.TheoryRow;
import org.idem.network.Cnn;
import org.idem.network.Initialization;
import org.idem.network.LinearMap;
import org.idem.network.LinearProblem;
import org.idem.network.Padding;
import org.idem.theory.design.DesignMatrix;
import org.idem.theory.generalisation.ErrorLaw;
import org.idem.theory.generalisation.ErrorMoments;
import org.idem.theory.generalisation.Sight;
import org.idem.theory.generalisation.Unlearned;
import org.idem.theory.generalisation.UnlearnedBall;
import org.idem.theory.generalisation.WorstPatch;

/**
 * T1 and T2 over seeds: mean, law and bounds of the error on the identity task, over all networks of the run's
 * configuration that are trained for as many steps. Where training stops by its error, networks differ in their steps;
 * the rows then speak of another ensemble than that of the study.
 *
 * <p>Needs steps on all examples, independent initial weights, biases of the same variance if there are any, and no
 * decay; laws and bounds need normal weights and no bias.
 */
final class ErrorOverSeeds {
    private static final String MEASURE = "identity_mse";
    /** Of networks outside the range of a law. */
    private static final double FAILURE = 0.05;
    /** A law of more terms costs more than training. */
    private static final int MOST_TERMS = 1 << 15;

    private ErrorOverSeeds() {}

    static List<TheoryRow> rows(Task task, OneLayer layer, int steps) {
        Initialization initial = Run.initialization(task.point());
        return isCovered(task, layer, initial) ? rows(task, layer, initial, steps) : List.of();
    }

    private static boolean isCovered(Task task, OneLayer layer, Initialization initial) {
        LinearMap map = layer.problem().map();
        boolean biased = map.bias() && initial.biasVariance(map) != initial.weightVariance(map);
        return initial.law().isIndependent()
                && !layer.cyclic()
                && !biased
                && layer.method().weightDecay() == 0
                && task.targets().equals(LinearProblem.identityTargets(map, task.inputs()));
    }

    private static List<TheoryRow> rows(Task task, OneLayer layer, Initialization initial, int steps) {
        LinearMap map = layer.problem().map();
        Cnn cnn = asConvolution(map);
        double variance = initial.weightVariance(map);
        Unlearned unlearned =
                Unlearned.inTheLimit(layer.design()).after(layer.problem().lossScale(), layer.method(), steps);
        List<Array> tests = task.tests().stream()
                .map(test -> map instanceof Cnn
                        ? test.input()
                        : test.input().reshape(1, test.input().length(), 1, 1))
                .toList();
        double mean = tests.stream()
                .mapToDouble(test -> ErrorMoments.mean(unlearned, cnn, test, variance))
                .average()
                .orElse(Double.NaN);
        List<TheoryRow> rows = new ArrayList<>();
        rows.add(new TheoryRow(layer.family() + ".mean-error", MEASURE, mean, Double.NaN, Double.NaN));
        if (initial.law().isGaussian() && !map.bias()) {
            Cnn single = new Cnn(cnn.channels(), cnn.outputs(), cnn.kernel(), Padding.VALID, false);
            Array patches = patches(cnn, tests);
            long terms = (long) Math.min(cnn.fanIn(), patches.size(0)) * cnn.outputs();
            boolean affordable = patches.length() <= OneLayer.MOST_NUMBERS && terms <= MOST_TERMS;
            if (affordable) {
                ErrorLaw law = ErrorLaw.of(unlearned, single, patches, variance);
                rows.add(new TheoryRow(
                        layer.family() + ".law",
                        MEASURE,
                        law.mean(),
                        law.quantile(FAILURE / 2),
                        law.quantile(1 - FAILURE / 2)));
            }
            if (map instanceof Cnn) {
                UnlearnedBall ball = UnlearnedBall.of(unlearned, cnn);
                Sight sight = affordable
                        ? Sight.of(unlearned, single, patches)
                        : Sight.atMost(largestPatch(unlearned, cnn, tests));
                double uniform = square(largestPixel(tests))
                        * WorstPatch.of(unlearned, cnn).bound(variance, FAILURE);
                rows.add(bound("T2.image-bound", ball.bound(sight, variance, FAILURE)));
                rows.add(bound("T2.uniform-bound", uniform));
            }
        }
        return rows;
    }

    /**
     * An upper bound on the mean error over the test images. That of T2.image-bound is for these images; that of
     * T2.uniform-bound is for every image with pixels as large as the largest here.
     */
    private static TheoryRow bound(String theorem, double high) {
        return new TheoryRow(theorem, MEASURE, Double.NaN, Double.NaN, high);
    }

    /** What all patches together show of any direction is at most what the largest one does, image by image. */
    private static double largestPatch(Unlearned unlearned, Cnn cnn, List<Array> tests) {
        return tests.stream()
                .mapToDouble(test -> UnlearnedBall.largestPatch(unlearned, cnn, test))
                .average()
                .orElse(Double.NaN);
    }

    private static double largestPixel(List<Array> tests) {
        return tests.stream()
                .flatMapToDouble(test -> Arrays.stream(test.values()))
                .map(Math::abs)
                .max()
                .orElse(0);
    }

    private static double square(double value) {
        return value * value;
    }

    /** A fully connected network is a convolution on one pixel whose channels are the inputs. */
    private static Cnn asConvolution(LinearMap map) {
        return map instanceof Cnn cnn ? cnn : new Cnn(map.fanIn(), map.outputs(), 1, Padding.VALID, map.bias());
    }

    /**
     * All patches of test images as images of one patch, so that images of several sizes have one law. The error is
     * linear in a patch; patches of a small image are enlarged so that each image counts the same in the mean.
     */
    private static Array patches(Cnn cnn, List<Array> tests) {
        List<double[]> patches = new ArrayList<>();
        List<Integer> sites = new ArrayList<>();
        for (Array test : tests) {
            DMatrixRMaj columns = DesignMatrix.of(cnn, test);
            for (int site = 0; site < columns.numCols; site++) {
                double[] patch = new double[columns.numRows];
                for (int row = 0; row < patch.length; row++) {
                    patch[row] = columns.get(row, site);
                }
                patches.add(patch);
                sites.add(columns.numCols);
            }
        }
        double[] all = new double[patches.size() * cnn.fanIn()];
        for (int i = 0; i < patches.size(); i++) {
            double weight = Math.sqrt(patches.size() / ((double) tests.size() * sites.get(i)));
            for (int row = 0; row < cnn.fanIn(); row++) {
                all[i * cnn.fanIn() + row] = weight * patches.get(i)[row];
            }
        }
        return Array.of(all, patches.size(), cnn.channels(), cnn.kernel(), cnn.kernel());
    }
}
