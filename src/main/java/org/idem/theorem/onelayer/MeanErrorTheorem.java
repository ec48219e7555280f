package org.idem.theorem.onelayer;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.idem.theory.generalisation.ErrorMoments;

/**
 * T1.mean-error and T2.mean-error: the mean error of a trained network on a test input, over initial weights of any law
 * of mean 0.
 *
 * @param settings how settings are drawn
 * @param space dimensions
 */
record MeanErrorTheorem(SettingSpace settings, List<Dimension> space) implements Theorem<Ensemble> {
    private static final String HYPOTHESES =
            "independent initial weights of mean 0 and variance σ²; learning rate and steps do not depend on them";

    /** Networks of a trial. They are trained as one network with more outputs, which costs little more than one. */
    private static final int NETWORKS = 16;

    @Override
    public String id() {
        return settings.convolution() ? "T2.mean-error" : "T1.mean-error";
    }

    @Override
    public Statement statement() {
        return settings.convolution() ? ofCnn() : ofFcn();
    }

    private static Statement ofFcn() {
        return new Statement(
                "Over independent initial weights of mean 0 and any law the mean squared error of a trained one-layer FCN of d inputs on the identity task is the squared part of the input that was not learned, 1 + dσ² times.",
                "\\operatorname{E}\\, \\lVert f_t(x) - x \\rVert^2 = (1 + d\\sigma^2)\\, \\lVert R x \\rVert^2, \\qquad R = r_t(c\\,XX^\\top), \\quad R \\to \\Pi_\\perp",
                HYPOTHESES,
                "the randomness of Theorem 1 of Zhang et al., ICLR 2020, for every initialiser");
    }

    private static Statement ofCnn() {
        return new Statement(
                "Over independent initial filters of mean 0 and any law the mean error of a trained one-layer CNN on a test image is what is left of their variance plus what was not learned of the identity.",
                "\\operatorname{E}[\\mathrm{MSE}] = \\frac1{NC} \\sum_c \\sum_q \\bigl[\\sigma^2 \\lVert Rq \\rVert^2 + (e_c \\cdot Rq)^2\\bigr], \\qquad R = r_t(c\\,P^\\top P)",
                HYPOTHESES,
                "goes beyond Zhang et al., ICLR 2020");
    }

    @Override
    public double cost(Configuration configuration) {
        return SettingCost.of(configuration, settings.convolution(), NETWORKS);
    }

    @Override
    public Ensemble scenario(Configuration configuration) {
        Setting setting = settings.setting(configuration);
        Setting seen = setting.withProbes(setting.probes().slices(1, 2)).ifErrorIsVisible();
        return Ensemble.draw(seen, NETWORKS, new SplittableRandom(~configuration.seed()));
    }

    @Override
    public Observation observe(Ensemble ensemble) {
        return ensemble.observe();
    }

    @Override
    public Claim claim(Ensemble ensemble) {
        return claim(ensemble, 1);
    }

    private static Claim claim(Ensemble ensemble, double factor) {
        Setting setting = ensemble.setting();
        if (!setting.hasFiniteErrors(factor * setting.weightVariance())) {
            return new Claim.Mean(Double.NaN, Double.NaN, Double.NaN);
        }
        ErrorMoments moments = ensemble.moments(factor);
        return new Claim.Mean(moments.mean(), moments.spread(), moments.scale());
    }

    @Override
    public List<FalseVariant<Ensemble>> falseVariants() {
        List<FalseVariant<Ensemble>> variants = new ArrayList<>(List.of(
                wrong("variance of the weights off by a quarter", ensemble -> claim(ensemble, 1.25)),
                wrong(
                        "variance a third, as if the half width of uniform weights were their deviation",
                        ensemble -> claim(ensemble, 1.0 / 3)),
                wrong("identity forgotten: only the random part errs", MeanErrorTheorem::randomPart),
                of("one step too many", setting -> setting.withSteps(setting.steps() + 1)),
                of("mean and half-sum confused", Mistakes.OTHER_LOSS::applied),
                of("momentum forgotten", Mistakes.NO_MOMENTUM::applied),
                of(
                        "error of the training image for that of the test image",
                        setting -> setting.withProbes(setting.problem().inputs()))));
        if (settings.convolution()) {
            variants.add(of("zero and circular padding confused", Mistakes.OTHER_PADDING::applied));
        }
        return List.copyOf(variants);
    }

    /**
     * The random part of the mean. The mean is affine in the variance, so this is what it gains when the variance
     * doubles.
     */
    private static Claim randomPart(Ensemble ensemble) {
        ErrorMoments moments = ensemble.moments(1);
        double random = ensemble.moments(2).mean() - moments.mean();
        return new Claim.Mean(random, moments.spread(), moments.scale());
    }

    private FalseVariant<Ensemble> of(String name, UnaryOperator<Setting> mistake) {
        return wrong(name, ensemble -> claim(ensemble.with(mistake)));
    }

    private static FalseVariant<Ensemble> wrong(String name, Function<Ensemble, Claim> claim) {
        return new FalseVariant.WrongClaim<>(name, claim);
    }
}
