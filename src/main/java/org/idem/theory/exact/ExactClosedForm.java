package org.idem.theory.exact;

import java.math.BigInteger;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.Horizon;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalOptimizer;
import org.idem.network.exact.RationalParameters;
import org.idem.network.exact.RationalProblem;
import org.idem.network.exact.RationalRun;

/**
 * The least-squares trajectory of a one-layer network without rounding: θ_t = θ* + (θ_0 − θ*) r_t(S).
 *
 * <p>The fixed point is θ* = c Y Xᵀ S⁺ + θ_0 (I − S S⁺): the least-squares solution on the range of X and θ_0 on its
 * complement, or ridge regression if ω &gt; 0; it is the limit of every stable method. The prediction is exact, so a
 * single digit that differs from training refutes it. Source: proofs/trajectory.md, Theorems 3 and 6.
 */
public final class ExactClosedForm {
    private final RationalProblem problem;
    private final RationalMatrix design;
    private final RationalMatrix targets;
    private final RationalMatrix initial;
    private final BigFraction lossScale;

    /**
     * Prepares a problem.
     *
     * @param problem network, data, initial parameters and loss
     */
    public ExactClosedForm(RationalProblem problem) {
        this.problem = problem;
        design = ExactDesign.of(problem.network(), problem.inputs());
        targets = rowsPerOutput(problem.targets(), problem.network().outputs());
        initial = matrix(problem.initial());
        lossScale = switch (problem.loss()) {
            case HALF_SUM -> BigFraction.ONE;
            case MEAN ->
                new BigFraction(
                        BigInteger.TWO, BigInteger.valueOf(problem.targets().length()));
            case SUM -> BigFraction.TWO;
        };
    }

    /**
     * What a run must produce.
     *
     * @param run problem, optimiser and horizon; a limit is that of the full batch, which one example at a time shares
     *     if the targets are consistent and nothing decays
     * @return the trained parameters, exactly
     */
    public static RationalParameters predict(RationalRun run) {
        ExactClosedForm form = new ExactClosedForm(run.problem());
        if (!(run.horizon() instanceof Horizon.Steps steps)) {
            return form.limit(run.optimizer().weightDecay());
        }
        return run.oneAtATime()
                ? form.afterOneAtATime(run.optimizer(), steps.count())
                : form.after(run.optimizer(), steps.count());
    }

    /**
     * Parameters after some full-batch steps.
     *
     * @param optimizer method, stable or not
     * @param steps t ≥ 0
     * @return θ_t
     */
    public RationalParameters after(RationalOptimizer optimizer, int steps) {
        RationalMatrix fixedPoint = fixedPoint(optimizer.weightDecay());
        RationalMatrix error = ExactResidual.of(optimizer, steps)
                .applied(initial.minus(fixedPoint), curvature(optimizer.weightDecay()));
        return parameters(fixedPoint.plus(error));
    }

    /**
     * Parameters in the limit of infinitely many steps of a stable method.
     *
     * @param decay ω ≥ 0
     * @return θ*
     */
    public RationalParameters limit(BigFraction decay) {
        return parameters(fixedPoint(decay));
    }

    /**
     * Parameters after steps that see one example each, in cyclic order.
     *
     * <p>Example i has the curvature S_i and at θ* the gradient R_i, which is 0 if θ* fits it and nothing decays. A
     * step multiplies the row (error, velocity, I) by a companion matrix of S_i and R_i; whole cycles are a power of
     * the product of these matrices. Source: proofs/exact.md, Theorem 3.
     *
     * @param optimizer method, stable or not
     * @param steps t ≥ 0
     * @return θ_t
     */
    public RationalParameters afterOneAtATime(RationalOptimizer optimizer, int steps) {
        BigFraction decay = optimizer.weightDecay();
        RationalMatrix fixedPoint = fixedPoint(decay);
        int examples = problem.examples();
        RationalMatrix cycle = RationalMatrix.identity(2 * design.rows() + initial.rows());
        RationalMatrix rest = cycle;
        for (int example = 0; example < examples; example++) {
            rest = example == steps % examples ? cycle : rest;
            ExactClosedForm alone = new ExactClosedForm(problem.onlyExamples(example, example + 1));
            cycle = cycle.times(companion(optimizer, alone.curvature(decay), alone.gradient(fixedPoint, decay)));
        }
        RationalMatrix start = initial.minus(fixedPoint)
                .beside(initial.times(BigFraction.ZERO))
                .beside(RationalMatrix.identity(initial.rows()));
        RationalMatrix last = start.times(cycle.power(steps / examples)).times(rest);
        return parameters(
                fixedPoint.plus(last.transposed().rows(0, design.rows()).transposed()));
    }

