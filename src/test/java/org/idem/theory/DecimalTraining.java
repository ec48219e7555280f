package org.idem.theory;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;

/**
 * Trains one output of a tiny fully connected layer with 60 digits and then follows it into a test output, where every
 * operation may be given a relative error: what budgets say of any roundings within the unit can be tried with the
 * worst of them.
 *
 * <p>A run takes the operations of the engines one after the other: sums of products from the left, minus the target,
 * times c, plus ω times the weight, then the method. A product with 1 or 0 and a sum with 0 round nothing.
 */
public final class DecimalTraining {
    private static final MathContext DIGITS = new MathContext(60);
    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final BigDecimal ZERO = BigDecimal.ZERO;

    private final BigDecimal[][] inputs;
    private final BigDecimal[] targets;
    private final BigDecimal[] start;
    private final BigDecimal[] test;
    private final BigDecimal scale;
    private final LinearMethod optimizer;
    private final int steps;
    private final boolean oneAtATime;
    private IntToDoubleFunction errors = operation -> 0;
    private int operations;

    /** The first output of a problem without bias, on one test input. */
    public DecimalTraining(
            LinearProblem problem, LinearMethod optimizer, int steps, boolean oneAtATime, double[] test) {
        int outputs = problem.map().outputs();
        int size = problem.map().fanIn();
        inputs = new BigDecimal[problem.examples()][];
        targets = new BigDecimal[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = exact(Arrays.copyOfRange(problem.inputs().values(), i * size, (i + 1) * size));
            targets[i] = new BigDecimal(problem.targets().values()[i * outputs]);
        }
        start = exact(Arrays.copyOfRange(problem.weights().values(), 0, size));
        this.test = exact(test);
        scale = new BigDecimal(oneAtATime ? problem.onlyExample(0).lossScale() : problem.lossScale());
        this.optimizer = optimizer;
        this.steps = steps;
        this.oneAtATime = oneAtATime;
    }

    private static BigDecimal[] exact(double[] values) {
        return Arrays.stream(values).mapToObj(BigDecimal::new).toArray(BigDecimal[]::new);
    }

    /** The test output where operation i has the relative error that a function says. */
    BigDecimal output(IntToDoubleFunction relativeErrors) {
        errors = relativeErrors;
        operations = 0;
        BigDecimal[] weights = start.clone();
        BigDecimal[] velocity = new BigDecimal[weights.length];
        Arrays.fill(velocity, ZERO);
        for (int step = 0; step < steps; step++) {
            int from = oneAtATime ? step % inputs.length : 0;
            step(weights, velocity, from, oneAtATime ? from + 1 : inputs.length);
        }
        return product(weights, test);
    }

    /**
     * The output that errors of at most the unit take farthest away, to first order: every operation errs in the
     * direction that adds to the others.
     */
    public BigDecimal worst(double unit) {
        BigDecimal exact = output(operation -> 0);
        int all = operations;
        double[] signed = new double[all];
        for (int i = 0; i < all; i++) {
            int alone = i;
            signed[i] =
                    unit * output(operation -> operation == alone ? unit : 0).compareTo(exact);
        }
        return output(operation -> signed[operation]);
    }

    private void step(BigDecimal[] weights, BigDecimal[] velocity, int from, int to) {
        BigDecimal[] residuals = new BigDecimal[to - from];
        for (int i = from; i < to; i++) {
            residuals[i - from] = plus(product(weights, inputs[i]), targets[i].negate());
        }
        BigDecimal rate = new BigDecimal(optimizer.learningRate());
        BigDecimal momentum = new BigDecimal(optimizer.momentum());
        BigDecimal[] moved = new BigDecimal[weights.length];
        for (int j = 0; j < weights.length; j++) {
            BigDecimal gradient = ZERO;
            for (int i = from; i < to; i++) {
                gradient = plus(gradient, times(residuals[i - from], inputs[i][j]));
            }
            gradient = times(scale, gradient);
            gradient = plus(gradient, times(new BigDecimal(optimizer.weightDecay()), weights[j]));
            velocity[j] = plus(times(momentum, velocity[j]), gradient);
            moved[j] = plus(
                    weights[j],
                    times(rate, optimizer.nesterov() ? gradient : velocity[j]).negate());
            if (optimizer.nesterov()) {
                moved[j] =
                        plus(moved[j], times(times(rate, momentum), velocity[j]).negate());
            }
        }
        System.arraycopy(moved, 0, weights, 0, moved.length);
    }

    private BigDecimal product(BigDecimal[] a, BigDecimal[] b) {
        BigDecimal sum = ZERO;
        for (int i = 0; i < a.length; i++) {
            sum = plus(sum, times(a[i], b[i]));
        }
        return sum;
    }

    private BigDecimal times(BigDecimal a, BigDecimal b) {
        if (a.signum() == 0 || b.signum() == 0) {
            return ZERO;
        }
        BigDecimal product = a.multiply(b, DIGITS);
        return a.compareTo(ONE) == 0 || b.compareTo(ONE) == 0 ? product : rounded(product);
    }

    private BigDecimal plus(BigDecimal a, BigDecimal b) {
        return a.signum() == 0 ? b : b.signum() == 0 ? a : rounded(a.add(b, DIGITS));
    }

    private BigDecimal rounded(BigDecimal value) {
        return value.multiply(ONE.add(new BigDecimal(errors.applyAsDouble(operations++))), DIGITS);
    }
}
