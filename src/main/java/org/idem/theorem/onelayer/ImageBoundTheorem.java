package org.idem.theorem.onelayer;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.idem.array.Array;
import org.idem.space.Axis;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.idem.theory.generalisation.ErrorLaw;
import org.idem.theory.generalisation.Sight;
import org.idem.theory.generalisation.UnlearnedBall;

/**
 * T2.image-bound: a bound on the error of a trained CNN on a test image, with high probability over Gaussian initial
 * filters.
 *
 * <p>Most trials claim the bound that holds for all images at once. Their test image is the patch on which the first
 * filter errs most; with one channel and one output pixel it exceeds the bound in a share δ/2 of all networks. The
 * other trials claim the closed form for one image alone, which is drawn without looking at the weights.
 *
 * @param settings how settings are drawn
 * @param space dimensions
 */
record ImageBoundTheorem(SettingSpace settings, List<Dimension> space) implements Theorem<BoundScenario> {
    /** Which image is tested: the worst one for the network, or one that was drawn before. */
    static final Axis.Words<Boolean> ALONE = Axis.Words.flag("test", "worst", "drawn");

    @Override
    public String id() {
        return "T2.image-bound";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "With probability 1 − δ over Gaussian initial filters the error of a trained one-layer CNN is bounded on all test images at once by what their patches have outside of what was learned, and on one image alone in closed form.",
                "\\mathrm{MSE} \\le \\min\\Bigl\\{\\kappa_1 S_{1-\\delta/2},\\; \\inf_{\\mu > \\kappa_1} \\mu\\Bigl(S^0_{1-\\delta/2} + \\textstyle\\sum_i \\frac{\\kappa_i\\beta_i^2}{\\mu - \\kappa_i}\\Bigr)\\Bigr\\} \\quad (C = 1), \\qquad \\hat C = \\tfrac1N \\sum_q \\lvert R\\rvert^{1/2} q q^\\top \\lvert R\\rvert^{1/2}, \\quad S = (w_0 - e)^\\top \\lvert R\\rvert (w_0 - e), \\quad S^0 = w_0^\\top \\lvert R\\rvert w_0; \\qquad \\text{one image:}\\quad \\mathrm{MSE} \\le \\min\\Bigl\\{\\inf_h \\tfrac1h\\bigl(\\log \\mathbb E e^{h\\,\\mathrm{MSE}} + \\log\\tfrac1\\delta\\bigr),\\; b_1 (u_{1-\\delta} + c)^2\\Bigr\\}, \\quad (1 + c^2)\\Phi(c) + c\\varphi(c) = \\mathbb E\\,\\mathrm{MSE}/b_1",
                "independent N(0, σ²) initial weights; learning rate and steps do not depend on them; in the limit, patches of less than full rank; R is the share of an error in each direction that training leaves, with absolute value |R|; q runs over the N patches of the test image; κ_1 ≥ κ_2 ≥ … are the eigenvalues of Ĉ, β_i the coordinates of |R|^{1/2}De in its eigenvectors, where R = |R|^{1/2}D|R|^{1/2}; b_1 is the largest σ²a_j/(NC) with the a_j of T2.law, u_{1−δ} the normal quantile, Φ and φ the normal distribution function and density",
                "the probability and the constants go beyond Zhang et al., ICLR 2020");
    }

    @Override
    public double cost(Configuration configuration) {
        return settings.cost(configuration);
    }

    @Override
    public BoundScenario scenario(Configuration configuration) {
        BoundScenario drawn = BoundScenario.draw(settings, configuration);
        return configuration.get(ALONE, false)
                ? drawn.onDrawn()
                : drawn.on(drawn.unlearned().signOf(drawn.initialError()).data);
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
        return claim(scenario, scenario.setting().probes());
    }

    private static Claim claim(BoundScenario scenario, Array image) {
        return scenario.alone()
                ? atMost(law(scenario, image).closedBound(BoundScenario.FAILURE))
                : bound(scenario, image, ImageBoundTheorem::bound);
    }

    private static ErrorLaw law(BoundScenario scenario, Array image) {
        Setting setting = scenario.setting();
        return ErrorLaw.of(scenario.unlearned(), setting.cnn(), image, scenario.variance());
    }

    private static Claim atMost(double bound) {
        return new Claim.UpperBound(bound, bound, BoundScenario.FAILURE);
    }

    private static double bound(UnlearnedBall ball, Sight sight, double variance) {
        return ball.bound(sight, variance, BoundScenario.FAILURE);
    }

    private interface Formula {
        double of(UnlearnedBall ball, Sight sight, double variance);
    }

    private static Claim bound(BoundScenario scenario, Array image, Formula formula) {
        Sight sight = Sight.of(scenario.unlearned(), scenario.setting().cnn(), image);
        return atMost(formula.of(scenario.ball(), sight, scenario.variance()));
    }

    @Override
    public List<FalseVariant<BoundScenario>> falseVariants() {
        return List.of(
                wrong(
                        "quantile of δ instead of 1 − δ",
                        (ball, sight, variance) -> ball.bound(sight, variance, 1 - BoundScenario.FAILURE)),
                wrong(
                        "initial weights forgotten",
                        (ball, sight, variance) -> sight.largest() * square(ball.selectorRadius())),
                wrong(
                        "identity forgotten: central χ² for the noncentral one",
                        (ball, sight, variance) ->
                                sight.largest() * square(ball.weightRadius(variance, BoundScenario.FAILURE))),
                wrong(
                        "radius not squared",
                        (ball, sight, variance) -> sight.largest() * ball.radius(variance, BoundScenario.FAILURE)),
                wrong(
                        "mean over the open directions for the largest eigenvalue",
                        (ball, sight, variance) -> bound(ball, sight, variance)
                                * Arrays.stream(sight.values()).sum()
                                / (sight.largest() * Math.max(1, ball.directions()))),
                wrong(
                        "rank one larger than it is",
                        (ball, sight, variance) -> bound(ball.oneDirectionLess(), sight, variance)),
                new FalseVariant.WrongClaim<>(
                        "variance of PyTorch's default for that of He",
                        scenario -> claim(
                                scenario.claiming(scenario.variance() / 6),
                                scenario.setting().probes())),
                new FalseVariant.WrongClaim<>(
                        "patches of the training image for those of the test image",
                        scenario -> claim(scenario, scenario.setting().problem().inputs())),
                wrongAlone("mean of the error for the bound on one image", ErrorLaw::mean),
                wrongAlone("median for the bound on one image", law -> law.quantile(0.5)),
                wrongAlone("quantile of δ for the bound on one image", law -> law.quantile(BoundScenario.FAILURE)));
    }

    private static double square(double value) {
        return value * value;
    }

    /** About all images at once; trials of one image alone claim what is true. */
    private static FalseVariant<BoundScenario> wrong(String name, Formula formula) {
        return new FalseVariant.WrongClaim<>(name, scenario -> {
            Array image = scenario.setting().probes();
            return scenario.alone() ? claim(scenario, image) : bound(scenario, image, formula);
        });
    }

    /** About one image alone; the other trials claim what is true. */
    private static FalseVariant<BoundScenario> wrongAlone(String name, ToDoubleFunction<ErrorLaw> formula) {
        return new FalseVariant.WrongClaim<>(name, scenario -> {
            Array image = scenario.setting().probes();
            return scenario.alone() ? atMost(formula.applyAsDouble(law(scenario, image))) : claim(scenario, image);
        });
    }
}
