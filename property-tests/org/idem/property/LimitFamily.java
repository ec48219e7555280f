package org.idem.property;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMap;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.network.exact.RationalParameters;
import org.idem.network.exact.RationalRun;
import org.idem.theory.BoundedOutputs;
import org.idem.theory.ClosedForm;
import org.idem.theory.exact.ExactClosedForm;

/** One example, learnt to the end. */
abstract class LimitFamily extends KnownTheoremProperties {
    private static final int MOST_STEPS = 500;

    final boolean convolution;

    LimitFamily(String id, boolean convolution) {
        super(id);
        this.convolution = convolution;
    }

    LimitFamily(String id) {
        this(id, true);
    }

    /** Identity task; with as many steps as bring every mode near its limit, unless they are too many. */
    Scene draw(SplittableRandom random) {
        int units = random.nextInt(1, 3);
        Padding padding = Padding.values()[random.nextInt(Padding.values().length)];
        LinearMap map = convolution ? new Cnn(units, units, 3, padding, false) : new Fcn(units + 1, units + 1, false);
        Scene drawn = Scene.draw(random, map, 1);
        LinearProblem problem = drawn.problem();
        return untilTheEnd(drawn.with(problem.withTargets(LinearProblem.identityTargets(map, problem.inputs()))
                        .withLoss(Loss.SUM))
                .withSafeRate());
    }

    static Scene untilTheEnd(Scene scene) {
        int steps = new ClosedForm(scene.problem()).stepsTo(0x1p-20, scene.method(), MOST_STEPS);
        return scene.withSteps(Math.min(steps, MOST_STEPS));
    }

    static BoundedOutputs limit(Scene scene) {
        return new ClosedForm(scene.problem())
                .inTheLimit(scene.method(), scene.steps(), scene.precision(), scene.tests());
    }

    /** Limits, and trainings that come near them, are no further apart than what steps and rounding leave. */
    static void assertSameLimit(Scene one, Scene other) {
        BoundedOutputs first = limit(one);
        BoundedOutputs second = limit(other);
        OutputMap same = OutputMap.same(first.values().length());
        String where = one + " and " + other;
        Relations.assertClose(first.values(), first.budget(), same, second.values(), second.budget(), where);
        Relations.assertClose(
                one.trained().outputs(), first.budget(), same, other.trained().outputs(), second.budget(), where);
    }

    static RationalParameters exactLimit(Scene scene) {
        RationalRun run = scene.exactly();
        return ExactClosedForm.predict(run.with(new Horizon.Limit()));
    }

    @Property(tries = 10)
    void everyMethodHasTheSameLimit(@ForAll long seed, @ForAll boolean nesterov) {
        Scene plain = draw(new SplittableRandom(seed));
        assertSameLimit(plain, untilTheEnd(plain.withMomentum(nesterov)));
        assertSameLimit(plain, untilTheEnd(plain.withRate(plain.method().learningRate() / 2)));
    }

    /** A training that stops on its way and goes on ends where it would have ended. */
    @Property(tries = 10)
    void theLimitIsThatOfEveryPlaceOnTheWay(@ForAll long seed) {
        Scene whole = draw(new SplittableRandom(seed));
        int first = whole.steps() / 3;
        Array reached = whole.withSteps(first).trained().weights();
        assertSameLimit(whole, whole.with(whole.problem().withWeights(reached)).withSteps(whole.steps() - first));
    }

    /** The training example comes out as it went in. */
    @Property(tries = 10)
    void theExampleIsLearnt(@ForAll long seed) {
        Scene drawn = draw(new SplittableRandom(seed));
        Scene asked = drawn.withTests(drawn.problem().inputs());
        BoundedOutputs limit = limit(asked);
        Array target = drawn.problem().targets();
        Array exact = Array.zeros(target.shape());
        OutputMap same = OutputMap.same(target.length());
        Relations.assertClose(target, exact, same, limit.values(), limit.budget(), "limit of " + asked);
        Relations.assertClose(target, exact, same, asked.trained().outputs(), limit.budget(), "" + asked);
    }
}
