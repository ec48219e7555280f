package org.idem.theorem.onelayer;

import java.util.Arrays;
import java.util.List;
import org.idem.array.Array;
import org.idem.space.Axis;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.idem.theory.generalisation.UnlearnedBall;
import org.idem.theory.generalisation.WorstPatch;

/**
 * T2.uniform-bound: one bound on the error of a trained CNN for all images with pixels of at most a given size, with
 * high probability over Gaussian initial filters.
 *
 * <p>The test image is one patch of pixels ±B, with the signs of the first filter's final error. With one channel and
 * one output pixel no image makes a larger error.
 *
 * @param settings how settings are drawn
 * @param space dimensions
 */
record UniformBoundTheorem(SettingSpace settings, List<Dimension> space) implements Theorem<BoundScenario> {
    /** Size B of the pixels of the test image, brighter than any training image. */
    static final Axis.Real LARGEST = new Axis.Real("largest");

    @Override
    public String id() {
        return "T2.uniform-bound";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "With probability 1 − δ over Gaussian initial filters one number bounds the error of a trained one-layer CNN on all images with pixels of a given size: the paper's order m(m/C − r)/C with every constant.",
                "\\mathrm{MSE} \\;\\le\\; B^2 \\lVert R(w_0 - e) \\rVert_1^2 \\;\\le\\; B^2 \\Bigl(\\mathbb{E}\\lVert R(w_0 - e) \\rVert_1 + \\sigma r_{\\max} \\sqrt{2 d \\log(1/\\delta)}\\Bigr)^2 \\quad (C = 1), \\qquad \\lvert \\text{pixel} \\rvert \\le B",
                "independent N(0, σ²) initial weights; learning rate and steps do not depend on them; in the limit, patches of less than full rank",
                "Theorem 2 of Zhang et al., ICLR 2020, with its constants; they and the probability go beyond it");
    }

    @Override
    public double cost(Configuration configuration) {
        return settings.cost(configuration);
    }

    @Override
    public BoundScenario scenario(Configuration configuration) {
        BoundScenario drawn = BoundScenario.draw(settings, configuration);
        double largest = configuration.get(LARGEST);
        double[] error = drawn.unlearned().of(drawn.initialError()).data;
        return drawn.on(Arrays.stream(error)
                .map(value -> value < 0 ? -largest : largest)
                .toArray());
    }

    @Override
    public Observation observe(BoundScenario scenario) {
        return scenario.observe();
    }

    @Override
    public List<Observation> observeAll(List<BoundScenario> scenarios) {
        return BoundScenario.observe(scenarios);
    }

    @Override
    public Claim claim(BoundScenario scenario) {
        return bound(scenario, terms -> terms.worst(BoundScenario.FAILURE));
    }

    /**
     * What bounds are made of.
     *
     * @param ball radius of what is left of the filters' errors
     * @param patch the worst one of pixels of at most 1
     * @param variance of one weight
     * @param unknowns d
     * @param largest B
     * @param largestOfTraining largest pixel of the training image
     */
    private record Terms(
            UnlearnedBall ball,
            WorstPatch patch,
            double variance,
            int unknowns,
            double largest,
            double largestOfTraining) {
        double worst(double failure) {
            return square(largest) * patch.bound(variance, failure);
        }

        /** The largest qᵀ|R|q. */
        double perPixel() {
            return ball.largestFactor() * unknowns * largest * largest;
        }

        /** The paper's order with its constants. */
        double ofPaper(UnlearnedBall claimed, double claimedVariance) {
            return square(largest) * unknowns * claimed.orderOfPaper(claimedVariance, BoundScenario.FAILURE);
        }

        double squaredRadius() {
            return square(ball.radius(variance, BoundScenario.FAILURE));
        }
    }

    private interface Formula {
        double of(Terms terms);
    }

    private static Claim bound(BoundScenario scenario, Formula formula) {
        Setting setting = scenario.setting();
        double bound = formula.of(new Terms(
                scenario.ball(),
                WorstPatch.of(scenario.unlearned(), setting.cnn()),
                scenario.variance(),
                setting.cnn().fanIn(),
                largest(setting.probes()),
                largest(setting.problem().inputs())));
        return new Claim.UpperBound(bound, bound, BoundScenario.FAILURE);
    }

    private static double largest(Array image) {
        return Arrays.stream(image.values()).map(Math::abs).max().orElse(0);
    }

    private static double square(double value) {
        return value * value;
    }

    @Override
    public List<FalseVariant<BoundScenario>> falseVariants() {
        return List.of(
                wrong("quantile of δ instead of 1 − δ", t -> t.worst(1 - BoundScenario.FAILURE)),
                wrong(
                        "mean of the sum of sizes for its quantile",
                        t -> square(t.largest()) * t.patch().bySums(t.variance(), 1)),
                wrong(
                        "initial weights forgotten",
                        t -> t.perPixel() * square(t.ball().selectorRadius())),
                wrong("pixels not squared", t -> t.perPixel() / t.largest() * t.squaredRadius()),
                wrong("one pixel instead of a patch", t -> t.perPixel() / t.unknowns() * t.squaredRadius()),
                wrong(
                        "largest pixel of the training image for that of all images",
                        t -> t.perPixel() * square(t.largestOfTraining() / t.largest()) * t.squaredRadius()),
                wrong(
                        "rank one larger than it is",
                        t -> t.perPixel()
                                * square(t.ball().oneDirectionLess().radius(t.variance(), BoundScenario.FAILURE))),
                wrong(
                        "order without its constants",
                        t -> t.perPixel() * t.ball().directions()),
                wrong("the paper's order without the initial weights", t -> t.ofPaper(t.ball(), 0)),
                wrong(
                        "the paper's order without the size of pixels",
                        t -> t.ofPaper(t.ball(), t.variance()) / square(t.largest())),
                wrong(
                        "the paper's order for a rank one larger than it is",
                        t -> t.ofPaper(t.ball().oneDirectionLess(), t.variance())));
    }

    private static FalseVariant<BoundScenario> wrong(String name, Formula formula) {
        return new FalseVariant.WrongClaim<>(name, scenario -> bound(scenario, formula));
    }
}
