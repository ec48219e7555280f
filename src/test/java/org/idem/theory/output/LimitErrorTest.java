package org.idem.theory.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.theory.ClosedForm;
import org.idem.theory.DrawnProblem;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.DesignMatrix;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.RangeProjector;
import org.junit.jupiter.api.Test;

class LimitErrorTest {
    private static LinearProblem problem(long seed, Array inputs) {
        SplittableRandom random = new SplittableRandom(seed);
        int size = inputs.size(1);
        Array weights = DrawnProblem.uniform(random, size, size);
        return new LinearProblem(new Fcn(size, size, false), inputs, inputs, weights, null, Loss.HALF_SUM);
    }

    /** On the training input itself f_t − f_∞ = (1 − ηs)^t (W_0x − x), and for a single output that is all there is. */
    @Test
    void oneExampleReachesTheTruncation() {
        Array input = Array.of(new double[] {1.5}, 1, 1);
        ClosedForm form = new ClosedForm(problem(1, input));
        LinearMethod optimizer = LinearMethod.gradientDescent(0.0625);
        for (int steps : new int[] {0, 1, 10, 100}) {
            Array there = form.outputs(form.parameters(optimizer, new Horizon.Steps(steps)), input);
            Array limit = form.outputs(form.parameters(optimizer, new Horizon.Limit()), input);
            Array bound = form.truncation(optimizer, steps, input);
            double ratio = DrawnProblem.ratio(there, limit, bound);
            assertTrue(ratio > 0.99 && ratio <= 1, steps + " steps: " + ratio);
        }
    }

    @Test
    void truncationHoldsForEveryMethod() {
        long first = new SplittableRandom().nextLong();
        for (long seed = first; seed < first + 300; seed++) {
            DrawnProblem drawn = DrawnProblem.of(seed, seed % 3 == 0);
            SplittableRandom random = new SplittableRandom(~seed);
            ClosedForm form = new ClosedForm(drawn.problem());
            double momentum = random.nextInt(3) == 0 ? 0 : random.nextDouble();
            double decay = random.nextBoolean() ? 0 : random.nextDouble();
            LinearMethod method = new LinearMethod(1, momentum, momentum > 0 && random.nextBoolean(), decay);
            double curvature = Math.max(form.largestCurvature() + decay, 0x1p-10);
            LinearMethod optimizer = method.withLearningRate(random.nextDouble() * method.stableProduct() / curvature);
            int steps = random.nextInt(2000);
            Array there = form.outputs(form.parameters(optimizer, new Horizon.Steps(steps)), drawn.tests());
            Array limit = form.outputs(form.parameters(optimizer, new Horizon.Limit()), drawn.tests());
            Array bound = form.truncation(optimizer, steps, drawn.tests());
            Array own = form.budget(optimizer, steps, Precision.FLOAT64, drawn.tests());
            Array both = Array.zeros(bound.shape());
            for (int i = 0; i < both.length(); i++) {
                // the predicted steps have a rounding of their own
                both.values()[i] = bound.values()[i] + own.values()[i];
            }
            double ratio = DrawnProblem.ratio(there, limit, both);
            assertTrue(ratio <= 1, "seed " + seed + ": " + ratio);
        }
    }

    @Test
    void aRankThatRoundingHidesIsNotClear() {
        Array inputs = Array.of(new double[] {1, 2, 3, 1, 2, 3 + 0x1p-30}, 2, 3);
        ClosedForm form = new ClosedForm(problem(1, inputs));
        assertFalse(form.rankIsClear());
        Array bound = form.truncation(LinearMethod.gradientDescent(0x1p-5), 1000, inputs);
        assertTrue(Arrays.stream(bound.values()).allMatch(value -> value == Double.POSITIVE_INFINITY));
        assertTrue(new ClosedForm(problem(1, Array.of(new double[] {1, 2, 3, 1, 2, 4}, 2, 3))).rankIsClear());
        assertTrue(new ClosedForm(problem(1, Array.of(new double[] {1, 2, 3, 2, 4, 6}, 2, 3))).rankIsClear());
        assertTrue(new ClosedForm(problem(1, Array.zeros(2, 3))).rankIsClear());
        for (double tiny : new double[] {0x1p-60, 1e-100, 1e-200}) {
            // two directions, of which floating point sees one
            ClosedForm faint = new ClosedForm(problem(1, Array.of(new double[] {1, 0, 0, tiny}, 2, 2)));
            assertFalse(faint.rankIsClear(), "length " + tiny);
            assertFalse(faint.complement().known(), "length " + tiny);
        }
        long first = new SplittableRandom().nextLong();
        for (long seed = first; seed < first + 1000; seed++) {
            Array once = DrawnProblem.uniform(new SplittableRandom(seed), 1, 2);
            double[] twice = {once.values()[0], once.values()[1], once.values()[0], once.values()[1]};
            Array repeated = Array.of(twice, 2, 2);
            assertTrue(new ClosedForm(problem(1, repeated)).rankIsClear(), "repeated example, seed " + seed);
        }
    }

    /** The residuals of the limit's equations widen the bound only as far as rounding explains them. */
    @Test
    void aWrongLimitCannotExcuseItself() {
        Array inputs = DrawnProblem.uniform(new SplittableRandom(2), 2, 5);
        LinearProblem problem = problem(1, inputs);
        ClosedForm form = new ClosedForm(problem);
        LeastSquares data = form.data();
        DMatrixRMaj limit = form.parameters(LinearMethod.gradientDescent(0x1p-5), new Horizon.Limit());
        RangeProjector range = RangeProjector.of(data.design());
        TestDirections tests = new TestDirections(data, DesignMatrix.of(problem.map(), inputs), true);
        double[] norms = Rounding.columnNorms(DesignMatrix.of(problem.map(), inputs));
        DMatrixRMaj right = new LimitError(data, range, limit, 0).ofOutputs(tests, norms, new double[2]);
        double shift = 0x1p-40;
        // a bound that allowed what the shift does to the output would excuse it
        double ofShift = shift * inputs.values()[0];
        assertTrue(right.get(0, 0) > 0 && right.get(0, 0) < ofShift / 2, "bound " + right.get(0, 0));
        limit.add(0, 0, shift);
        DMatrixRMaj wrong = new LimitError(data, range, limit, 0).ofOutputs(tests, norms, new double[2]);
        assertFalse(Double.isFinite(wrong.get(0, 0)));
        assertEquals(right.get(1, 0), wrong.get(1, 0));
    }
}
