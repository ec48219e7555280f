package org.idem.theorem.deep;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.idem.network.LinearMethod;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.deep.PathTheorem.Aligned;
import org.idem.theory.linear.AlignedPath;

/** Wrong versions of T4.path. */
final class PathVariants {
    private PathVariants() {}

    /** What somebody believes the gradient of the strengths to be. */
    private interface Gradient {
        double[] of(AlignedPath path, double[] strengths);
    }

    /** Whether a factor s_i counts in the gradient of s_j. */
    private interface Counted {
        boolean isFactor(int moved, int other);
    }

    static List<FalseVariant<Aligned>> list() {
        return List.of(
                gradient("a factor s short in the gradient", (path, s) -> gradient(path, s, (j, i) -> i > 0)),
                gradient("layers above forgotten", (path, s) -> gradient(path, s, (j, i) -> i < j)),
                gradient("layers below forgotten", (path, s) -> gradient(path, s, (j, i) -> i > j)),
                gradient("all layers move alike", PathVariants::alike),
                gradient(
                        "decay of the strengths forgotten",
                        (path, s) -> with(path, MethodMistakes.withoutDecay(path.method()))
                                .gradient(s)),
                gradient(
                        "the target is the direction alone",
                        (path, s) -> new AlignedPath(path.inputNorm(), 1, path.lossScale(), path.method()).gradient(s)),
                gradient(
                        "factor of the loss forgotten",
                        (path, s) ->
                                new AlignedPath(path.inputNorm(), path.targetNorm(), 1, path.method()).gradient(s)),
                method("momentum forgotten", MethodMistakes::withoutMomentum),
                method("momentum as a longer step", MethodMistakes::longer),
                method("heavy ball for Nesterov's method and the other way round", MethodMistakes::exchanged),
                across("what layers do across does not decay", 1),
                across("what layers do across is forgotten", 0),
                new FalseVariant.WrongClaim<>(
                        "a step more",
                        aligned -> PathTheorem.claim(aligned, aligned.path().step(PathTheorem.end(aligned)))),
                built("ReLU between the layers", MethodMistakes::activated),
                built("directions that do not meet", MethodMistakes::turned));
    }

    private static FalseVariant<Aligned> gradient(String name, Gradient gradient) {
        return new FalseVariant.WrongClaim<>(
                name, aligned -> PathTheorem.claim(aligned, followed(aligned, aligned.path(), gradient)));
    }

    private static FalseVariant<Aligned> method(String name, UnaryOperator<LinearMethod> mistake) {
        return new FalseVariant.WrongClaim<>(name, aligned -> {
            AlignedPath believed =
                    with(aligned.path(), mistake.apply(aligned.run().optimizer()));
            return PathTheorem.claim(aligned, followed(aligned, believed, AlignedPath::gradient));
        });
    }

    private static FalseVariant<Aligned> across(String name, double kept) {
        return new FalseVariant.WrongClaim<>(name, aligned -> {
            AlignedPath.Point end = PathTheorem.end(aligned);
            return PathTheorem.claim(
                    aligned, new AlignedPath.Point(end.strengths(), end.velocities(), kept, end.keptVelocity()));
        });
    }

    private static AlignedPath.Point followed(Aligned aligned, AlignedPath path, Gradient gradient) {
        AlignedPath.Point point = AlignedPath.Point.start(aligned.strengths());
        for (int step = 0; step < aligned.run().steps(); step++) {
            point = path.step(point, gradient.of(path, point.strengths()));
        }
        return point;
    }

    private static FalseVariant<Aligned> built(String name, UnaryOperator<DeepRun> mistake) {
        return new FalseVariant.WrongConstruction<>(name, aligned -> aligned.with(mistake.apply(aligned.run())));
    }

    private static AlignedPath with(AlignedPath path, LinearMethod method) {
        return new AlignedPath(path.inputNorm(), path.targetNorm(), path.lossScale(), method);
    }

    /** A gradient with some of the factors. */
    private static double[] gradient(AlignedPath path, double[] strengths, Counted counted) {
        double product = Arrays.stream(strengths).reduce(1, (a, b) -> a * b);
        double pull = path.lossScale() * path.inputNorm() * (path.inputNorm() * product - path.targetNorm());
        double[] gradient = new double[strengths.length];
        for (int j = 0; j < gradient.length; j++) {
            gradient[j] = pull;
            for (int i = 0; i < gradient.length; i++) {
                gradient[j] *= i != j && counted.isFactor(j, i) ? strengths[i] : 1;
            }
            gradient[j] += path.method().weightDecay() * strengths[j];
        }
        return gradient;
    }

    private static double[] alike(AlignedPath path, double[] strengths) {
        double[] gradient = path.gradient(strengths);
        double mean = Arrays.stream(gradient).sum() / gradient.length;
        Arrays.fill(gradient, mean);
        return gradient;
    }
}
