package org.idem.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Adagrad;
import org.idem.network.Adam;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.Optimizer;
import org.idem.network.RmsProp;
import org.idem.network.Stage;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.training.convolution.Triples;

/**
 * How far rounding may take parameters and outputs of a short training from those of exact arithmetic, whoever trains.
 *
 * <p>Numbers are carried with bounds on |computed − exact|. A sum of p products is off by γ_p times the sum of their
 * sizes in any order, plus what the errors of the factors give; constants that are rounded, or multiplied with each
 * other first, are counted as three further roundings of each term. Activations have slopes of at most 1, erf of 2/√π,
 * slopes that change by at most the activation's curvature times the error of their argument, and are computed with at
 * most 8 roundings, none for ReLU. The numbers here are one such computation, so exact ones and everyone's are at most
 * one and two errors away. Errors grow with every step, as contraction is not followed: for a few steps only.
 */
final class TrainingBudget {
    /** Bounds are computed with roundings of their own, fewer than 2²⁰ of each in double. */
    private static final double OWN = 1 + 0x1p-32;

    private final TrainingProblem problem;
    private final Optimizer rule;
    private final double unit;
    private final double tiny;
    private final List<Carried> weights = new ArrayList<>();
    private final List<Carried> biases = new ArrayList<>();
    private final List<Carried[]> states = new ArrayList<>();
    private double firstLossError;
    private boolean atKink;

    /** Numbers with bounds on their errors. */
    record Carried(double[] value, double[] error) {
        static Carried zeros(int length) {
            return new Carried(new double[length], new double[length]);
        }

        /** Bound on the size of the exact number and of everyone's. */
        double size(int i) {
            return Math.abs(value[i]) + 2 * error[i];
        }

        int length() {
            return value.length;
        }
    }

    private TrainingBudget(TrainingProblem problem, Optimizer rule, Precision precision) {
        this.problem = problem;
        this.rule = rule;
        unit = precision.unitRoundoff();
        tiny = precision == Precision.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
        for (StageParameters part : problem.initial()) {
            double[] bias =
                    part.bias() == null ? new double[0] : part.bias().values().clone();
            weights.add(new Carried(
                    part.weights().values().clone(), new double[part.weights().length()]));
            biases.add(new Carried(bias, new double[bias.length]));
        }
        for (int s = 0; s < weights.size(); s++) {
            for (int length : new int[] {weights.get(s).length(), biases.get(s).length()}) {
                states.add(new Carried[] {Carried.zeros(length), Carried.zeros(length)});
            }
        }
    }

    /** Trains on some examples a step, in cyclic order. Data and initial parameters are numbers of the precision. */
    static TrainingBudget of(TrainingProblem problem, Optimizer rule, Precision precision, int steps, int batch) {
        TrainingBudget budget = new TrainingBudget(problem, rule, precision);
        int parts = (problem.examples() + batch - 1) / batch;
        for (int step = 0; step < steps; step++) {
            int from = step % parts * batch;
            budget.step(step, from, Math.min(problem.examples(), from + batch));
        }
        return budget;
    }

    /** Errors of the weights of a stage. */
    double[] weightErrors(int stage) {
        return allowed(weights.get(stage));
    }

    /** Errors of the bias of a stage, none if it has none. */
    double[] biasErrors(int stage) {
        return allowed(biases.get(stage));
    }

    /** Error of the loss before the first step. */
    double firstLossError() {
        return OWN * firstLossError;
    }

    /** Whether a kink lies so close to one of its arguments that rounding may choose the other slope. */
    boolean isAtKink() {
        return atKink;
    }

    /** Errors of outputs on exact inputs. */
    double[] outputErrors(Array probes) {
        List<Carried> signals = new ArrayList<>();
        forward(probes, signals, new ArrayList<>());
        return allowed(signals.get(signals.size() - 1));
    }

