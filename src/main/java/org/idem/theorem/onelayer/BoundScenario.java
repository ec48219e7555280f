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
 * One trained CNN and a test image. For bounds that hold for all images at once the image has the size of one patch and
 * is chosen as the worst for the CNN's first filter: the choice may depend on the weights, and errors come close to the
 * bounds. For a bound on one image alone the image is drawn without looking at the weights.
 *
 * @param setting the network, with that image as probe
 * @param variance of one initial weight
 * @param alone whether the image was drawn without looking at the weights
 */
record BoundScenario(Setting setting, double variance, boolean alone) {
    /** Probability with which a bound may be exceeded. */
    static final double FAILURE = 0.05;

    /**
     * Standard deviation of the weights in units of He's. The larger it is, the less the identity contributes to the
     * error, and the tighter the bound.
     */
    static final Axis.Real DEVIATION = new Axis.Real("deviation");

    /** Draws the network; {@link #on} or {@link #onDrawn} chooses its probe. */
    static BoundScenario draw(SettingSpace settings, Configuration configuration) {
        Setting drawn = settings.setting(configuration);
        LinearProblem p = drawn.problem();
        double factor = configuration.get(DEVIATION);
        Array weights = Mistakes.scaled(p.weights(), factor);
        Setting setting = drawn.with(p.withWeights(weights));
        return new BoundScenario(setting, factor * factor * setting.weightVariance(), false);
    }

    /**
     * With a test image of the size of a patch; the setting becomes unfit if training leaves no visible error on it.
     */
    BoundScenario on(double[] patch) {
        Cnn cnn = setting.cnn();
        return on(Array.of(patch, 1, cnn.channels(), cnn.kernel(), cnn.kernel()), false);
    }

    /** With a drawn test image of the size of the training image; unfit as for {@link #on}. */
    BoundScenario onDrawn() {
        return on(setting.probes().slices(1, 2), true);
    }

    private BoundScenario on(Array image, boolean drawn) {
        Setting probed = setting.withProbes(image);
        if (probed.unfit() == null && ball().largestFactor() == 0) {
            return new BoundScenario(
                    probed.because(new Evidence.HypothesesNotMet("the patches have full rank: nothing is left open")),
                    variance,
                    drawn);
        }
        return new BoundScenario(probed.unfit() == null ? probed.ifErrorIsVisible() : probed, variance, drawn);
    }

    /** The same with other weights' variance claimed. */
    BoundScenario claiming(double otherVariance) {
        return new BoundScenario(setting, otherVariance, alone);
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
