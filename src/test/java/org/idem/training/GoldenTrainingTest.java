package org.idem.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Fcn;
import org.idem.network.Golden;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.StageParameters;
import org.idem.theory.ClosedForm;
import org.idem.training.deep.DeepTrainer;
import org.idem.training.layer.LayerTrainer;
import org.idem.training.run.Outcome;
import org.idem.training.run.Run;
import org.junit.jupiter.api.Test;

/** Every engine against networks that PyTorch trained, in the precision of each run. */
class GoldenTrainingTest {
    /** Runs up to this length have a bound that follows rounding step by step. */
    private static final int FEW_STEPS = 6;

    /** What a run has to notice of its largest result: a part in 10⁸ in float64, in 25 in float32. */
    private static double noticed(Precision precision) {
        return precision == Precision.FLOAT64 ? 1e-8 : 0.04;
    }

    private static void assertWithin(String where, double noticed, Array golden, Array trained, double[] budget) {
        double largest = 1;
        for (double value : golden.values()) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < golden.length(); i++) {
            double value = golden.values()[i];
            double allowed = budget[i] + Golden.half(value);
            assertTrue(allowed <= noticed * largest, where + ", budget " + allowed);
            assertEquals(value, trained.values()[i], allowed, where + ", number " + i);
        }
    }

    private static TrainingBudget budget(Golden run) {
        return TrainingBudget.of(run.problem(), run.rule(), run.precision(), run.steps(), run.batch());
    }

    /** Errors of outputs: step by step, and from the closed form, to which exact and real training are both close. */
    private static double[] outputErrors(Golden run) {
        double[] errors = new double[run.outputs().length()];
        Arrays.fill(errors, Double.POSITIVE_INFINITY);
        if (run.steps() <= FEW_STEPS) {
            errors = budget(run).outputErrors(run.probes());
        }
        if (run.isFullBatch()) {
            ClosedForm form = new ClosedForm(run.layer());
            Array exact = form.budget(run.optimizer(), run.steps(), Precision.FLOAT64, run.probes());
            Array real = form.budget(run.optimizer(), run.steps(), run.precision(), run.probes());
            for (int i = 0; i < errors.length; i++) {
                errors[i] = Math.min(errors[i], exact.values()[i] + real.values()[i]);
            }
        }
        return errors;
    }

    @Test
    void oneLayer() {
        List<Golden> runs = Golden.oneLayer();
        assertTrue(runs.size() >= 192, "runs " + runs.size());
        for (Golden run : runs) {
            double[] errors = outputErrors(run);
            double noticed = noticed(run.precision());
            boolean single = !run.isFullBatch();
            List<Double> losses = new ArrayList<>();
            Outcome large = new LayerTrainer(run.layer(), run.precision(), single)
                    .onLoss((step, loss) -> losses.add(loss))
                    .train(run.optimizer(), new Horizon.Steps(run.steps()), run.probes());
            Outcome small = SmallNetworks.train(
                    new Run(run.layer(), run.optimizer(), run.steps(), single, run.precision(), run.probes()));
            DeepTrainer deep = new DeepTrainer(run.problem(), run.rule(), run.precision(), 1, run.batch());
            double first = deep.loss();
            deep.train(run.steps());
            List<Array> outputs = List.of(
                    assertInstanceOf(Outcome.Trained.class, large).outputs(),
                    assertInstanceOf(Outcome.Trained.class, small).outputs(),
                    deep.outputs(run.probes()));
            for (int engine = 0; engine < 3; engine++) {
                assertWithin(run.name() + ", engine " + engine, noticed, run.outputs(), outputs.get(engine), errors);
            }
            double ofLoss = TrainingBudget.of(run.problem(), run.rule(), run.precision(), 1, run.batch())
                            .firstLossError()
                    + Golden.half(run.firstLoss());
            assertTrue(ofLoss <= noticed * Math.max(1, run.firstLoss()), run.name());
            assertEquals(run.firstLoss(), losses.get(0), ofLoss, run.name());
            assertEquals(run.firstLoss(), first, ofLoss, run.name());
        }
    }

    /** One weight under the input 1 and the target 0: its curvature is 1, so the learning rate is the product. */
    private static double sizeAfter(LinearMethod optimizer, int steps) {
        Array one = Array.of(new double[] {1}, 1, 1);
        LinearProblem problem =
                new LinearProblem(new Fcn(1, 1, false), one, Array.zeros(1, 1), one, null, Loss.HALF_SUM);
        Outcome outcome =
                new LayerTrainer(problem, Precision.FLOAT64, false).train(optimizer, new Horizon.Steps(steps), one);
        return outcome instanceof Outcome.Trained trained
                ? Math.abs(trained.weights().values()[0])
                : Double.POSITIVE_INFINITY;
    }

    /**
     * A part in 2⁸ below the stated edge training converges, above it diverges. The root near −1 is then off by δ = 2⁻⁸
     * times the edge times |p'|/|1 + q|, with p the change of the characteristic polynomial and q the other root: at
     * least 2⁻⁸, so 2¹³ steps change the size by exp(∓32), and the other root is far inside.
     */
    @Test
    void trainingConvergesBelowTheStatedEdgeAndDivergesAbove() {
        for (String[] line : Golden.table("stable-ranges.txt")) {
            double momentum = Double.parseDouble(line[0]);
            LinearMethod method = new LinearMethod(1, momentum, line[1].equals("nesterov"), 0);
            double edge = method.stableProduct();
            String where = String.join(" ", line);
            assertTrue(sizeAfter(method.withLearningRate(edge * (1 - 0x1p-8)), 1 << 13) < 1e-6, where);
            assertTrue(sizeAfter(method.withLearningRate(edge * (1 + 0x1p-8)), 1 << 13) > 1e6, where);
        }
    }

    @Test
    void severalStages() {
        List<Golden> runs = Golden.deep();
        assertTrue(runs.size() >= 48, "runs " + runs.size());
        for (Golden run : runs) {
            TrainingBudget budget = budget(run);
            assertFalse(budget.isAtKink(), run.name());
            DeepTrainer trainer = new DeepTrainer(run.problem(), run.rule(), run.precision(), 1, run.batch());
            double ofLoss = budget.firstLossError() + Golden.half(run.firstLoss());
            assertEquals(run.firstLoss(), trainer.loss(), ofLoss, run.name());
            trainer.train(run.steps());
            for (int s = 0; s < run.trained().size(); s++) {
                StageParameters golden = run.trained().get(s);
                StageParameters trained = trainer.parameters().get(s);
                String where = run.name() + ", " + run.rule() + ", stage " + (s + 1);
                double noticed = noticed(run.precision());
                assertWithin(where, noticed, golden.weights(), trained.weights(), budget.weightErrors(s));
                if (golden.bias() != null) {
                    assertWithin(where + ", bias", noticed, golden.bias(), trained.bias(), budget.biasErrors(s));
                }
            }
        }
    }
}
