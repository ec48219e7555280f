package org.idem.theorem.onelayer;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.idem.array.Array;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.idem.theory.generalisation.UnlearnedBall;

/**
 * T2.image-bound: a bound on the error of a trained CNN on a test image, with high probability over Gaussian initial
 * filters.
 *
 * <p>The test image is the patch on which the first filter errs most. On it the bound is larger than the error only
 * because of the triangle inequality and, with several channels, because of the mean over them.
 *
 * @param settings how settings are drawn
 * @param space dimensions
 */
record ImageBoundTheorem(SettingSpace settings, List<Dimension> space) implements Theorem<BoundScenario> {
    @Override
    public String id() {
        return "T2.image-bound";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "With probability 1 − δ over Gaussian initial filters the error of a trained one-layer CNN is bounded on all test images at once by what their patches have outside of what was learned.",
                "\\mathrm{MSE} \\;\\le\\; \\max_q q^\\top \\lvert R\\rvert q \\cdot \\Bigl(\\sqrt{S_{1-\\delta}/C} + \\sqrt{\\textstyle\\sum_c e_c^\\top \\lvert R\\rvert e_c / C}\\Bigr)^2, \\qquad S = \\sum_c w_{c,0}^\\top \\lvert R\\rvert w_{c,0} \\;\\to\\; \\sigma^2 \\chi^2_{(d-r)C}",
                "independent N(0, σ²) initial weights; learning rate and steps do not depend on them; in the limit, patches of less than full rank",
                "the probability and the constants go beyond Zhang et al., ICLR 2020");
    }

    @Override
    public double cost(Configuration configuration) {
        return settings.cost(configuration);
    }

    @Override
    public BoundScenario scenario(Configuration configuration) {
        BoundScenario drawn = BoundScenario.draw(settings, configuration);
        return drawn.on(drawn.unlearned().signOf(drawn.initialError()).data);
    }

    @Override
    public Observation observe(BoundScenario scenario) {
        return scenario.observe();
    }

    @Override
    public List<Observation> observeAll(List<BoundScenario> scenarios) {
        return BoundScenario.observe(scenarios);
    }

    @Override
    public Claim claim(BoundScenario scenario) {
        return bound(scenario, ball -> square(ball.radius(scenario.variance(), BoundScenario.FAILURE)));
    }

    /** A bound by the largest test patch. */
    private static Claim bound(BoundScenario scenario, ToDoubleFunction<UnlearnedBall> squaredRadius) {
        return bound(scenario, scenario.setting().probes(), squaredRadius);
    }

    private static Claim bound(BoundScenario scenario, Array image, ToDoubleFunction<UnlearnedBall> squaredRadius) {
        double patch = UnlearnedBall.largestPatch(
                scenario.unlearned(), scenario.setting().cnn(), image);
        double bound = patch * squaredRadius.applyAsDouble(scenario.ball());
        return new Claim.UpperBound(bound, bound, BoundScenario.FAILURE);
    }

    private static double square(double value) {
        return value * value;
    }

    @Override
    public List<FalseVariant<BoundScenario>> falseVariants() {
        return List.of(
                wrong(
                        "quantile of δ instead of 1 − δ",
                        (ball, variance) -> square(ball.radius(variance, 1 - BoundScenario.FAILURE))),
                wrong("initial weights forgotten", (ball, variance) -> square(ball.selectorRadius())),
                wrong("radius not squared", (ball, variance) -> ball.radius(variance, BoundScenario.FAILURE)),
                wrong(
                        "rank one larger than it is",
                        (ball, variance) -> square(ball.oneDirectionLess().radius(variance, BoundScenario.FAILURE))),
                wrong(
                        "variance of PyTorch's default for that of He",
                        (ball, variance) -> square(ball.radius(variance / 6, BoundScenario.FAILURE))),
                new FalseVariant.WrongClaim<>(
                        "patches of the training image for those of the test image",
                        scenario -> bound(
                                scenario,
                                scenario.setting().problem().inputs(),
                                ball -> square(ball.radius(scenario.variance(), BoundScenario.FAILURE)))));
    }

    private interface SquaredRadius {
        double of(UnlearnedBall ball, double variance);
    }

    private static FalseVariant<BoundScenario> wrong(String name, SquaredRadius formula) {
        return new FalseVariant.WrongClaim<>(
                name, scenario -> bound(scenario, ball -> formula.of(ball, scenario.variance())));
    }
}
