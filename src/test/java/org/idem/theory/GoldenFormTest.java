package org.idem.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Golden;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.StageParameters;
import org.junit.jupiter.api.Test;

/**
 * Closed forms against networks that PyTorch trained. A budget for training in float64 bounds the distance of a
 * prediction from every training that rounds by no more, so from the exact one, too.
 */
class GoldenFormTest {
    /** Largest budget relative to the largest result: an error of one part in a thousand millions is noticed. */
    private static final double NOTICED = 1e-9;

    private static void assertWithin(String where, double[] golden, Array predicted, Array budget) {
        double largest = 1;
        for (double value : golden) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < golden.length; i++) {
            double allowed = budget.values()[i] + Golden.half(golden[i]);
            assertTrue(allowed <= NOTICED * largest, where + ", budget " + allowed);
            assertEquals(golden[i], predicted.values()[i], allowed, where + ", number " + i);
        }
    }

    @Test
    void fullBatches() {
        List<Golden> runs =
                Golden.oneLayer().stream().filter(Golden::isFullBatch).toList();
        assertTrue(runs.size() >= 144, "runs " + runs.size());
        for (Golden run : runs) {
            ClosedForm form = new ClosedForm(run.layer());
            BoundedOutputs outputs = form.afterSteps(run.optimizer(), run.steps(), Precision.FLOAT64, run.probes());
            assertWithin(run.name(), run.outputs().values(), outputs.values(), outputs.budget());
        }
    }

    /** In float64 the budget of single parameters is a worst case, whatever the probability that it may fail. */
    @Test
    void singleParameters() {
        List<Golden> runs = Golden.oneLayer().stream()
                .filter(run -> run.isFullBatch() && !run.trained().isEmpty())
                .toList();
        assertTrue(runs.size() >= 72, "runs " + runs.size());
        for (Golden run : runs) {
            ClosedForm form = new ClosedForm(run.layer());
            Horizon steps = new Horizon.Steps(run.steps());
            DMatrixRMaj predicted = form.parameters(run.optimizer(), steps);
            DMatrixRMaj budget = form.parameterBudget(run.optimizer(), steps, run.steps(), Precision.FLOAT64, 0.5);
            double[] golden = inRows(run.trained().get(0), predicted.numCols);
            assertWithin(
                    run.name(), golden, vector(i -> predicted.data[i], golden), vector(i -> budget.data[i], golden));
        }
    }

    private static Array vector(IntToDoubleFunction entry, double[] like) {
        double[] values = new double[like.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = entry.applyAsDouble(i);
        }
        return Array.of(values, values.length);
    }

    /** A row per output, its bias last. */
    private static double[] inRows(StageParameters parameters, int columns) {
        int outputs = parameters.weights().size(0);
        int fanIn = parameters.weights().length() / outputs;
        double[] rows = new double[outputs * columns];
        for (int i = 0; i < rows.length; i++) {
            int column = i % columns;
            rows[i] = column < fanIn
                    ? parameters.weights().values()[i / columns * fanIn + column]
                    : parameters.bias().values()[i / columns];
        }
        return rows;
    }

    @Test
    void oneExampleAtATime() {
        List<Golden> runs = Golden.oneLayer().stream()
                .filter(run -> !run.isFullBatch()
                        && run.optimizer().momentum() == 0
                        && run.optimizer().weightDecay() == 0)
                .toList();
        assertTrue(runs.size() >= 24, "runs " + runs.size());
        for (Golden run : runs) {
            CyclicForm form = new CyclicForm(run.layer());
            LinearMethod optimizer = run.optimizer();
            Array outputs = form.outputs(form.parameters(optimizer, new Horizon.Steps(run.steps())), run.probes());
            Array budget = form.budget(optimizer, run.steps(), Precision.FLOAT64, run.probes());
            assertWithin(run.name(), run.outputs().values(), outputs, budget);
        }
    }

    /**
     * L_0 = (c/2)Σr² with residuals r of sums of p + 1 terms: r is off by ε = γ_{p+2}Σ|terms|, the loss by (c/2)(Σ(2|r|
     * + ε)ε + γ_{N+4}Σ(|r| + ε)²), computed by whomever in any order. {@link LossTrajectory} takes another way, through
     * a spectrum, whose relative errors of p·N roundings of ‖X‖² and ‖R‖² are far larger than all else.
     */
    @Test
    void lossesBeforeTheFirstStep() {
        for (Golden run : Golden.oneLayer()) {
            LinearProblem problem = run.layer();
            if (!run.isFullBatch() || run.optimizer().weightDecay() > 0) {
                continue;
            }
            double loss = new LossTrajectory(problem).loss(run.optimizer(), 0);
            assertEquals(run.firstLoss(), loss, NOTICED * run.firstLoss(), run.name());
        }
    }
}
