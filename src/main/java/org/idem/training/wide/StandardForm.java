package org.idem.training.wide;

import java.util.ArrayList;
import java.util.List;
import org.idem.array.Array;
import org.idem.network.Architecture;
import org.idem.network.Network;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.jspecify.annotations.Nullable;

/**
 * A network of two layers as frameworks tell it: weights W_l = σ_w/√fan-in·ω and biases b_l = σ_bβ. Derivatives with
 * respect to ω and β are those with respect to W_l and b_l, times the same factors.
 */
final class StandardForm {
    private final WideTask task;
    private final Network network;
    private final double inputFactor;
    private final double outputFactor;
    private final boolean images;

    StandardForm(WideTask task, int units, double inputFactor, double outputFactor) {
        this.task = task;
        this.inputFactor = inputFactor;
        this.outputFactor = outputFactor;
        images = task.train().rank() == 4;
        boolean bias = task.biasDeviation() > 0;
        Architecture architecture = images
                ? Architecture.cnn(2, task.kernel(), task.padding(), task.activation(), bias, false)
                : Architecture.fcn(2, task.activation(), bias, false);
        network = architecture.network(task.train().size(1), units, 1);
    }

    /** What is trained, from these parameters on: rows of units, the last row of each layer biases. */
    TrainingProblem problem(double[][] first, double[][] last) {
        int units = first[0].length;
        int fanIn = first.length - 1;
        int taps = last.length - 1;
        double[] reading = new double[units * fanIn];
        for (int unit = 0; unit < units; unit++) {
            for (int i = 0; i < fanIn; i++) {
                reading[unit * fanIn + i] = inputFactor * first[i][unit];
            }
        }
        double[] writing = new double[units * taps];
        for (int unit = 0; unit < units; unit++) {
            for (int tap = 0; tap < taps; tap++) {
                writing[unit * taps + tap] = outputFactor * last[tap][unit];
            }
        }
        int side = task.kernel();
        int inputs = task.train().size(1);
        List<StageParameters> parameters = new ArrayList<>();
        parameters.add(new StageParameters(
                Array.of(reading, images ? new int[] {units, inputs, side, side} : new int[] {units, inputs}),
                biases(first[fanIn])));
        parameters.add(new StageParameters(
                Array.of(writing, images ? new int[] {1, units, side, side} : new int[] {1, units}),
                biases(last[taps])));
        return new TrainingProblem(network, task.train(), task.targets(), parameters, task.loss());
    }

    private @Nullable Array biases(double[] drawn) {
        if (task.biasDeviation() == 0) {
            return null;
        }
        double[] biases = drawn.clone();
        for (int i = 0; i < biases.length; i++) {
            biases[i] *= task.biasDeviation();
        }
        return Array.of(biases, biases.length);
    }

    /** Takes over derivatives with respect to W_l and b_l. */
    void load(List<StageParameters> gradient, Movement ofFirst, Movement ofLast) {
        load(gradient.get(0), inputFactor, ofFirst);
        load(gradient.get(1), outputFactor, ofLast);
    }

    private void load(StageParameters gradient, double factor, Movement movement) {
        double[] weights = gradient.weights().values();
        int rows = movement.rows() - 1;
        for (int row = 0; row < rows; row++) {
            double[] target = movement.gradient(row);
            for (int unit = 0; unit < target.length; unit++) {
                target[unit] = factor * weights[unit * rows + row];
            }
        }
        double[] target = movement.gradient(rows);
        Array bias = gradient.bias();
        for (int unit = 0; unit < target.length; unit++) {
            target[unit] = bias == null ? 0 : task.biasDeviation() * bias.values()[unit];
        }
    }
}
