package org.idem.theory;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.training.layer.LayerTrainer;
import org.idem.training.run.Outcome;

/**
 * A random problem with inputs that are uniform, constant, nearly equal, sparse or zero, and test inputs for it.
 *
 * @param problem numbers of the precision
 * @param tests numbers of the precision
 * @param precision of a training
 */
public record DrawnProblem(LinearProblem problem, Array tests, Precision precision) {
    public static DrawnProblem of(long seed, boolean consistent) {
        SplittableRandom random = new SplittableRandom(seed);
        Precision precision = Precision.values()[random.nextInt(2)];
        boolean bias = random.nextBoolean();
        int examples = 1 + random.nextInt(4);
        LinearMap network;
        int[] shape;
        int[] testShape;
        if (random.nextBoolean()) {
            Padding padding = Padding.values()[random.nextInt(3)];
            int channels = 1 + random.nextInt(2);
            network = new Cnn(channels, channels, 1 + 2 * random.nextInt(2), padding, bias);
            shape = new int[] {examples, channels, 3 + random.nextInt(4), 3 + random.nextInt(4)};
            testShape = new int[] {1, channels, 4, 3};
        } else {
            int size = 1 + random.nextInt(12);
            network = new Fcn(size, size, bias);
            shape = new int[] {examples, size};
            testShape = new int[] {2, size};
        }
        Array inputs = inputs(random, shape).rounded(precision);
        Array targets = LinearProblem.identityTargets(network, inputs);
        LinearProblem problem = new LinearProblem(
                network,
                inputs,
                consistent ? targets : uniform(random, targets.shape()),
                uniform(random, network.weightShape()),
                bias ? uniform(random, network.outputs()) : null,
                Loss.values()[random.nextInt(3)]);
        return new DrawnProblem(
                problem.rounded(precision), uniform(random, testShape).rounded(precision), precision);
    }

    public static Array uniform(SplittableRandom random, int... shape) {
        Array array = Array.zeros(shape);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = random.nextDouble();
        }
        return array;
    }

    private static Array inputs(SplittableRandom random, int[] shape) {
        Array inputs = uniform(random, shape);
        int kind = random.nextInt(6);
        int stride = inputs.length() / shape[0];
        double[] values = inputs.values();
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (kind) {
                case 0 -> 0.75;
                case 1 -> values[i % stride] + 0x1p-16 * values[i];
                case 2 -> values[i] < 0.25 ? values[i] : 0;
                case 3 -> random.nextInt(8) == 0 ? 0 : values[i];
                default -> values[i];
            };
        }
        return inputs;
    }

    /** Outputs of a real training on the tests. */
    public Array trained(LinearMethod optimizer, int steps, boolean oneAtATime) {
        Outcome outcome =
                new LayerTrainer(problem, precision, oneAtATime).train(optimizer, new Horizon.Steps(steps), tests);
        return ((Outcome.Trained) outcome).outputs();
    }

    /** Largest |a − b| / budget; 0 where a = b. */
    public static double ratio(Array a, Array b, Array budget) {
        double worst = 0;
        for (int i = 0; i < a.length(); i++) {
            double difference = Math.abs(a.values()[i] - b.values()[i]);
            worst = Math.max(worst, difference == 0 ? 0 : difference / budget.values()[i]);
        }
        return worst;
    }

    /**
     * Requires that a real training stays within the budgets around the prediction after its steps, and in the limit.
     */
    public void assertStaysWithinBudgets(
            String where, SteppedForm form, LinearMethod optimizer, int steps, boolean oneAtATime) {
        Array observed = trained(optimizer, steps, oneAtATime);
        Array predicted = form.outputs(form.parameters(optimizer, new Horizon.Steps(steps)), tests);
        assertWithin(where, observed, predicted, form.budget(optimizer, steps, precision, tests));
        Array limit = form.outputs(form.parameters(optimizer, new Horizon.Limit()), tests);
        assertWithin("limit, " + where, observed, limit, form.limitBudget(optimizer, steps, precision, tests));
    }

    /** Requires that every output lies within its budget. */
    public static void assertWithin(String where, Array observed, Array predicted, Array budget) {
        double ratio = ratio(observed, predicted, budget);
        assertTrue(ratio <= 1, where + ": " + ratio);
    }
}
