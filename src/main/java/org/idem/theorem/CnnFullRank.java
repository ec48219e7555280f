package org.idem.theorem;

import java.util.List;
import org.idem.array.Array;
import org.idem.network.TrainingProblem;
import org.idem.theory.DesignMatrix;
import org.idem.theory.RangeProjector;
import org.idem.training.Outcome;

/**
 * T2.full-rank: a one-layer CNN trained on one image whose patches have full rank is the identity on every image.
 *
 * @param space dimensions as in {@link TrajectoryTheorem}, without steps
 * @param falseVariants wrong versions; they change the image that the network is said to return
 */
record CnnFullRank(List<Dimension> space, List<FalseVariant> falseVariants) implements Theorem {
    @Override
    public String id() {
        return "T2.full-rank";
    }

    @Override
    public String statement() {
        return "A one-layer CNN trained to the limit on one image whose patches have rank K²C returns every image unchanged.";
    }

    @Override
    public String hypotheses() {
        return "the patches of the training image have full rank; the learning rate lies inside the stable range";
    }

    @Override
    public Evidence trial(Configuration configuration) {
        return compare(configuration, setting -> setting);
    }

    @Override
    public Evidence trial(Configuration configuration, FalseVariant variant) {
        return compare(configuration, variant.mistake());
    }

    private static Evidence compare(Configuration configuration, java.util.function.UnaryOperator<Setting> believed) {
        Setting setting = TrajectoryTheorem.setting(configuration);
        TrainingProblem problem = setting.problem();
        int rank = RangeProjector.of(DesignMatrix.of(problem.network(), problem.inputs()))
                .rank();
        if (rank < problem.network().fanIn()) {
            return new Evidence.HypothesesNotMet(
                    "patch rank " + rank + " of " + problem.network().fanIn());
        }
        if (setting.steps() > TrajectoryTheorem.MOST_STEPS) {
            return new Evidence.NotConverged("the limit needs more than " + TrajectoryTheorem.MOST_STEPS + " steps");
        }
        if (!(setting.observe() instanceof Outcome.Trained trained)) {
            return new Evidence.NotConverged("training diverged inside the stable range");
        }
        Array images = believed.apply(setting).probes().rounded(setting.precision());
        Array claimed = TrainingProblem.identityTargets(problem.network(), images);
        return new Setting.Prediction(claimed, setting.predict().budget()).compare(trained.outputs());
    }
}
