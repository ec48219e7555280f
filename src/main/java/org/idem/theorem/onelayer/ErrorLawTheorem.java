package org.idem.theorem.onelayer;

import java.util.List;
import java.util.function.Function;
import org.idem.array.Array;
import org.idem.network.LinearMethod;
import org.idem.space.Axis;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Statement;
import org.idem.theory.generalisation.ErrorLaw;

/**
 * T2.law: over Gaussian initial filters, the error of a trained CNN on a test image is a weighted sum of noncentral χ².
 *
 * @param settings how settings are drawn
 * @param space dimensions
 */
record ErrorLawTheorem(SettingSpace settings, List<Dimension> space) implements SettingTheorem {
    /** Whether the training image is tested: it shows best what a step changes. */
    static final Axis.Words<Boolean> OF_TRAINING = Axis.Words.flag("test", "drawn", "training");

    private static final String BEYOND = "goes beyond Zhang et al., ICLR 2020";

    @Override
    public String id() {
        return "T2.law";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "Over Gaussian initial filters the error of a trained one-layer CNN on a test image is a weighted sum of noncentral χ² variables, known exactly.",
                "\\mathrm{MSE} = \\frac1{NC} \\sum_c (w_{c,0} - e_c)^\\top R\\,Q^\\top Q\\,R\\,(w_{c,0} - e_c) \\;\\sim\\; \\frac1{NC}\\sum_{c,j} a_j \\bigl(\\sigma \\xi_{cj} - h_j^\\top e_c\\bigr)^2, \\qquad R = r_t(c\\,P^\\top P)",
                "independent N(0, σ²) initial weights; learning rate and steps do not depend on them; a_j and h_j are the eigenvalues of RQᵀQR that are not 0 and their eigenvectors, ξ_{cj} independent N(0, 1)",
                BEYOND);
    }

    @Override
    public Setting scenario(Configuration configuration) {
        Setting setting = settings.setting(configuration);
        Array test = configuration.get(OF_TRAINING)
                ? setting.problem().inputs().slices(0, 1)
                : setting.probes().slices(1, 2);
        return setting.withProbes(test).ifErrorIsVisible();
    }

    @Override
    public Claim claim(Setting setting) {
        return claim(setting, setting.weightVariance());
    }

    private static Claim claim(Setting setting, double variance) {
        return new Claim.Law(
                setting::meanSquaredError,
                setting.hasFiniteErrors(variance)
                        ? ErrorLaw.of(setting.unlearned(), setting.cnn(), setting.probes(), variance)::cumulative
                        : error -> Double.NaN);
    }

    @Override
    public List<FalseVariant<Setting>> falseVariants() {
        return List.of(
                wrong("variance of the weights off by a quarter", s -> claim(s, 1.25 * s.weightVariance())),
                wrong("variance of uniform weights for that of Gaussian ones", s -> claim(s, s.weightVariance() / 3)),
                wrong("one step too many", s -> claim(s.withSteps(s.steps() + 1))),
                wrong("learning rate halved", s -> claim(s.with(slower(s.optimizer())))),
                wrong("momentum forgotten", s -> claim(Mistakes.NO_MOMENTUM.applied(s))),
                wrong(
                        "error of the training image for that of the test image",
                        s -> claim(s.withProbes(s.problem().inputs().slices(0, 1)), s.weightVariance())));
    }

    private static LinearMethod slower(LinearMethod optimizer) {
        return optimizer.withLearningRate(optimizer.learningRate() / 2);
    }

    private static FalseVariant<Setting> wrong(String name, Function<Setting, Claim> claim) {
        return new FalseVariant.WrongClaim<>(name, claim);
    }
}
