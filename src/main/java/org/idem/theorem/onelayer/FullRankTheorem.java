package org.idem.theorem.onelayer;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.idem.array.Array;
import org.idem.network.LinearProblem;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Claim;
import org.idem.theorem.Evidence;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Statement;

/**
 * T2.full-rank: a one-layer CNN trained on one image whose patches have full rank is the identity on every image.
 *
 * @param settings how settings are drawn
 * @param space dimensions, without steps
 */
record FullRankTheorem(SettingSpace settings, List<Dimension> space) implements SettingTheorem {
    @Override
    public String id() {
        return "T2.full-rank";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "A one-layer CNN trained to the limit on one image whose patches have full rank returns every image unchanged.",
                "\\operatorname{rank} P = K^2 C \\;\\Longrightarrow\\; w_{c,t} \\to e_c, \\qquad f_\\infty(z) = z \\ \\text{for every image } z",
                "the patches of the training image have rank K²C; the learning rate lies inside the stable range; valid padding returns the central crop",
                "the case of rank d in Theorem 2 of Zhang et al., ICLR 2020, made exact");
    }

    @Override
    public double cost(Configuration configuration) {
        return SettingCost.mayHaveFullRank(configuration) ? settings.cost(configuration) : SettingCost.IMPOSSIBLE;
    }

    @Override
    public Setting scenario(Configuration configuration) {
        Setting setting = settings.setting(configuration);
        int rank = setting.design().rank();
        int full = setting.problem().map().fanIn();
        return rank == full
                ? setting
                : setting.because(new Evidence.HypothesesNotMet("patch rank " + rank + " of " + full));
    }

    @Override
    public Claim claim(Setting setting) {
        Array images = setting.probes();
        return new Claim.Equality(
                LinearProblem.identityTargets(setting.problem().map(), images),
                setting.outputs().budget());
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(TrajectoryTheorem.NOTICED);
    }

    @Override
    public List<FalseVariant<Setting>> falseVariants() {
        List<FalseVariant<Setting>> variants = new ArrayList<>(TrajectoryTheorem.variants(
                List.of(
                        Mistakes.UPSIDE_DOWN,
                        Mistakes.BRIGHTER_PROBES,
                        Mistakes.BLANK,
                        Mistakes.SHIFTED,
                        Mistakes.NEGATED,
                        Mistakes.MEMORISED),
                this));
        variants.add(new FalseVariant.WrongConstruction<>(
                "training stopped after a quarter of its steps", setting -> setting.withSteps(setting.steps() / 4)));
        return List.copyOf(variants);
    }
}
