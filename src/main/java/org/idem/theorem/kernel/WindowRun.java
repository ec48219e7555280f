package org.idem.theorem.kernel;

import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Padding;
import org.idem.theorem.Engine;
import org.idem.theory.kernel.InfiniteKernel;
import org.idem.theory.kernel.InfiniteNetwork;
import org.idem.theory.kernel.KernelSpectrum;
import org.idem.theory.kernel.KernelTraining;
import org.idem.theory.kernel.Quaternary;
import org.idem.theory.kernel.window.SoftWindow;
import org.idem.theory.kernel.window.WindowBudget;
import org.idem.training.run.Run;

/**
 * One trial of T7.linear-cnn: the deep network of which the kernel speaks, and the one layer that is really trained.
 *
 * @param window soft window of depth and kernel
 * @param network the deep linear network as its kernel is computed
 * @param factor what the deep network's learning rate is multiplied by for the one layer
 * @param problem the one layer: rows of patches, targets, initial weights 0
 * @param method of the one layer
 * @param steps t
 * @param train image, (1, C, H, W)
 * @param probes image, (1, C, H, W)
 * @param targets (1, k, H, W)
 * @param probePatches what the one layer sees of the probes
 * @param engine what trains
 */
record WindowRun(
        SoftWindow window,
        InfiniteNetwork network,
        double factor,
        LinearProblem problem,
        LinearMethod method,
        int steps,
        Array train,
        Array probes,
        Array targets,
        Array probePatches,
        Engine engine) {
    /** The deep linear network of a window with circular padding. */
    static InfiniteNetwork deep(SoftWindow window, Padding padding, double weightVariance) {
        Architecture architecture =
                Architecture.cnn(window.depth(), window.kernel(), padding, Activation.LINEAR, false, false);
        return new InfiniteNetwork(architecture, weightVariance, 0);
    }

    WindowRun with(InfiniteNetwork other) {
        return new WindowRun(
                window, other, factor, problem, method, steps, train, probes, targets, probePatches, engine);
    }

    WindowRun withFactor(double other) {
        return new WindowRun(
                window, network, other, problem, method, steps, train, probes, targets, probePatches, engine);
    }

    WindowRun with(LinearMethod other) {
        return new WindowRun(
                window, network, factor, problem, other, steps, train, probes, targets, probePatches, engine);
    }

    WindowRun withSteps(int other) {
        return new WindowRun(
                window, network, factor, problem, method, other, train, probes, targets, probePatches, engine);
    }

    /** The same deep network beside one layer that sees through other weights along each axis. */
    WindowRun seenThrough(double[] along) {
        Array rows = window.patches(train, along);
        return new WindowRun(
                window,
                network,
                factor,
                problem.withExamples(rows, problem.targets()),
                method,
                steps,
                train,
                probes,
                targets,
                window.patches(probes, along),
                engine);
    }

    Run training() {
        return new Run(problem, method, steps, false, Precision.FLOAT64, probePatches);
    }

    /** What the kernel of the deep network says. */
    Mean mean() {
        return new Mean(this);
    }

    /** The mean over deep networks at the probes, one row for each pixel. */
    static final class Mean {
        private final WindowRun run;
        private final InfiniteKernel kernel;
        private final KernelSpectrum spectrum;
        private final LinearMethod scaled;
        private final InfiniteKernel.Block block;

        private Mean(WindowRun run) {
            this.run = run;
            kernel = new InfiniteKernel(run.network, run.train, false);
            spectrum = new KernelSpectrum(kernel);
            double rate = new Quaternary(run.method.learningRate() / run.factor, kernel.tangentUnit()).value();
            scaled = run.method.withLearningRate(rate);
            block = kernel.with(run.probes, false);
        }

        /** Infinite where training, by a wrong description of the network, leaves the range of double precision. */
        Array values() {
            KernelTraining training = new KernelTraining(
                    kernel, spectrum, run.problem.lossScale(), scaled, new Horizon.Steps(run.steps), spectrum.cut());
            return array(KernelTraining.mean(block, training.weights(run.targets)));
        }

        /** How far rounding may carry the values from the mean. */
        Array bounds() {
            InfiniteKernel sizes = new InfiniteKernel(run.network, absolute(run.train), false);
            double unit = new Quaternary(1, sizes.tangentUnit() - kernel.tangentUnit()).value();
            WindowBudget budget = new WindowBudget(
                    kernel,
                    spectrum,
                    scaled(sizes.tangent(), unit),
                    run.problem.lossScale(),
                    scaled,
                    run.steps,
                    SoftWindow.rows(run.targets));
            return array(budget.bounds(
                    block.tangent(),
                    scaled(sizes.with(absolute(run.probes), false).tangent(), unit)));
        }

        private static Array array(DMatrixRMaj matrix) {
            return Array.of(matrix.data.clone(), matrix.numRows, matrix.numCols);
        }
    }

    private static DMatrixRMaj scaled(DMatrixRMaj matrix, double factor) {
        DMatrixRMaj scaled = matrix.copy();
        for (int i = 0; i < scaled.getNumElements(); i++) {
            scaled.data[i] *= factor;
        }
        return scaled;
    }

    private static Array absolute(Array array) {
        double[] sizes = array.values().clone();
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.abs(sizes[i]);
        }
        return Array.of(sizes, array.shape());
    }
}