    /** One step on the row (error, velocity, I): [[I − ηℓS, S, 0], [−ηκI, βI, 0], [−ηℓR, R, I]]. */
    private static RationalMatrix companion(
            RationalOptimizer optimizer, RationalMatrix curvature, RationalMatrix gradient) {
        RationalMatrix unit = RationalMatrix.identity(curvature.rows());
        BigFraction rate = optimizer.learningRate();
        BigFraction momentum = optimizer.momentum();
        BigFraction look = optimizer.nesterov() ? momentum.add(BigFraction.ONE) : BigFraction.ONE;
        BigFraction carry = optimizer.nesterov() ? momentum.multiply(momentum) : momentum;
        RationalMatrix errorAndVelocity = RationalMatrix.blocks(
                unit.minus(curvature.times(rate.multiply(look))),
                curvature,
                unit.times(rate.multiply(carry).negate()),
                unit.times(momentum));
        RationalMatrix nothing = new RationalMatrix(RationalArray.zeros(2 * unit.rows(), gradient.rows()));
        return RationalMatrix.blocks(
                errorAndVelocity,
                nothing,
                gradient.times(rate.multiply(look).negate()).beside(gradient),
                RationalMatrix.identity(gradient.rows()));
    }

    /**
     * Upper bound of the largest curvature, weight decay not included.
     *
     * @return the trace of cXXᵀ
     */
    public BigFraction curvatureBound() {
        RationalMatrix gram = curvature(BigFraction.ZERO);
        BigFraction trace = BigFraction.ZERO;
        for (int i = 0; i < gram.rows(); i++) {
            trace = trace.add(gram.at(i, i));
        }
        return trace;
    }

    /**
     * Rank of the design matrix.
     *
     * @return at most the number of parameters per output; equal to it if the data determine the limit alone
     */
    public int rank() {
        return RowReduction.of(design).rank();
    }

    /** S = cXXᵀ + ωI, d × d. */
    private RationalMatrix curvature(BigFraction decay) {
        RationalMatrix gram = design.times(design.transposed()).times(lossScale);
        return gram.plus(RationalMatrix.identity(gram.rows()).times(decay));
    }

    /** θS − cYXᵀ, k × d. */
    private RationalMatrix gradient(RationalMatrix parameters, BigFraction decay) {
        RationalMatrix pull = targets.times(design.transposed()).times(lossScale);
        return parameters.times(curvature(decay)).minus(pull);
    }

    /** θ* = θ_0 − ∇L(θ_0) S⁺, k × d. */
    private RationalMatrix fixedPoint(BigFraction decay) {
        RationalMatrix inverse = PseudoInverse.of(curvature(decay));
        return initial.minus(gradient(initial, decay).times(inverse));
    }

    /** One row per output, the bias last. */
    private static RationalMatrix matrix(RationalParameters parameters) {
        int outputs = parameters.weights().size(0);
        RationalMatrix weights = new RationalMatrix(
                parameters.weights().reshaped(outputs, parameters.weights().length() / outputs));
        RationalArray bias = parameters.bias();
        return bias == null ? weights : weights.beside(new RationalMatrix(bias.reshaped(outputs, 1)));
    }

    private RationalParameters parameters(RationalMatrix matrix) {
        int fanIn = problem.network().fanIn();
        RationalMatrix columns = matrix.transposed();
        RationalArray bias = problem.network().bias()
                ? columns.rows(fanIn, fanIn + 1).entries().reshaped(matrix.rows())
                : null;
        RationalArray weights = columns.rows(0, fanIn).transposed().entries();
        return new RationalParameters(weights.reshaped(problem.network().weightShape()), bias);
    }

    /** Reorders (n, k) or (n, C, H, W) to one row per output unit or channel. */
    private static RationalMatrix rowsPerOutput(RationalArray array, int outputs) {
        int pixels = array.length() / (array.size(0) * outputs);
        int columns = array.size(0) * pixels;
        BigInteger[] entries = new BigInteger[array.length()];
        for (int i = 0; i < entries.length; i++) {
            int example = i % columns / pixels;
            entries[i] = array.numerator((example * outputs + i / columns) * pixels + i % pixels);
        }
        return new RationalMatrix(RationalArray.over(entries, array.denominator(), outputs, columns));
    }
}
