package org.idem.theorem.kernel;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.idem.network.LinearMethod;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Rate;
import org.idem.theory.kernel.InfiniteNetwork;

/** Mistakes in what predicts wide networks: in the method and in the kernel. */
final class WideVariants {
    /** A rate so small that a layer does not learn. */
    private static final double NONE = 1 / InfiniteNetwork.LARGEST_VARIANCE;

    private WideVariants() {}

    /** What predicts: kernels, a method and a number of steps. */
    record Rule(InfiniteNetwork network, LinearMethod method, int steps) {}

    /** A wrong rule of some runs. */
    record Mistake(String name, Predicate<WideRun> concerned, Function<WideRun, Rule> rule) {
        /** A variant that claims something of the wrong rule, and leaves other runs undecided. */
        FalseVariant<WideRun> variant(BiFunction<WideRun, Rule, Claim> claim) {
            return of(name, concerned, run -> claim.apply(run, rule.apply(run)));
        }
    }

    /** A wrong claim about some runs, which leaves the others undecided. */
    static FalseVariant<WideRun> of(String name, Predicate<WideRun> concerned, Function<WideRun, Claim> claim) {
        return new FalseVariant.WrongClaim<>(
                name,
                run -> concerned.test(run)
                        ? claim.apply(run)
                        : new Claim.Limit(List.of(Rate.exactly(1)), row -> List.of(new Claim.Discrepancy(0, 0))));
    }

    static List<Mistake> all() {
        return List.of(
                new Mistake("one step more", run -> true, run -> rule(run, run.method(), run.steps() + 1)),
                new Mistake(
                        "momentum as the rate η/(1 − β)",
                        WideVariants::hasMomentum,
                        run -> rule(
                                run,
                                LinearMethod.gradientDescent(run.method().learningRate()
                                        / (1 - run.method().momentum())),
                                run.steps())),
                new Mistake(
                        "heavy ball's matrix for Nesterov's, and Nesterov's for heavy ball's",
                        WideVariants::hasMomentum,
                        run -> rule(run, exchanged(run.method()), run.steps())),
                new Mistake(
                        "one rate for all layers of the standard parametrisation",
                        run -> true,
                        run -> rule(run, commonRate(run))),
                new Mistake("the last layer alone learns", run -> true, run -> rule(run, lastLayer(run))),
                new Mistake(
                        "no bias in the first layer's covariance",
                        run -> run.network().biasVariance() > 0,
                        run -> rule(run, withoutFirstBias(run))));
    }

    private static boolean hasMomentum(WideRun run) {
        return run.method().momentum() > 0;
    }

    private static LinearMethod exchanged(LinearMethod method) {
        return new LinearMethod(method.learningRate(), method.momentum(), !method.nesterov(), 0);
    }

    private static Rule rule(WideRun run, LinearMethod method, int steps) {
        return new Rule(run.network(), method, steps);
    }

    private static Rule rule(WideRun run, InfiniteNetwork network) {
        return new Rule(network, run.method(), run.steps());
    }

    private static InfiniteNetwork of(WideRun run, InfiniteNetwork.Layer first, InfiniteNetwork.Layer last) {
        return new InfiniteNetwork(run.network().architecture(), List.of(first, last));
    }

    /**
     * Weights of a layer count by its fan-in, biases once; both together as much as they do with rates of their own.
     */
    private static InfiniteNetwork commonRate(WideRun run) {
        double w = run.network().weightVariance();
        double b = run.network().biasVariance();
        double taps = Math.pow(run.network().architecture().kernel(), 2);
        double firstFan = taps * run.task().train().size(1);
        double lastFan = taps * run.units();
        double unit = 2 / (firstFan + lastFan);
        double ofBias = b > 0 ? unit * w : 0;
        return of(
                run,
                new InfiniteNetwork.Layer(w, b, unit * firstFan, ofBias),
                new InfiniteNetwork.Layer(w, b, unit * lastFan, ofBias));
    }

    private static InfiniteNetwork lastLayer(WideRun run) {
        double w = run.network().weightVariance();
        double b = run.network().biasVariance();
        return of(run, new InfiniteNetwork.Layer(w, b, NONE, b > 0 ? NONE : 0), new InfiniteNetwork.Layer(w, b, 1, b));
    }

    private static InfiniteNetwork withoutFirstBias(WideRun run) {
        double w = run.network().weightVariance();
        double b = run.network().biasVariance();
        return of(run, new InfiniteNetwork.Layer(w, 0, 1, NONE), new InfiniteNetwork.Layer(w, b, 1, b));
    }
}
