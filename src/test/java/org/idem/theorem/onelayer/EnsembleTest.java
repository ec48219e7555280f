package org.idem.theorem.onelayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.image.ImagePool;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.Initializer;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.statistics.BinomialTail;
import org.idem.theorem.Engine;
import org.idem.theorem.Observation;
import org.idem.theorem.SideBySide;
import org.idem.theorem.exhibit.KernelSweep;
import org.idem.theory.ClosedForm;
import org.idem.theory.design.Design;
import org.idem.theory.generalisation.ErrorLaw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks of an ensemble start apart from each other, by the law that is claimed, and err by the law that follows. */
class EnsembleTest {
    /** Probability with which one statistical test of this class fails although everything is right. */
    private static final double FALSE_ALARM = 1e-9;

    private final long seed = new SecureRandom().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);

    /** One image of a fully connected or convolutional network, looked at on another one. */
    private Setting setting(LinearMap network, int[] shape, Initializer law, int steps) {
        Array inputs = drawn(shape);
        Array none = Array.zeros(network.weightShape());
        LinearProblem problem = new LinearProblem(
                network, inputs, LinearProblem.identityTargets(network, inputs), none, null, Loss.MEAN);
        double rate = 0.5 / new ClosedForm(problem).largestCurvature();
        return new Setting(
                problem,
                Design.of(network, inputs),
                LinearMethod.gradientDescent(rate),
                steps,
                false,
                Precision.FLOAT64,
                drawn(shape),
                law,
                Engine.FAST,
                null);
    }

    private Array drawn(int... shape) {
        Array array = Array.zeros(shape);
        Arrays.setAll(array.values(), i -> random.nextDouble());
        return array;
    }

    private static double[] errors(Ensemble ensemble) {
        return ((Observation.Seen) ensemble.observe()).values().values();
    }

    /** Margin of Dvoretzky, Kiefer and Wolfowitz, and of Hoeffding for numbers in [0, 1]. */
    private static double margin(int count) {
        return Math.sqrt(Math.log(2 / FALSE_ALARM) / (2.0 * count));
    }

    /** Doubles of 53 random bits: two of 10⁴ agree with probability below 10⁻⁸. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ORTHOGONAL")
    void noTwoNetworksStartAlike(Initializer law) {
        Setting setting = setting(new Fcn(3, 3, false), new int[] {1, 3}, law, 1);
        Array weights = Ensemble.draw(setting, 1000, random).weights();
        Set<Double> distinct = new HashSet<>();
        int equalSigns = 0;
        for (int i = 0; i < weights.length(); i++) {
            distinct.add(weights.values()[i]);
            int neighbour = (i + 9) % weights.length();
            equalSigns += i / 9 % 2 == 0 && weights.values()[i] * weights.values()[neighbour] > 0 ? 1 : 0;
        }
        assertEquals(9000, distinct.size(), "seed " + seed);
        // a network and the next: of 4500 pairs half have equal signs
        assertEquals(0.5, equalSigns / 4500.0, margin(4500), "seed " + seed);
    }

    /**
     * Σw²/σ² of n normal weights has the χ²_n law; w²/σ² of a uniform one lies in [0, 3]. A variance off by a tenth is
     * 50 deviations off, and is refuted but with a probability below the false alarm's.
     */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ORTHOGONAL")
    void theVarianceOfTheWeightsIsTheClaimedOne(Initializer law) {
        int n = 180_000;
        Setting setting = setting(new Cnn(1, 1, 3, Padding.SAME, false), new int[] {1, 1, 4, 5}, law, 1);
        Array weights = Ensemble.draw(setting, n / 9, random).weights();
        double squares = Arrays.stream(weights.values()).map(w -> w * w).sum();
        for (double factor : new double[] {1, 1.1, 1 / 1.1}) {
            double inUnits = squares / (factor * setting.weightVariance());
            ChiSquaredDistribution chiSquared = ChiSquaredDistribution.of(n);
            boolean within = law.isGaussian()
                    ? 2 * Math.min(chiSquared.cumulativeProbability(inUnits), chiSquared.survivalProbability(inUnits))
                            > FALSE_ALARM
                    : Math.abs(inUnits / n - 1) <= 3 * margin(n);
            assertEquals(factor == 1, within, law + ", factor " + factor + ", seed " + seed);
        }
    }

    /** The whole law of one error, so its variance, too; a claim for weights of another variance is far from it. */
    @Test
    void errorsFollowTheirLaw() {
        int networks = 10_000;
        Setting setting = setting(new Fcn(4, 4, false), new int[] {2, 4}, Initializer.HE, 5);
        double[] errors = errors(Ensemble.draw(setting, networks, random));
        Arrays.sort(errors);
        double variance = setting.weightVariance();
        assertTrue(distance(errors, law(setting, variance)) <= margin(networks), "seed " + seed);
        for (double factor : new double[] {1.5, 1 / 1.5}) {
            ErrorLaw wrong = law(setting, factor * variance);
            double apart = 0;
            for (double p = 0.05; p < 1; p += 0.05) {
                apart = Math.max(
                        apart,
                        Math.abs(p - wrong.cumulative(law(setting, variance).quantile(p))));
            }
            assertTrue(apart > 2.1 * margin(networks), "laws " + apart + " apart, seed " + seed);
            assertTrue(distance(errors, wrong) > margin(networks), "factor " + factor + ", seed " + seed);
        }
    }

    private static ErrorLaw law(Setting setting, double variance) {
        Array probes = setting.probes();
        return ErrorLaw.of(
                setting.unlearned(), setting.cnn(), probes.reshape(probes.size(0), probes.size(1), 1, 1), variance);
    }

    /** At 200 of the places, so never more than the distance itself. */
    private static double distance(double[] ascending, ErrorLaw law) {
        double distance = 0;
        for (int i = 0; i < ascending.length; i += ascending.length / 200) {
            double claimed = law.cumulative(ascending[i]);
            double below = (double) i / ascending.length;
            distance = Math.max(distance, Math.max(claimed - below - 1.0 / ascending.length, below - claimed));
        }
        return distance;
    }

    /**
     * Each error is that of its own network, trained alone: outputs of both lie within their budget of the closed form.
     */
    @Test
    void networksErrAsTheyDoAlone() {
        for (LinearMap network : new LinearMap[] {new Fcn(5, 5, false), new Cnn(2, 2, 3, Padding.VALID, false)}) {
            int[] shape = network instanceof Fcn ? new int[] {2, 5} : new int[] {1, 2, 4, 5};
            Setting setting = setting(network, shape, Initializer.PYTORCH, 20);
            Ensemble ensemble = Ensemble.draw(setting, 7, random);
            double[] errors = errors(ensemble);
            int outputs = network.outputs();
            for (int i = 0; i < errors.length; i++) {
                Array weights = ensemble.weights().slices(i * outputs, (i + 1) * outputs);
                LinearProblem own = new LinearProblem(
                        network, setting.problem().inputs(), setting.problem().targets(), weights, null, Loss.MEAN);
                ClosedForm form = new ClosedForm(own);
                Array predicted =
                        form.outputs(form.parameters(setting.optimizer(), new Horizon.Steps(20)), setting.probes());
                Array budget = form.budget(setting.optimizer(), 20, Precision.FLOAT64, setting.probes());
                double expected = setting.meanSquaredError(predicted);
                Array wanted = LinearProblem.identityTargets(network, setting.probes());
                double allowed = 0;
                for (int k = 0; k < wanted.length(); k++) {
                    // among others the learning rate is rounded three times more; budgets count one rounding of the
                    // product with it in every step
                    double off = (1 + 3) * budget.values()[k];
                    double error = Math.abs(predicted.values()[k] - wanted.values()[k]);
                    allowed +=
                            (2 * error + off) * off + (wanted.length() + 3) * 0x1p-52 * (error + off) * (error + off);
                }
                assertEquals(
                        expected, errors[i], allowed / wanted.length(), network + ", network " + i + ", seed " + seed);
            }
        }
    }

    /** The 95 % column of {@code bounds} is the quantile of its law, and as many networks exceed it as it says. */
    @Test
    void boundsAreExceededAsOftenAsTheySay() {
        int networks = 4000;
        Cnn cnn = new Cnn(1, 1, 5, Padding.SAME, false);
        Array train = ImagePool.DRAWN.draw(0, 1, 4, 5, random.nextInt(1000));
        Array test = drawn(1, 1, 5, 4);
        int steps = 40;
        KernelSweep.Row row = KernelSweep.row(
                cnn, train, test, Initializer.GAUSSIAN, new KernelSweep.Effort(0, steps, seed), done -> {});
        assertTrue(
                row.bounds().quantile() <= row.bounds().imageBound()
                        && row.bounds().imageBound() <= row.bounds().paperBound(),
                row.toString());
        LinearProblem one = new LinearProblem(cnn, train, train, Array.zeros(cnn.weightShape()), null, Loss.HALF_SUM);
        double curvature = new ClosedForm(one).largestCurvature();
        double[] drawn = Initializer.GAUSSIAN.draw(networks * 25, 25, 25, random);
        double[] errors = SideBySide.errors(
                        one,
                        Array.of(drawn, networks, 1, 5, 5),
                        new LinearMethod((1 + 0.99) / curvature, 0.99, false, 0),
                        steps,
                        test,
                        Engine.FAST)
                .orElseThrow();
        int above = (int) Arrays.stream(errors)
                .filter(error -> error > row.bounds().quantile())
                .count();
        String where = above + " of " + networks + " above, seed " + seed;
        assertTrue(BinomialTail.twoSided(above, networks, KernelSweep.FAILURE) > FALSE_ALARM, where);
        // a quantile of 90 % would be noticed: 200 of 4000 expected against 400, fifteen deviations away
        assertTrue(BinomialTail.twoSided(above, networks, 2 * KernelSweep.FAILURE) < FALSE_ALARM, where);
        int aboveBound = (int) Arrays.stream(errors)
                .filter(error -> error > row.bounds().allImagesBound())
                .count();
        assertTrue(BinomialTail.atLeast(aboveBound, networks, KernelSweep.FAILURE) > FALSE_ALARM, where);
    }
}
