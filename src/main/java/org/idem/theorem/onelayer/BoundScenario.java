package org.idem.theorem.onelayer;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.LinearProblem;
import org.idem.space.Axis;
import org.idem.space.Configuration;
import org.idem.theorem.Evidence;
import org.idem.theorem.Observation;
import org.idem.theory.generalisation.Unlearned;
import org.idem.theory.generalisation.UnlearnedBall;

/**
 * One trained CNN and a test image of the size of one patch, chosen as the worst for the CNN's first filter. The choice
 * may depend on the weights because the bounds hold for all images at once; with it, errors come close to the bounds.
 *
 * @param setting the network, with that image as probe
 * @param variance of one initial weight
 */
record BoundScenario(Setting setting, double variance) {
    /** Probability with which a bound may be exceeded. */
    static final double FAILURE = 0.05;

    /**
     * Standard deviation of the weights in units of He's. The larger it is, the less the identity contributes to the
     * error, and the tighter the bound.
     */
    static final Axis.Real DEVIATION = new Axis.Real("deviation");

    /** Draws the network; {@link #on} chooses its probe. */
    static BoundScenario draw(SettingSpace settings, Configuration configuration) {
        Setting drawn = settings.setting(configuration);
        LinearProblem p = drawn.problem();
        double factor = configuration.get(DEVIATION);
        Array weights = Mistakes.scaled(p.weights(), factor);
        Setting setting = drawn.with(p.withWeights(weights));
        return new BoundScenario(setting, factor * factor * setting.weightVariance());
    }

    /**
     * With a test image of the size of a patch; the setting becomes unfit if training leaves no visible error on it.
     */
    BoundScenario on(double[] patch) {
        Cnn cnn = setting.cnn();
        Setting probed = setting.withProbes(Array.of(patch, 1, cnn.channels(), cnn.kernel(), cnn.kernel()));
        if (probed.unfit() == null && ball().largestFactor() == 0) {
            return new BoundScenario(
                    probed.because(new Evidence.HypothesesNotMet("the patches have full rank: nothing is left open")),
                    variance);
        }
        return new BoundScenario(probed.unfit() == null ? probed.ifErrorIsVisible() : probed, variance);
    }

    /** Initial error of the first filter, one column. */
    DMatrixRMaj initialError() {
        Cnn cnn = setting.cnn();
        DMatrixRMaj error = new DMatrixRMaj(cnn.fanIn(), 1);
        System.arraycopy(setting.problem().weights().values(), 0, error.data, 0, cnn.fanIn());
        int centre = cnn.kernel() * cnn.kernel() / 2;
        error.add(centre, 0, -1);
        return error;
    }

    Unlearned unlearned() {
        return setting.unlearned();
    }

    UnlearnedBall ball() {
        return UnlearnedBall.of(unlearned(), setting.cnn());
    }

    /** Mean squared error on the test image. */
    Observation observe() {
        return setting.observeError();
    }

    /** The same for several scenarios, whose networks are trained together. */
    static List<Observation> observe(List<BoundScenario> scenarios) {
        return Setting.observeErrors(
                scenarios.stream().map(BoundScenario::setting).toList());
    }
}