    private static double[] allowed(Carried numbers) {
        return Arrays.stream(numbers.error).map(error -> OWN * error).toArray();
    }

    private double gamma(int operations) {
        return operations * unit / (1 - operations * unit);
    }

    private void forward(Array inputs, List<Carried> signals, List<Carried> sums) {
        signals.add(new Carried(inputs.values(), new double[inputs.length()]));
        List<int[]> shapes = problem.network().signalShapes(inputs.shape());
        for (int s = 0; s < problem.network().depth(); s++) {
            Stage stage = problem.network().stages().get(s);
            Carried in = signals.get(s);
            Carried w = weights.get(s);
            Carried b = biases.get(s);
            Carried z = Carried.zeros(Triples.length(shapes.get(s + 1)));
            double[] size = new double[z.length()];
            for (int o = 0; o < z.length() && b.length() > 0; o++) {
                int unitOfOutput = Triples.unit(stage.map(), shapes.get(s + 1), o);
                z.value[o] = b.value[unitOfOutput];
                z.error[o] = b.error[unitOfOutput];
                size[o] = b.size(unitOfOutput);
            }
            Triples.forEach(stage.map(), shapes.get(s), (o, k, i) -> add(z, size, o, w, k, in, i));
            Carried out = Carried.zeros(z.length());
            for (int o = 0; o < z.length(); o++) {
                z.error[o] +=
                        gamma(stage.map().fanIn() + 2) * size[o] + stage.map().fanIn() * tiny;
                double value = GradientBudget.value(stage.activation(), z.value[o]);
                boolean computed = stage.activation() != Activation.LINEAR;
                out.value[o] = value + (stage.residual() ? in.value[o] : 0);
                double passed = GradientBudget.steepest(stage.activation()) * z.error[o];
                out.error[o] = passed + (computed ? 8 * unit * (Math.abs(value) + 2 * passed) + tiny : 0);
                if (stage.residual()) {
                    out.error[o] += in.error[o];
                    out.error[o] += unit * out.size(o);
                }
                atKink |= !stage.activation().isSmooth() && Math.abs(z.value[o]) <= 2 * z.error[o];
            }
            sums.add(z);
            signals.add(out);
        }
    }

    /** A product, added to a sum whose roundings are counted later from its size. */
    private static void add(Carried sum, double[] size, int to, Carried a, int i, Carried b, int j) {
        sum.value[to] += a.value[i] * b.value[j];
        sum.error[to] += a.error[i] * b.size(j) + a.size(i) * b.error[j];
        size[to] += a.size(i) * b.size(j);
    }

    private void step(int step, int from, int to) {
        List<Carried> signals = new ArrayList<>();
        List<Carried> sums = new ArrayList<>();
        Array inputs = problem.inputs().slices(from, to);
        Array targets = problem.targets().slices(from, to);
        forward(inputs, signals, sums);
        int depth = problem.network().depth();
        List<int[]> shapes = problem.network().signalShapes(inputs.shape());
        Carried back = residuals(step, signals.get(depth), targets);
        for (int s = depth - 1; s >= 0; s--) {
            Stage stage = problem.network().stages().get(s);
            Carried delta = delta(stage.activation(), back, sums.get(s));
            Carried before = inputs(
                    stage,
                    shapes.get(s),
                    weights.get(s),
                    delta,
                    back,
                    signals.get(s).length());
            Carried ofWeights = ofWeights(stage.map(), shapes.get(s), signals.get(s), delta, weights.get(s));
            Carried ofBias = ofBias(stage.map(), shapes.get(s + 1), delta, biases.get(s));
            move(weights.get(s), ofWeights, states.get(2 * s), step + 1);
            move(biases.get(s), ofBias, states.get(2 * s + 1), step + 1);
            back = before;
        }
    }

