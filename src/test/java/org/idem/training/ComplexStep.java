package org.idem.training;

import java.util.List;
import org.apache.commons.math3.complex.Complex;
import org.apache.commons.numbers.gamma.Erf;
import org.idem.network.Activation;
import org.idem.network.Stage;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.training.convolution.Triples;

/**
 * Derivatives without differences: the loss at θ + ih is L(θ) + ihL'(θ) + O(h²), and for h = 1e-150 the square is
 * beyond double, so Im L/h is the derivative up to the rounding of a plain forward pass (Squire and Trapp 1998).
 */
final class ComplexStep {
    private static final double STEP = 1e-150;

    private ComplexStep() {}

    /** Derivative of the loss with respect to one weight of one stage. */
    static double weight(TrainingProblem problem, int stage, int index) {
        return loss(problem, stage, index, false).getImaginary() / STEP;
    }

    static double bias(TrainingProblem problem, int stage, int index) {
        return loss(problem, stage, index, true).getImaginary() / STEP;
    }

    private static Complex loss(TrainingProblem problem, int moved, int index, boolean bias) {
        Complex[] signal = new Complex[problem.inputs().length()];
        for (int i = 0; i < signal.length; i++) {
            signal[i] = new Complex(problem.inputs().values()[i]);
        }
        List<int[]> shapes = problem.network().signalShapes(problem.inputs().shape());
        for (int s = 0; s < problem.network().depth(); s++) {
            int weight = s == moved && !bias ? index : -1;
            int unit = s == moved && bias ? index : -1;
            signal =
                    stage(problem.network().stages().get(s), problem.initial().get(s), shapes, s, signal, weight, unit);
        }
        Complex sum = Complex.ZERO;
        for (int i = 0; i < signal.length; i++) {
            Complex residual = signal[i].subtract(problem.targets().values()[i]);
            sum = sum.add(residual.multiply(residual));
        }
        return sum.multiply(problem.loss().scale(signal.length) / 2);
    }

    private static Complex[] stage(
            Stage stage,
            StageParameters parameters,
            List<int[]> shapes,
            int s,
            Complex[] inputs,
            int movedWeight,
            int movedBias) {
        Complex[] sums = new Complex[Triples.length(shapes.get(s + 1))];
        for (int i = 0; i < sums.length; i++) {
            int unit = Triples.unit(stage.map(), shapes.get(s + 1), i);
            double bias = parameters.bias() == null ? 0 : parameters.bias().values()[unit];
            sums[i] = new Complex(bias, unit == movedBias ? STEP : 0);
        }
        double[] weights = parameters.weights().values();
        Triples.forEach(
                stage.map(),
                shapes.get(s),
                (output, weight, input) -> sums[output] = sums[output].add(inputs[input].multiply(
                        weight == movedWeight ? new Complex(weights[weight], STEP) : new Complex(weights[weight]))));
        for (int i = 0; i < sums.length; i++) {
            sums[i] = value(stage.activation(), sums[i]);
            if (stage.residual()) {
                sums[i] = sums[i].add(inputs[i]);
            }
        }
        return sums;
    }

    /** Imaginary parts here are below 1e-100, so that first-order expansions are exact. */
    private static Complex value(Activation activation, Complex z) {
        double x = z.getReal();
        double slope = switch (activation) {
            case LINEAR -> 1;
            case RELU -> x > 0 ? 1 : 0;
            case LEAKY_RELU -> x > 0 ? 1 : 0.01;
            case TANH -> 1 / (Math.cosh(x) * Math.cosh(x));
            case SIGMOID -> 1 / ((1 + Math.exp(-x)) * (1 + Math.exp(x)));
            case SOFTPLUS -> 1 / (1 + Math.exp(-x));
            case ERF -> 2 / Math.sqrt(Math.PI) * Math.exp(-x * x);
        };
        double value = switch (activation) {
            case LINEAR -> x;
            case RELU -> Math.max(0, x);
            case LEAKY_RELU -> x > 0 ? x : 0.01 * x;
            case TANH -> Math.tanh(x);
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case SOFTPLUS -> Math.log1p(Math.exp(x));
            case ERF -> Erf.value(x);
        };
        return new Complex(value, slope * z.getImaginary());
    }
}
