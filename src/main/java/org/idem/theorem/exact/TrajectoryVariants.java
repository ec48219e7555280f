package org.idem.theorem.exact;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMap;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalParameters;
import org.idem.network.exact.RationalProblem;
import org.idem.network.exact.RationalRun;
import org.idem.theory.exact.ExactClosedForm;

/** Wrong trajectories and limits: each is the right closed form of a run that did not happen. */
final class TrajectoryVariants {
    private static final BigFraction ALMOST_ONE =
            BigFraction.ONE.add(new BigFraction(BigInteger.ONE, BigInteger.TEN.pow(30)));

    private TrajectoryVariants() {}

    static List<ExactVariant> list() {
        return Stream.of(ofMethods(), ofStarts(), ofData())
                .flatMap(List::stream)
                .toList();
    }

    /** Another optimiser, or another number of its steps. */
    private static List<ExactVariant> ofMethods() {
        return List.of(
                believed("one step too many", TrajectoryVariants::finite, TrajectoryVariants::oneStepMore),
                believed(
                        "learning rate off by one part in 10³⁰",
                        TrajectoryVariants::finite,
                        run -> run.with(run.optimizer()
                                .withLearningRate(run.optimizer().learningRate().multiply(ALMOST_ONE)))),
                believed(
                        "mean and half-sum confused",
                        TrajectoryVariants::finite,
                        run -> run.with(
                                run.problem().withLoss(run.problem().loss() == Loss.MEAN ? Loss.HALF_SUM : Loss.MEAN))),
                believed(
                        "heavy ball and Nesterov confused",
                        TrajectoryVariants::carries,
                        run -> run.with(run.optimizer()
                                .withMomentum(
                                        run.optimizer().momentum(),
                                        !run.optimizer().nesterov()))),
                believed(
                        "momentum forgotten",
                        TrajectoryVariants::carries,
                        run -> run.with(run.optimizer().withMomentum(BigFraction.ZERO, false))),
                believed(
                        "weight decay forgotten",
                        TrajectoryVariants::decays,
                        run -> run.with(run.optimizer().withWeightDecay(BigFraction.ZERO))));
    }

    /** Other initial parameters, or a part of them that stays. */
    private static List<ExactVariant> ofStarts() {
        return List.of(
                believed(
                        "initial weights forgotten",
                        run -> finite(run) || !decays(run),
                        run -> startingFrom(run, TrajectoryVariants::withoutWeights)),
                believed(
                        "initial bias forgotten",
                        run -> biased(run) && (finite(run) || !decays(run)),
                        run -> startingFrom(run, TrajectoryVariants::withoutBias)),
                new ExactVariant.OfTrajectory(
                        "bias not trained",
                        run -> biased(run) ? Optional.of(withUntrainedBias(run)) : Optional.empty()),
                new ExactVariant.OfTrajectory(
                        "projection left out of the limit",
                        run -> finite(run) || decays(run) ? Optional.empty() : Optional.of(withoutProjection(run))));
    }

    /** Other examples, or another reading of the same. */
    private static List<ExactVariant> ofData() {
        return List.of(
                believed(
                        "rank too small: last example forgotten",
                        run -> run.problem().examples() > 1 && run.problem().loss() == Loss.HALF_SUM,
                        run -> run.with(
                                run.problem().onlyExamples(0, run.problem().examples() - 1))),
                new ExactVariant.OfTrajectory(
                        "kernel reversed",
                        run -> widestKernel(run) > 1 ? Optional.of(withReversedKernel(run)) : Optional.empty()),
                believed(
                        "circular for same padding",
                        run -> widestKernel(run) > 1
                                && run.problem().network() instanceof Cnn cnn
                                && cnn.padding() == Padding.SAME,
                        TrajectoryVariants::circular),
                believed(
                        "all examples at once for one at a time",
                        run -> finite(run) && run.oneAtATime(),
                        run -> new RationalRun(run.problem(), run.optimizer(), run.horizon(), false)));
    }