    /** c(f − y), with the loss of the first step. */
    private Carried residuals(int step, Carried outputs, Array targets) {
        double c = problem.loss().scale(targets.length());
        Carried residuals = Carried.zeros(outputs.length());
        double squares = 0;
        double error = 0;
        for (int i = 0; i < outputs.length(); i++) {
            double residual = outputs.value[i] - targets.values()[i];
            double own = outputs.error[i] + unit * (Math.abs(residual) + 2 * outputs.error[i]);
            residuals.value[i] = c * residual;
            residuals.error[i] = c * own + c * gamma(3) * (Math.abs(residual) + 2 * own) + tiny;
            squares += (Math.abs(residual) + 2 * own) * (Math.abs(residual) + 2 * own);
            error += (2 * Math.abs(residual) + 3 * own) * own;
        }
        if (step == 0) {
            firstLossError = c / 2 * (error + gamma(outputs.length() + 8) * squares);
        }
        return residuals;
    }

    private Carried delta(Activation activation, Carried back, Carried sums) {
        if (activation == Activation.LINEAR) {
            return back;
        }
        Carried delta = Carried.zeros(back.length());
        for (int i = 0; i < delta.length(); i++) {
            double slope = GradientBudget.slope(activation, sums.value[i]);
            double computed = activation == Activation.RELU ? 0 : 8 * unit;
            double slopeError = GradientBudget.curvature(activation) * sums.error[i] + computed;
            delta.value[i] = back.value[i] * slope;
            delta.error[i] = back.error[i] * (slope + 2 * slopeError) + back.size(i) * slopeError;
            delta.error[i] += unit * delta.size(i) + tiny;
        }
        return delta;
    }

    private Carried inputs(Stage stage, int[] shape, Carried w, Carried delta, Carried back, int length) {
        Carried before = Carried.zeros(length);
        double[] size = new double[length];
        Triples.forEach(stage.map(), shape, (o, k, i) -> add(before, size, i, w, k, delta, o));
        for (int i = 0; i < length; i++) {
            before.error[i] +=
                    gamma(stage.map().fanOut() + 2) * size[i] + stage.map().fanOut() * tiny;
            if (stage.residual()) {
                before.value[i] += back.value[i];
                before.error[i] += back.error[i];
                before.error[i] += unit * before.size(i);
            }
        }
        return before;
    }

    private Carried ofWeights(LinearMap map, int[] shape, Carried in, Carried delta, Carried like) {
        Carried gradient = Carried.zeros(like.length());
        double[] size = new double[like.length()];
        Triples.forEach(map, shape, (o, k, i) -> add(gradient, size, k, delta, o, in, i));
        int terms = delta.length() / map.outputs();
        for (int k = 0; k < size.length; k++) {
            gradient.error[k] += gamma(terms + 3) * size[k] + terms * tiny;
        }
        return gradient;
    }

    private Carried ofBias(LinearMap map, int[] shape, Carried delta, Carried like) {
        Carried gradient = Carried.zeros(like.length());
        int terms = delta.length() / map.outputs();
        for (int o = 0; o < delta.length() && like.length() > 0; o++) {
            int at = Triples.unit(map, shape, o);
            gradient.value[at] += delta.value[o];
            gradient.error[at] += delta.error[o] + gamma(terms + 3) * delta.size(o);
        }
        return gradient;
    }

    private void move(Carried position, Carried gradient, Carried[] state, int step) {
        for (int i = 0; i < position.length(); i++) {
            double[] move = rule instanceof LinearMethod optimizer
                    ? linear(optimizer, position, gradient, state[0], i)
                    : adaptive(gradient, state, i, step);
            position.value[i] -= move[0];
            position.error[i] += move[1];
            position.error[i] += 3 * unit * (position.size(i) + Math.abs(move[0]) + 2 * move[1]) + tiny;
        }
    }

