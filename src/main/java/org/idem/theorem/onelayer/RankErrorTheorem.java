package org.idem.theorem.onelayer;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.idem.array.Array;
import org.idem.network.TrainingProblem;
import org.idem.theorem.Claim;
import org.idem.theorem.Configuration;
import org.idem.theorem.Dimension;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.idem.theory.OpenDirections;

/**
 * T2.rank-error: what the patches of the training image do not span bounds the error on every other image.
 *
 * @param settings how settings are drawn
 * @param space dimensions, without steps
 */
record RankErrorTheorem(SettingSpace settings, List<Dimension> space) implements Theorem<Setting> {
    @Override
    public String id() {
        return "T2.rank-error";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "The error of a one-layer CNN trained on one image is bounded by what the image's patches leave open: of the test image's patches and of the initial error.",
                "\\mathrm{MSE} \\;\\le\\; \\frac1C\\, \\max_q \\lVert (I-\\Pi) q \\rVert^2 \\sum_c \\lVert (I-\\Pi)(w_{c,0} - e_c) \\rVert^2",
                "training reaches its limit; the learning rate lies inside the stable range",
                "sharper form of Theorem 2 of Zhang et al., ICLR 2020, with every constant");
    }

    @Override
    public Setting scenario(Configuration configuration) {
        Setting setting = settings.setting(configuration);
        return setting.withProbes(setting.probes().slices(0, 1));
    }

    @Override
    public Observation observe(Setting setting) {
        Observation outputs = setting.observe(false);
        return outputs instanceof Observation.Seen seen
                ? new Observation.Seen(Array.of(new double[] {meanSquaredError(setting, seen.values())}))
                : outputs;
    }

    private static double meanSquaredError(Setting setting, Array outputs) {
        Array wanted = TrainingProblem.identityTargets(setting.problem().network(), setting.probes());
        double sum = 0;
        for (int i = 0; i < outputs.length(); i++) {
            double difference = outputs.values()[i] - wanted.values()[i];
            sum += difference * difference;
        }
        return sum / outputs.length();
    }

    @Override
    public Claim claim(Setting setting) {
        return bound(setting, open -> open.largestPatch() * open.initialError());
    }

    /** A bound on the error per channel and pixel, given C times itself by what is open. */
    private static Claim bound(Setting setting, ToDoubleFunction<OpenDirections> formula) {
        OpenDirections open = OpenDirections.of(setting.problem(), setting.probes());
        double bound = formula.applyAsDouble(open) / setting.problem().network().outputs();
        double largest = 0;
        for (double budget : setting.outputs().budget().values()) {
            largest = Math.max(largest, budget);
        }
        // root mean squares obey the triangle inequality, so rounding widens the root of the bound
        double root = Math.sqrt(bound) + largest + open.rounding();
        return new Claim.UpperBound(bound, root * root, 0);
    }

    @Override
    public List<FalseVariant<Setting>> falseVariants() {
        return List.of(
                wrong("rank one larger than it is", open -> open.oneDirectionLess()
                        .map(less -> less.largestPatch() * less.initialError())
                        .orElse(0.0)),
                wrong("initial weights taken for zero", open -> open.largestPatch() * open.selectorError()),
                wrong("identity filters forgotten", open -> open.largestPatch() * open.initialWeights()),
                wrong("smallest open patch instead of the largest", open -> open.smallestPatch() * open.initialError()),
                wrong(
                        "error averaged over channels twice",
                        open -> open.largestPatch() * open.initialError() / (2 * open.channels())),
                wrong("bound on the root taken for the bound", open -> {
                    double bound = open.largestPatch() * open.initialError();
                    return bound * bound;
                }));
    }

    private static FalseVariant<Setting> wrong(String name, ToDoubleFunction<OpenDirections> formula) {
        return new FalseVariant.WrongClaim<>(name, setting -> bound(setting, formula));
    }
}
