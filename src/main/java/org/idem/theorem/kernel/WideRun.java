package org.idem.theorem.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.theorem.Claim;
import org.idem.theory.kernel.InfiniteKernel;
import org.idem.theory.kernel.InfiniteNetwork;
import org.idem.theory.kernel.KernelSpectrum;
import org.idem.theory.kernel.KernelTraining;
import org.idem.theory.kernel.Quaternary;
import org.idem.training.run.Training;
import org.idem.training.wide.TwoLayers;
import org.idem.training.wide.WideTask;
import org.idem.training.witness.Witness;

/**
 * One trial about networks of growing width: many networks of n units and as many of 4n, really trained, and the
 * infinitely wide network whose kernels predict them.
 *
 * @param network two layers of infinite width
 * @param task what is trained on, and where outputs are looked at
 * @param method gradient descent, heavy ball or Nesterov
 * @param steps t
 * @param units n
 * @param networks of each width
 * @param witnessed whether the first {@value #WITNESSED} networks of each width take their gradients from the witness
 * @param seed of all initial weights
 */
record WideRun(
        InfiniteNetwork network,
        WideTask task,
        LinearMethod method,
        int steps,
        int units,
        int networks,
        boolean witnessed,
        long seed) {
    /** Building the witness's graph costs more than a hundred of these networks. */
    static final int WITNESSED = 8;

    private static final double UNIT = 0x1p-53;

    int trained() {
        return task.targets().length();
    }

    int probes() {
        return task.probes().length() / task.probes().size(1);
    }

    /** Sites of one input: the pixels of an image, or one. */
    int pixels() {
        return trained() / task.train().size(0);
    }

    double lossScale() {
        return task.loss().scale(trained());
    }

    int width(boolean fine) {
        return fine ? ((int) Claim.Limit.RATIO) * units : units;
    }

    List<String> describe() {
        return List.of(
                "network       " + network.architecture() + ", weight variance " + network.weightVariance()
                        + ", bias variance " + network.biasVariance(),
                "examples      " + task.train().size(0) + ", seen at "
                        + task.probes().size(0) + " others",
                "rule          " + method + ", " + steps + " steps, loss " + task.loss(),
                "networks      " + networks + " of " + width(false) + " units and of " + width(true));
    }

    /** What one network did: outputs before training, training inputs first, and after it. */
    interface Reader {
        double[] read(TwoLayers drawn);
    }

    /** One row of numbers for each width, what is read of one network after the other. */
    Array observe(Reader reader) {
        List<Array> rows = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (boolean fine : new boolean[] {false, true}) {
            TwoLayers layers = new TwoLayers(task, width(fine));
            double[] row = new double[0];
            for (int i = 0; i < networks; i++) {
                layers.draw(random);
                layers.gradientsBy(witnessed && i < WITNESSED ? this::witnessedGradient : null);
                double[] numbers = reader.read(layers);
                row = i == 0 ? new double[networks * numbers.length] : row;
                System.arraycopy(numbers, 0, row, i * numbers.length, numbers.length);
            }
            rows.add(Array.of(row, 1, row.length));
        }
        return Array.concatenate(rows);
    }

    private List<StageParameters> witnessedGradient(TrainingProblem problem) {
        try (Training training =
                new Witness(problem, LinearMethod.gradientDescent(1), Precision.FLOAT64, problem.examples())) {
            return training.gradient();
        }
    }

    /** A_t of kernels: one row for each probe, or pixel of one, and one column for each training input. */
    double[][] answer(InfiniteNetwork kernels, LinearMethod rule, int count) {
        InfiniteKernel kernel = new InfiniteKernel(kernels, task.train(), false);
        KernelSpectrum spectrum = new KernelSpectrum(kernel);
        KernelTraining training = new KernelTraining(
                kernel, spectrum, lossScale(), inUnitOf(kernel, rule), new Horizon.Steps(count), spectrum.cut());
        return rows(KernelTraining.mean(kernel.with(task.probes(), false), training.weights(eachAlone())));
    }

    double[][] answer() {
        return answer(network, method, steps);
    }

    static LinearMethod inUnitOf(InfiniteKernel kernel, LinearMethod rule) {
        return rule.withLearningRate(new Quaternary(rule.learningRate(), kernel.tangentUnit()).value());
    }

    private static double[][] rows(DMatrixRMaj matrix) {
        double[][] rows = new double[matrix.numRows][matrix.numCols];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(matrix.data, row * matrix.numCols, rows[row], 0, matrix.numCols);
        }
        return rows;
    }

    /** Targets of which each output learns one alone. */
    private Array eachAlone() {
        int[] shape = task.targets().shape();
        int plane = trained() / shape[0];
        shape[1] = trained();
        Array targets = Array.zeros(shape);
        for (int site = 0; site < trained(); site++) {
            targets.values()[(site / plane * trained() + site) * plane + site % plane] = 1;
        }
        return targets;
    }

    /** What rounding may make of a number of this size: sums over units, whose terms add up to about √n times it. */
    double rounding(double size) {
        double width = width(true);
        return 4 * Math.sqrt(width) * (width + 64) * (steps + 1) * UNIT * size;
    }
}
