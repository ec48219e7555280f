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

    /** The mean over deep networks at the probes, one row for each pixel, and a bound on its distance. */
    record Mean(Array values, Array bounds) {}

    /** What the kernel of the deep network says. */
    Mean mean() {
        InfiniteKernel kernel = new InfiniteKernel(network, train, false);
        KernelSpectrum spectrum = new KernelSpectrum(kernel);
        double scale = problem.lossScale();
        double rate = new Quaternary(method.learningRate() / factor, kernel.tangentUnit()).value();
        LinearMethod scaled = method.withLearningRate(rate);
        KernelTraining training =
                new KernelTraining(kernel, spectrum, scale, scaled, new Horizon.Steps(steps), spectrum.cut());
        InfiniteKernel.Block block = kernel.with(probes, false);
        DMatrixRMaj mean = KernelTraining.mean(block, training.weights(targets));
        InfiniteKernel sizes = new InfiniteKernel(network, absolute(train), false);
        double unit = new Quaternary(1, sizes.tangentUnit() - kernel.tangentUnit()).value();
        DMatrixRMaj bounds = new WindowBudget(
                        kernel, spectrum, scaled(sizes.tangent(), unit), scale, scaled, steps, SoftWindow.rows(targets))
                .bounds(
                        block.tangent(),
                        scaled(sizes.with(absolute(probes), false).tangent(), unit));
        return new Mean(
                Array.of(mean.data.clone(), mean.numRows, mean.numCols),
                Array.of(bounds.data.clone(), bounds.numRows, bounds.numCols));
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
