package org.idem.laboratory.prediction;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.laboratory.plan.Task;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.theory.kernel.InfiniteKernel;
import org.idem.theory.kernel.InfiniteNetwork;
import org.idem.theory.kernel.KernelSpectrum;
import org.idem.theory.kernel.KernelTraining;
import org.idem.theory.kernel.Quaternary;

/** The kernel of a task's training inputs, and between them and every test image; the same for all seeds. */
final class KernelOfTask {
    private final Task task;
    private final InfiniteKernel kernel;
    private final KernelSpectrum spectrum;
    /** Of the training inputs, then of every test image. */
    private final List<InfiniteKernel.Block> blocks = new ArrayList<>();

    KernelOfTask(InfiniteNetwork network, Task task) {
        this.task = task;
        kernel = new InfiniteKernel(network, task.inputs(), false);
        spectrum = new KernelSpectrum(kernel);
        blocks.add(new InfiniteKernel.Block(new DMatrixRMaj(0, 0), kernel.tangent()));
        task.tests().forEach(test -> blocks.add(kernel.with(test.input(), false)));
    }

    private double lossScale() {
        return task.point().get(StudyAxes.LOSS).scale(task.targets().length());
    }

    /** Product of learning rate and largest curvature. */
    double steepness(LinearMethod method) {
        return scaled(method).learningRate() * lossScale() * spectrum.largest();
    }

    private LinearMethod scaled(LinearMethod method) {
        double rate = new Quaternary(method.learningRate(), kernel.tangentUnit()).value();
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new ArithmeticException("the learning rate leaves double precision in the kernel's unit");
        }
        return method.withLearningRate(rate);
    }

    /**
     * What training adds to outputs: A_t·R on the training inputs, then on every test image.
     *
     * @param method without decay, stable
     * @param steps t
     * @param wanted R, in the shape of the targets
     * @throws ArithmeticException if an output leaves double precision
     */
    List<Array> learned(LinearMethod method, int steps, Array wanted) {
        DMatrixRMaj weights = training(method, steps).weights(wanted);
        List<Array> learned = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            int[] shape = i == 0
                    ? task.targets().shape()
                    : task.tests().get(i - 1).target().shape();
            learned.add(outputs(KernelTraining.mean(blocks.get(i), weights), shape));
        }
        if (learned.stream().anyMatch(outputs -> outputs.firstNonFinite() >= 0)) {
            throw new ArithmeticException("what is learned leaves double precision");
        }
        return learned;
    }

    /**
     * How far all parameters move from where they start: the largest norm at steps 1, 2, 4, … and t, if the kernel
     * rules training.
     *
     * @param method without decay, stable
     * @param steps t
     * @param wanted R, in the shape of the targets
     * @return √Σ aᵀΘa over the outputs, a their dual weights
     */
    double movement(LinearMethod method, int steps, Array wanted) {
        double largest = 0;
        for (long step = 1; step < 2L * steps; step *= 2) {
            KernelTraining training = training(method, (int) Math.min(step, steps));
            DMatrixRMaj weights = training.weights(wanted);
            DMatrixRMaj moved = CommonOps_DDRM.mult(kernel.tangent(), weights, null);
            double square = product(weights, moved);
            largest = Math.max(largest, new Quaternary(square, -kernel.tangentUnit()).value());
        }
        if (!(largest < Double.POSITIVE_INFINITY)) {
            throw new ArithmeticException("the movement of the parameters leaves double precision");
        }
        return Math.sqrt(largest);
    }

    private static double product(DMatrixRMaj one, DMatrixRMaj other) {
        double sum = 0;
        for (int i = 0; i < one.getNumElements(); i++) {
            sum += one.data[i] * other.data[i];
        }
        return sum;
    }

    private KernelTraining training(LinearMethod method, int steps) {
        return new KernelTraining(
                kernel, spectrum, lossScale(), scaled(method), new Horizon.Steps(steps), spectrum.cut());
    }

    /** Rows of sites as outputs of a shape. */
    private static Array outputs(DMatrixRMaj rows, int[] shape) {
        Array outputs = Array.zeros(shape);
        int channels = shape[1];
        int plane = outputs.length() / (shape[0] * channels);
        for (int i = 0; i < outputs.length(); i++) {
            int site = i / (plane * channels) * plane + i % plane;
            outputs.values()[i] = rows.get(site, i / plane % channels);
        }
        return outputs;
    }
}
