package org.idem.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.check.CheckResult.Verdict;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.theory.ClosedForm;
import org.idem.training.layer.LayerTrainer;
import org.idem.training.run.Outcome;

/** Networks that are really trained here stand for those trained elsewhere. */
final class Trained {
    static final int STEPS = 60;

    private Trained() {}

    static Array uniform(SplittableRandom random, int... shape) {
        Array array = Array.zeros(shape);
        for (int at = 0; at < array.length(); at++) {
            array.values()[at] = 2 * random.nextDouble() - 1;
        }
        return array;
    }

    static LinearProblem problem(LinearMap network, long seed, int... inputShape) {
        SplittableRandom random = new SplittableRandom(seed);
        Array inputs = uniform(random, inputShape);
        return new LinearProblem(
                network,
                inputs,
                LinearProblem.identityTargets(network, inputs),
                uniform(random, network.weightShape()),
                network.bias() ? uniform(random, network.outputs()) : null,
                Loss.MEAN);
    }

    static LinearProblem fcn(boolean bias) {
        return problem(new Fcn(9, 9, bias), 3, 4, 9);
    }

    static LinearProblem cnn(boolean bias) {
        return problem(new Cnn(2, 2, 3, Padding.SAME, bias), 5, 2, 2, 6, 5);
    }

    /** Half of 1 / largest curvature, so that no factor is 0. */
    static LinearMethod optimizer(LinearProblem problem, double momentum, boolean nesterov, double decay) {
        double curvature = new ClosedForm(problem).largestCurvature();
        return new LinearMethod((float) (0.5 / curvature), (float) momentum, nesterov, (float) (decay * curvature));
    }

    /** A true account. */
    static Account account(LinearProblem problem, LinearMethod optimizer, int steps, Precision precision) {
        LinearProblem stored = problem.rounded(precision);
        Outcome.Trained end = (Outcome.Trained)
                new LayerTrainer(stored, precision, false).train(optimizer, new Horizon.Steps(steps), stored.inputs());
        return new Account(stored, end.weights(), end.bias(), optimizer, new Horizon.Steps(steps));
    }

    /** A true account of plain gradient descent. */
    static Account plain(LinearProblem problem, Precision precision) {
        return account(problem, optimizer(problem, 0, false, 0), STEPS, precision);
    }

    /** The account is refuted, and this is the likeliest cause. */
    static void refuted(String kind, Account account) {
        CheckResult result = Checker.check(account, Precision.FLOAT64);
        assertEquals(Verdict.REFUTED, result.verdict(), result.toString());
        assertNotNull(result.cause(), result.toString());
        assertEquals(kind, result.cause().kind(), result.toString());
        assertTrue(result.cause().explains(), result.toString());
    }

    /** A changed copy. */
    static Array changed(Array array, UnaryOperator<double[]> change) {
        return Array.of(change.apply(array.values().clone()), array.shape());
    }

    /** One trained weight is moved. */
    static Account moved(Account account, int weight, double by, Precision precision) {
        Array end = changed(account.trained(), values -> {
            values[weight] += by;
            return values;
        });
        return account.between(account.problem().weights(), end.rounded(precision));
    }
}
