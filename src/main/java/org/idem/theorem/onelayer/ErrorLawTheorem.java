package org.idem.theorem.onelayer;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.Optimizer;
import org.idem.network.TrainingProblem;
import org.idem.theorem.Claim;
import org.idem.theorem.Configuration;
import org.idem.theorem.Dimension;
import org.idem.theorem.Evidence;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.idem.theory.DesignMatrix;
import org.idem.theory.ErrorLaw;
import org.idem.theory.Unlearned;

/**
 * T2.law: over Gaussian initial filters, the error of a trained CNN on a test image is a weighted sum of noncentral χ².
 *
 * @param settings how settings are drawn
 * @param space dimensions
 */
record ErrorLawTheorem(SettingSpace settings, List<Dimension> space) implements Theorem<Setting> {
    /** Share of the untrained root mean error that must be left, so that rounding cannot be noticed in the law. */
    private static final double VISIBLE = 0x1p-20;

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
                "independent N(0, σ²) initial weights; learning rate and steps do not depend on them",
                BEYOND);
    }

    @Override
    public Setting scenario(Configuration configuration) {
        Setting setting = settings.setting(configuration);
        Setting one = setting.withProbes(setting.probes().slices(0, 1));
        double untrained = law(one.withSteps(0), one.weightVariance()).mean();
        return law(one, one.weightVariance()).mean() >= VISIBLE * VISIBLE * untrained
                ? one
                : one.because(new Evidence.Undecidable("too little is left unlearned for its law to be seen"));
    }

    @Override
    public Observation observe(Setting setting) {
        return setting.observe(false);
    }

    @Override
    public Claim claim(Setting setting) {
        return claim(setting, law(setting, setting.weightVariance()));
    }

    private static Claim claim(Setting setting, ErrorLaw law) {
        ToDoubleFunction<Array> error = setting::meanSquaredError;
        return new Claim.Law(seen -> law.cumulative(error.applyAsDouble(seen)));
    }

    private static ErrorLaw law(Setting setting, double variance) {
        TrainingProblem p = setting.problem();
        Unlearned unlearned = Unlearned.inTheLimit(DesignMatrix.of(p.network(), p.inputs()))
                .after(p.lossScale(), setting.optimizer(), setting.steps());
        return ErrorLaw.of(unlearned, (Cnn) p.network(), setting.probes(), variance);
    }

    @Override
    public List<FalseVariant<Setting>> falseVariants() {
        return List.of(
                wrong("variance of the weights off by 10 %", s -> claim(s, law(s, 1.1 * s.weightVariance()))),
                wrong(
                        "variance of uniform weights for that of Gaussian ones",
                        s -> claim(s, law(s, s.weightVariance() / 3))),
                wrong("one step too many", s -> claim(s.withSteps(s.steps() + 1))),
                wrong("learning rate off by 10 %", s -> claim(s.with(slower(s.optimizer())))),
                wrong("momentum forgotten", s -> claim(Mistakes.NO_MOMENTUM.applied(s))),
                wrong(
                        "error of the training image for that of the test image",
                        s -> claim(s, law(s.withProbes(s.problem().inputs().slices(0, 1)), s.weightVariance()))));
    }

    private static Optimizer slower(Optimizer optimizer) {
        return optimizer.withLearningRate(0.9 * optimizer.learningRate());
    }

    private static FalseVariant<Setting> wrong(String name, Function<Setting, Claim> claim) {
        return new FalseVariant.WrongClaim<>(name, claim);
    }
}