    /** Step and its error. */
    private double[] linear(LinearMethod o, Carried position, Carried gradient, Carried velocity, int i) {
        double g = gradient.value[i] + o.weightDecay() * position.value[i];
        double gError = gradient.error[i]
                + o.weightDecay() * position.error[i]
                + gamma(4) * (gradient.size(i) + o.weightDecay() * position.size(i));
        double kept = o.momentum() * velocity.size(i);
        velocity.value[i] = o.momentum() * velocity.value[i] + g;
        velocity.error[i] =
                o.momentum() * velocity.error[i] + gError + gamma(4) * (kept + Math.abs(g) + 2 * gError) + tiny;
        double ahead = o.nesterov() ? o.momentum() : 1;
        double own = o.nesterov() ? 1 : 0;
        double size = own * (Math.abs(g) + 2 * gError) + ahead * velocity.size(i);
        return new double[] {
            o.learningRate() * (own * g + ahead * velocity.value[i]),
            o.learningRate() * (own * gError + ahead * velocity.error[i] + gamma(5) * size)
        };
    }

    private double[] adaptive(Carried gradient, Carried[] state, int i, int step) {
        if (rule instanceof Adam adam) {
            mean(state[0], i, adam.meanDecay(), 1 - adam.meanDecay(), gradient.value[i], gradient.error[i]);
            square(state[1], i, adam.squareDecay(), 1 - adam.squareDecay(), gradient);
            double[] mean = over(state[0], i, 1 - Math.pow(adam.meanDecay(), step));
            double[] square = over(state[1], i, 1 - Math.pow(adam.squareDecay(), step));
            return scaled(adam.learningRate(), mean[0], mean[1], square[0], square[1], adam.epsilon());
        }
        boolean decaying = rule instanceof RmsProp;
        double keep = rule instanceof RmsProp r ? r.squareDecay() : 1;
        square(state[0], i, keep, decaying ? 1 - keep : 1, gradient);
        double rate = rule instanceof RmsProp r ? r.learningRate() : ((Adagrad) rule).learningRate();
        double epsilon = rule instanceof RmsProp r ? r.epsilon() : ((Adagrad) rule).epsilon();
        return scaled(rate, gradient.value[i], gradient.error[i], state[0].value[i], state[0].error[i], epsilon);
    }

    private void mean(Carried state, int i, double keep, double take, double next, double nextError) {
        double size = keep * state.size(i) + take * (Math.abs(next) + 2 * nextError);
        state.value[i] = keep * state.value[i] + take * next;
        state.error[i] = keep * state.error[i] + take * nextError + gamma(5) * size + tiny;
    }

    private void square(Carried state, int i, double keep, double take, Carried gradient) {
        double g = gradient.value[i];
        mean(state, i, keep, take, g * g, (2 * Math.abs(g) + 3 * gradient.error[i]) * gradient.error[i]);
    }

    /** Divided by 1 − βᵗ, in which a power is off by four roundings of 1. */
    private double[] over(Carried state, int i, double bias) {
        double relative = gamma(2) + 4 * unit / (bias - 4 * unit);
        return new double[] {state.value[i] / bias, (state.error[i] + relative * state.size(i)) / bias * (1 + relative)
        };
    }

    /** ηg/(√s + ε). |√s' − √s| is at most |s' − s| divided by either root, and at most √|s' − s|. */
    private double[] scaled(double rate, double g, double gError, double s, double sError, double epsilon) {
        double least = s - 2 * sError;
        double root = Math.sqrt(s);
        double rootError = least > 0 ? Math.min(sError / Math.sqrt(least), Math.sqrt(sError)) : Math.sqrt(sError);
        double below = root + epsilon;
        double belowError = rootError + gamma(3) * (below + 2 * rootError);
        double smallest = Math.max(epsilon * (1 - gamma(3)), below - 2 * belowError);
        double size = Math.abs(g) + 2 * gError;
        double error = (gError + size * belowError / smallest) / smallest + gamma(4) * size / smallest;
        return new double[] {rate * g / below, rate * error};
    }
}
