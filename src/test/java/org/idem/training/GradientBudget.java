package org.idem.training;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.numbers.gamma.Erf;
import org.idem.network.Activation;
import org.idem.network.LinearMap;
import org.idem.network.Stage;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.training.convolution.Triples;

/**
 * How far rounding may take the stored gradient of a deep network from the true one, entry by entry.
 *
 * <p>Every signal carries a bound on its error. A sum of p products, added in any order, is off by γ_p times the sum of
 * their sizes, plus what the errors of the factors give; activations have slopes of at most 1, erf of 2/√π, slopes that
 * change by at most the activation's curvature times the error of their argument, and are computed with at most 8
 * roundings.
 */
final class GradientBudget {
    private final TrainingProblem problem;
    private final double roundoff;
    private final List<double[]> signals = new ArrayList<>();
    private final List<double[]> signalErrors = new ArrayList<>();
    private final List<double[]> sums = new ArrayList<>();
    private final List<double[]> sumErrors = new ArrayList<>();
    final List<double[]> weights = new ArrayList<>();
    final List<double[]> biases = new ArrayList<>();

    /** Whether a kink lies within rounding of one of its arguments, so that the stored slope may be the other one. */
    boolean atKink;

    GradientBudget(TrainingProblem problem, double roundoff) {
        this.problem = problem;
        this.roundoff = roundoff;
        forward();
        backward();
    }

    private double gamma(int terms) {
        return terms * roundoff / (1 - terms * roundoff);
    }

    private void forward() {
        signals.add(problem.inputs().values());
        signalErrors.add(new double[problem.inputs().length()]);
        List<int[]> shapes = problem.network().signalShapes(problem.inputs().shape());
        for (int s = 0; s < problem.network().depth(); s++) {
            Stage stage = problem.network().stages().get(s);
            double[] in = signals.get(s);
            double[] inError = signalErrors.get(s);
            StageParameters parameters = problem.initial().get(s);
            double[] w = parameters.weights().values();
            double[] z = new double[Triples.length(shapes.get(s + 1))];
            double[] size = new double[z.length];
            double[] error = new double[z.length];
            for (int i = 0; i < z.length && parameters.bias() != null; i++) {
                z[i] = parameters.bias().values()[Triples.unit(stage.map(), shapes.get(s + 1), i)];
                size[i] = Math.abs(z[i]);
            }
            Triples.forEach(stage.map(), shapes.get(s), (o, k, i) -> {
                z[o] += w[k] * in[i];
                size[o] += Math.abs(w[k]) * (Math.abs(in[i]) + inError[i]);
                error[o] += Math.abs(w[k]) * inError[i];
            });
            double[] out = new double[z.length];
            double[] outError = new double[z.length];
            for (int i = 0; i < z.length; i++) {
                // twice: these sums here are rounded as well
                error[i] += 2 * gamma(stage.map().fanIn() + 2) * size[i];
                double value = value(stage.activation(), z[i]);
                out[i] = value + (stage.residual() ? in[i] : 0);
                outError[i] = steepest(stage.activation()) * error[i];
                outError[i] += 8 * roundoff * (Math.abs(value) + outError[i]);
                if (stage.residual()) {
                    outError[i] += inError[i];
                    outError[i] += roundoff * (Math.abs(out[i]) + outError[i]);
                }
                atKink |= !stage.activation().isSmooth() && Math.abs(z[i]) <= error[i];
            }
            sums.add(z);
            sumErrors.add(error);
            signals.add(out);
            signalErrors.add(outError);
        }
    }

    private void backward() {
        int depth = problem.network().depth();
        double c = problem.loss().scale(problem.targets().length());
        double[] g = new double[problem.targets().length()];
        double[] gError = new double[g.length];
        for (int i = 0; i < g.length; i++) {
            g[i] = c * (signals.get(depth)[i] - problem.targets().values()[i]);
            gError[i] = c * signalErrors.get(depth)[i];
            gError[i] += 4 * roundoff * (Math.abs(g[i]) + gError[i]);
        }
        List<int[]> shapes = problem.network().signalShapes(problem.inputs().shape());
        for (int s = depth - 1; s >= 0; s--) {
            Stage stage = problem.network().stages().get(s);
            double[] delta = new double[g.length];
            double[] deltaError = new double[g.length];
            for (int i = 0; i < g.length; i++) {
                double slope = slope(stage.activation(), sums.get(s)[i]);
                double slopeError = curvature(stage.activation()) * sumErrors.get(s)[i] + 8 * roundoff;
                delta[i] = g[i] * slope;
                deltaError[i] = gError[i] * (slope + slopeError) + Math.abs(g[i]) * slopeError;
                deltaError[i] += roundoff * (Math.abs(delta[i]) + deltaError[i]);
            }
            double[] before = new double[signals.get(s).length];
            double[] beforeError = new double[before.length];
            parameters(stage.map(), shapes, s, delta, deltaError);
            inputs(stage, shapes, s, delta, deltaError, before, beforeError);
            if (stage.residual()) {
                for (int i = 0; i < before.length; i++) {
                    before[i] += g[i];
                    beforeError[i] += gError[i];
                    beforeError[i] += roundoff * (Math.abs(before[i]) + beforeError[i]);
                }
            }
            g = before;
            gError = beforeError;
        }
    }

