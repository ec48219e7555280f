package org.idem.theorem.onelayer;

import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.idem.array.Array;
import org.idem.network.LinearMap;
import org.idem.theorem.Observation;
import org.idem.theorem.SideBySide;
import org.idem.theory.generalisation.ErrorMoments;

/**
 * Many networks that differ in their initial weights only, and the image on which their errors are measured.
 *
 * @param setting data and method of each of them; its initial weights are ignored
 * @param weights initial weights, network after network; one axis
 */
record Ensemble(Setting setting, Array weights) {
    /** Networks with fresh weights of the setting's law. */
    static Ensemble draw(Setting setting, int networks, SplittableRandom random) {
        LinearMap network = setting.problem().map();
        int[] shape = network.weightShape();
        shape[0] *= networks;
        int count = networks * network.outputs() * network.fanIn();
        double[] weights = setting.initializer().draw(count, network.fanIn(), network.fanOut(), random);
        return new Ensemble(setting, Array.of(weights, shape));
    }

    /** One error for each network. */
    Observation observe() {
        if (setting.unfit() != null) {
            return new Observation.Nothing(setting.unfit());
        }
        double[] errors = SideBySide.errors(
                        setting.problem(),
                        weights,
                        setting.optimizer(),
                        setting.steps(),
                        setting.probes(),
                        setting.engine())
                .orElse(new double[] {Double.NaN});
        return new Observation.Seen(Array.of(errors, errors.length));
    }

    Ensemble with(UnaryOperator<Setting> mistake) {
        return new Ensemble(mistake.apply(setting), weights);
    }

    /** Moments of one error for weights of a multiple of their variance. */
    ErrorMoments moments(double factor) {
        return setting.errorMoments(factor);
    }
}
