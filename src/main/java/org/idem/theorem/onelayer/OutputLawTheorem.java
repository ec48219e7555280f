package org.idem.theorem.onelayer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.array.Array;
import org.idem.network.Horizon;
import org.idem.network.LinearProblem;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Statement;
import org.idem.theory.ClosedForm;
import org.idem.theory.design.DesignMatrix;

/**
 * T1.law: over Gaussian initial weights, the output of a trained FCN is normal. Its mean is what the FCN has learned;
 * its variance comes from the part of the input that it has not.
 *
 * @param settings how settings are drawn
 * @param space dimensions
 */
record OutputLawTheorem(SettingSpace settings, List<Dimension> space) implements SettingTheorem {
    @Override
    public String id() {
        return "T1.law";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "Over Gaussian initial weights the output of a trained one-layer FCN is normal: its mean is what was learned, its variance that of the part of the input that was not.",
                "f_t(x) \\sim \\mathcal N\\bigl(m_t(x),\\ \\sigma^2 \\lVert r_t(c\\,XX^\\top)\\, x \\rVert^2 I_k\\bigr), \\qquad \\frac{\\lVert f_t(x) - m_t(x) \\rVert^2}{\\sigma^2 \\lVert r_t(c\\,XX^\\top)\\, x \\rVert^2} \\sim \\chi^2_k",
                "independent N(0, σ²) initial weights; learning rate and steps do not depend on them",
                "the randomness of Theorem 1 of Zhang et al., ICLR 2020, made exact");
    }

    @Override
    public Setting scenario(Configuration configuration) {
        Setting setting = settings.setting(configuration);
        Setting one = setting.withProbes(setting.probes().slices(0, 1));
        double left = unlearnedNorm(one, one.steps());
        return left > 0 && left >= Setting.VISIBLE * unlearnedNorm(one, 0) ? one : one.hidden();
    }

    @Override
    public Claim claim(Setting setting) {
        return law(setting, deviation(setting), learned(setting));
    }

    private static Claim law(Setting setting, double deviation, Array centre) {
        ChiSquaredDistribution chiSquared =
                ChiSquaredDistribution.of(setting.problem().map().outputs());
        return new Claim.Law(
                seen -> {
                    double squares = 0;
                    for (int i = 0; i < seen.length(); i++) {
                        double difference = (seen.values()[i] - centre.values()[i]) / deviation;
                        squares += difference * difference;
                    }
                    return squares;
                },
                chiSquared::cumulativeProbability);
    }

    /** Outputs of a network that started at weights 0. */
    private static Array learned(Setting setting) {
        LinearProblem problem = setting.problem();
        Array zeros = Array.zeros(problem.weights().shape());
        ClosedForm form = new ClosedForm(problem.withWeights(zeros), setting.design());
        return form.outputs(form.parameters(setting.optimizer(), new Horizon.Steps(setting.steps())), setting.probes());
    }

    /** Standard deviation of one output. */
    private static double deviation(Setting setting) {
        return Math.sqrt(setting.weightVariance()) * unlearnedNorm(setting, setting.steps());
    }

    private static double unlearnedNorm(Setting setting, int steps) {
        DMatrixRMaj probe = DesignMatrix.of(setting.problem().map(), setting.probes());
        return NormOps_DDRM.fastNormF(setting.withSteps(steps).unlearned().of(probe));
    }

    @Override
    public List<FalseVariant<Setting>> falseVariants() {
        List<FalseVariant<Setting>> variants = new ArrayList<>();
        variants.add(scaled("variance of the weights off by a quarter", Math.sqrt(1.25)));
        variants.add(scaled("fan-in counted three times, as for uniform weights", Math.sqrt(1.0 / 3)));
        variants.add(wrong(
                "projection left out: the whole input is unlearned",
                setting -> law(
                        setting, Math.sqrt(setting.weightVariance()) * unlearnedNorm(setting, 0), learned(setting))));
        variants.add(wrong("one step too many", setting -> claim(setting.withSteps(setting.steps() + 1))));
        variants.add(wrong(
                "nothing learned: normal around zero",
                setting -> law(
                        setting,
                        deviation(setting),
                        Array.zeros(setting.problem()
                                .map()
                                .outputShape(setting.probes().shape())))));
        variants.add(wrong("mean and half-sum confused", setting -> claim(Mistakes.OTHER_LOSS.applied(setting))));
        return List.copyOf(variants);
    }

    private static FalseVariant<Setting> wrong(String name, Function<Setting, Claim> claim) {
        return new FalseVariant.WrongClaim<>(name, claim);
    }

    private static FalseVariant<Setting> scaled(String name, double factor) {
        return wrong(name, setting -> law(setting, factor * deviation(setting), learned(setting)));
    }
}