    private void parameters(LinearMap map, List<int[]> shapes, int s, double[] delta, double[] deltaError) {
        double[] in = signals.get(s);
        double[] inError = signalErrors.get(s);
        double[] size = new double[problem.initial().get(s).weights().length()];
        double[] error = new double[size.length];
        Triples.forEach(map, shapes.get(s), (o, k, i) -> {
            size[k] += (Math.abs(delta[o]) + deltaError[o]) * (Math.abs(in[i]) + inError[i]);
            error[k] += deltaError[o] * (Math.abs(in[i]) + inError[i]) + Math.abs(delta[o]) * inError[i];
        });
        int sites = delta.length / map.outputs();
        for (int k = 0; k < size.length; k++) {
            error[k] += gamma(sites + 2) * size[k];
        }
        double[] bias = new double[map.bias() ? map.outputs() : 0];
        for (int o = 0; o < delta.length && map.bias(); o++) {
            int unit = Triples.unit(map, shapes.get(s + 1), o);
            bias[unit] += deltaError[o] + gamma(sites + 2) * (Math.abs(delta[o]) + deltaError[o]);
        }
        weights.add(0, error);
        biases.add(0, bias);
    }

    private void inputs(
            Stage stage,
            List<int[]> shapes,
            int s,
            double[] delta,
            double[] deltaError,
            double[] before,
            double[] beforeError) {
        double[] w = problem.initial().get(s).weights().values();
        double gamma = 2 * gamma(stage.map().fanOut() + 2);
        Triples.forEach(stage.map(), shapes.get(s), (o, k, i) -> {
            before[i] += w[k] * delta[o];
            beforeError[i] += Math.abs(w[k]) * (deltaError[o] + gamma * (Math.abs(delta[o]) + deltaError[o]));
        });
    }

    static double value(Activation activation, double z) {
        return switch (activation) {
            case LINEAR -> z;
            case RELU -> Math.max(0, z);
            case LEAKY_RELU -> z > 0 ? z : 0.01 * z;
            case TANH -> Math.tanh(z);
            case SIGMOID -> 1 / (1 + Math.exp(-z));
            case SOFTPLUS -> Math.log1p(Math.exp(z));
            case ERF -> Erf.value(z);
        };
    }

    static double slope(Activation activation, double z) {
        return switch (activation) {
            case LINEAR -> 1;
            case RELU -> z > 0 ? 1 : 0;
            case LEAKY_RELU -> z > 0 ? 1 : 0.01;
            case TANH -> 1 / (Math.cosh(z) * Math.cosh(z));
            case SIGMOID -> 1 / ((1 + Math.exp(-z)) * (1 + Math.exp(z)));
            case SOFTPLUS -> 1 / (1 + Math.exp(-z));
            case ERF -> 2 / Math.sqrt(Math.PI) * Math.exp(-z * z);
        };
    }

    /** The largest slope. */
    static double steepest(Activation activation) {
        return activation == Activation.ERF ? 2 / Math.sqrt(Math.PI) : 1;
    }

    /** Bounds of |φ''|: 4/(3√3) for tanh, 1/(6√3) for the sigmoid, 1/4 for softplus, √(8/πe) for erf. */
    static double curvature(Activation activation) {
        return switch (activation) {
            case LINEAR, RELU, LEAKY_RELU -> 0;
            case TANH -> 4 / (3 * Math.sqrt(3));
            case SIGMOID -> 1 / (6 * Math.sqrt(3));
            case SOFTPLUS -> 0.25;
            case ERF -> 2 * Math.sqrt(2 / (Math.PI * Math.E));
        };
    }
}
