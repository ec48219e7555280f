package org.idem.theorem;

import java.util.List;
import java.util.function.UnaryOperator;
import org.idem.array.Array;
import org.idem.network.TrainingProblem;
import org.idem.theory.DesignMatrix;
import org.idem.theory.RangeProjector;

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
    public Evidence trial(Configuration configuration, UnaryOperator<Setting> believed) {
        Setting setting = TrajectoryTheorem.setting(configuration);
        TrainingProblem problem = setting.problem();
        int rank = RangeProjector.of(DesignMatrix.of(problem.network(), problem.inputs()))
                .rank();
        if (rank < problem.network().fanIn()) {
            return new Evidence.HypothesesNotMet(
                    "patch rank " + rank + " of " + problem.network().fanIn());
        }
        Array images = believed.apply(setting).probes().rounded(setting.precision());
        Array claimed = TrainingProblem.identityTargets(problem.network(), images);
        return setting.observe(
                outputs -> new Setting.Prediction(claimed, setting.predict().budget()).compare(outputs));
    }
}