    private static ExactVariant believed(
            String name, Predicate<RationalRun> concerned, UnaryOperator<RationalRun> mistake) {
        return new ExactVariant.OfTrajectory(
                name,
                run -> concerned.test(run)
                        ? Optional.of(ExactClosedForm.predict(mistake.apply(run)))
                        : Optional.empty());
    }

    private static boolean finite(RationalRun run) {
        return run.horizon() instanceof Horizon.Steps;
    }

    /** Momentum changes the way, not the end. */
    private static boolean carries(RationalRun run) {
        return finite(run) && run.optimizer().momentum().compareTo(BigFraction.ZERO) > 0;
    }

    private static boolean decays(RationalRun run) {
        return run.optimizer().weightDecay().compareTo(BigFraction.ZERO) > 0;
    }

    private static boolean biased(RationalRun run) {
        return run.problem().network().bias();
    }

    private static int widestKernel(RationalRun run) {
        return run.problem().network() instanceof Cnn cnn ? cnn.kernel() : 1;
    }

    private static RationalRun oneStepMore(RationalRun run) {
        return run.with(new Horizon.Steps(((Horizon.Steps) run.horizon()).count() + 1));
    }

    private static RationalRun startingFrom(RationalRun run, UnaryOperator<RationalParameters> mistake) {
        return run.with(run.problem().startingFrom(mistake.apply(run.problem().initial())));
    }

    private static RationalParameters withoutWeights(RationalParameters parameters) {
        return new RationalParameters(parameters.weights().times(BigFraction.ZERO), parameters.bias());
    }

    private static RationalParameters withoutBias(RationalParameters parameters) {
        return new RationalParameters(
                parameters.weights(), parameters.times(BigFraction.ZERO).bias());
    }

    private static RationalParameters withoutProjection(RationalRun run) {
        RationalParameters initial = run.problem().initial();
        RationalRun fromZero = run.with(run.problem().startingFrom(initial.times(BigFraction.ZERO)));
        return ExactClosedForm.predict(fromZero).plus(initial);
    }

    private static RationalParameters withUntrainedBias(RationalRun run) {
        RationalProblem problem = run.problem();
        LinearMap network = problem.network() instanceof Cnn cnn
                ? new Cnn(cnn.channels(), cnn.outputs(), cnn.kernel(), cnn.padding(), false)
                : new Fcn(problem.network().fanIn(), problem.network().outputs(), false);
        RationalParameters start = new RationalParameters(problem.initial().weights(), null);
        RationalParameters weights = ExactClosedForm.predict(
                run.with(new RationalProblem(network, problem.inputs(), problem.targets(), start, problem.loss())));
        return new RationalParameters(weights.weights(), problem.initial().bias());
    }

    private static RationalRun circular(RationalRun run) {
        RationalProblem problem = run.problem();
        Cnn same = (Cnn) problem.network();
        Cnn circular = new Cnn(same.channels(), same.outputs(), same.kernel(), Padding.CIRCULAR, same.bias());
        return run.with(
                new RationalProblem(circular, problem.inputs(), problem.targets(), problem.initial(), problem.loss()));
    }

    /** Takes cross-correlation for convolution: right only for kernels that equal their mirror images. */
    private static RationalParameters withReversedKernel(RationalRun run) {
        return reversed(ExactClosedForm.predict(startingFrom(run, TrajectoryVariants::reversed)));
    }

    private static RationalParameters reversed(RationalParameters parameters) {
        RationalArray weights = parameters.weights();
        int taps = weights.size(2) * weights.size(3);
        BigInteger[] numerators = new BigInteger[weights.length()];
        for (int i = 0; i < numerators.length; i++) {
            numerators[i] = weights.numerator(i / taps * taps + taps - 1 - i % taps);
        }
        return new RationalParameters(
                RationalArray.over(numerators, weights.denominator(), weights.shape()), parameters.bias());
    }
}
