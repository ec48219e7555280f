package org.idem.theorem.onelayer;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.space.Axis;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theory.generalisation.OpenDirections;

/**
 * T2.rank-error: the directions that the patches of the training image do not span bound the error on every other
 * image.
 *
 * <p>The test image is drawn, or it is the worst image of the size of one patch: the part of the initial error that
 * training leaves open. With valid padding and one channel the error on that image equals the bound.
 *
 * @param settings how settings are drawn
 * @param space dimensions, without steps
 */
record RankErrorTheorem(SettingSpace settings, List<Dimension> space) implements SettingTheorem {
    /** Whether the test image is drawn and not the worst one. */
    static final Axis.Words<Boolean> DRAWN = Axis.Words.flag("test", "worst", "drawn");

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
        Setting drawn = setting.withProbes(setting.probes().slices(0, 1));
        if (configuration.get(DRAWN)) {
            return drawn;
        }
        Cnn cnn = (Cnn) setting.problem().map();
        double[] patch = OpenDirections.of(setting.problem(), setting.design(), drawn.probes())
                .worstPatch();
        if (Arrays.stream(patch).allMatch(pixel -> pixel == 0)) {
            return drawn; // nothing is open
        }
        Array worst = Array.of(patch, 1, cnn.channels(), cnn.kernel(), cnn.kernel());
        return setting.withProbes(worst.rounded(setting.precision()));
    }

    @Override
    public Observation observe(Setting setting) {
        return setting.observeError();
    }

    @Override
    public List<Observation> observeAll(List<Setting> settings) {
        return Setting.observeErrors(settings);
    }

    @Override
    public Claim claim(Setting setting) {
        return bound(setting, open -> open.largestPatch() * open.initialError());
    }

    /** A bound on the error per channel and pixel; the argument gives C times the bound. */
    private static Claim bound(Setting setting, ToDoubleFunction<OpenDirections> formula) {
        OpenDirections open = OpenDirections.of(setting.problem(), setting.design(), setting.probes());
        double bound = formula.applyAsDouble(open) / setting.problem().map().outputs();
        double largest = 0;
        for (double budget : setting.outputs().budget().values()) {
            largest = Math.max(largest, budget);
        }
        // root mean squares obey the triangle inequality, so rounding widens the root of the bound
        double root = Math.sqrt(bound) + largest + open.rounding();
        return new Claim.UpperBound(bound, root * root, 0);
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(5e-13);
    }

    @Override
    public List<FalseVariant<Setting>> falseVariants() {
        return List.of(
                wrong(
                        "rank one larger than it is",
                        open -> open.oneDirectionLess()
                                .map(less -> less.largestPatch() * less.initialError())
                                .orElse(0.0)),
                wrong("initial weights taken for zero", open -> open.largestPatch() * open.selectorError()),
                wrong("identity filters forgotten", open -> open.largestPatch() * open.initialWeights()),
                wrong(
                        "spanned part of the patches instead of the open one",
                        open -> open.largestSpannedPatch() * open.initialError()),
                wrong("patches of the training image for those of the test image", open -> 0),
                wrong(
                        "error averaged over channels twice",
                        open -> open.largestPatch() * open.initialError() / (2 * open.channels())));
    }

    private static FalseVariant<Setting> wrong(String name, ToDoubleFunction<OpenDirections> formula) {
        return new FalseVariant.WrongClaim<>(name, setting -> bound(setting, formula));
    }
}
