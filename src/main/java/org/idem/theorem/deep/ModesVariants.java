package org.idem.theorem.deep;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.idem.network.LinearMethod;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.deep.ModesTheorem.Decoupled;
import org.idem.theory.linear.AlignedPath;
import org.idem.theory.linear.ModesPath;

/** Wrong versions of T4.modes. */
final class ModesVariants {
    private ModesVariants() {}

    /** What somebody believes the gradient of a group's strengths to be, given those of all groups. */
    private interface Gradient {
        double[] of(ModesPath path, double[][] strengths, int group);
    }

    /** A factor of a gradient, for a layer. */
    private interface Factor {
        double of(double[] strengths, int layer);
    }

    static List<FalseVariant<Decoupled>> list() {
        return List.of(
                gradient("one mode learns with another's eigenvalue", ModesVariants::exchanged),
                gradient("all modes learn with the mean eigenvalue", ModesVariants::averaged),
                gradient("modes no example shows learn as well", ModesVariants::taught),
                gradient("modes share what they miss together", ModesVariants::shared),
                gradient("a factor s short in the gradient", factor((s, j) -> others(s, j, 0))),
                gradient("other layers count with L alone", factor((s, j) -> 1)),
                gradient("each layer by itself", ModesVariants::alone),
                gradient("all layers move alike", ModesVariants::alike),
                method("decay forgotten", MethodMistakes::withoutDecay),
                method("momentum forgotten", MethodMistakes::withoutMomentum),
                method("momentum as a longer step", MethodMistakes::longer),
                method("heavy ball for Nesterov's method and the other way round", MethodMistakes::exchanged),
                new FalseVariant.WrongClaim<>("factor of the loss forgotten", decoupled -> {
                    ModesPath path = decoupled.path();
                    return claimed(decoupled, new ModesPath(path.groups(), path.groupOf(), 1, path.method()));
                }),
                new FalseVariant.WrongClaim<>("modes no example shows are silent", ModesVariants::silent),
                new FalseVariant.WrongClaim<>(
                        "a step more",
                        decoupled -> ModesTheorem.claim(
                                decoupled,
                                decoupled.path().strengths(decoupled.run().steps() + 1))),
                built("ReLU between the layers", MethodMistakes::activated),
                built("bases that do not meet", MethodMistakes::turned));
    }

    private static FalseVariant<Decoupled> gradient(String name, Gradient gradient) {
        return new FalseVariant.WrongClaim<>(
                name,
                decoupled -> ModesTheorem.claim(
                        decoupled, followed(decoupled.path(), decoupled.run().steps(), gradient)));
    }

    private static FalseVariant<Decoupled> method(String name, UnaryOperator<LinearMethod> mistake) {
        return new FalseVariant.WrongClaim<>(name, decoupled -> {
            ModesPath path = decoupled.path();
            return claimed(
                    decoupled,
                    new ModesPath(path.groups(), path.groupOf(), path.lossScale(), mistake.apply(path.method())));
        });
    }

    private static Claim claimed(Decoupled decoupled, ModesPath believed) {
        return ModesTheorem.claim(decoupled, believed.strengths(decoupled.run().steps()));
    }

    private static FalseVariant<Decoupled> built(String name, UnaryOperator<DeepRun> mistake) {
        return new FalseVariant.WrongConstruction<>(name, decoupled -> decoupled.with(mistake.apply(decoupled.run())));
    }

    private static double[][] followed(ModesPath path, int steps, Gradient gradient) {
        AlignedPath.Point[] points = path.groups().stream()
                .map(group -> AlignedPath.Point.start(group.strengths()))
                .toArray(AlignedPath.Point[]::new);
        for (int step = 0; step < steps; step++) {
            double[][] strengths = strengths(points);
            AlignedPath.Point[] before = points;
            points = new AlignedPath.Point[before.length];
            Arrays.setAll(points, group -> path.of(group).step(before[group], gradient.of(path, strengths, group)));
        }
        return path.ofModes(strengths(points));
    }

    private static double[][] strengths(AlignedPath.Point[] points) {
        return Arrays.stream(points).map(AlignedPath.Point::strengths).toArray(double[][]::new);
    }

    private static double[] withEigenvalue(ModesPath path, double eigenvalue, double[] strengths) {
        double norm = Math.sqrt(eigenvalue);
        return new AlignedPath(norm, norm, path.lossScale(), path.method()).gradient(strengths);
    }

    private static double eigenvalue(ModesPath path, int group) {
        return path.groups().get(group).eigenvalue();
    }

    private static double mean(ModesPath path) {
        double sum = 0;
        double count = 0;
        for (ModesPath.Group group : path.groups()) {
            sum += group.count() * group.eigenvalue();
            count += group.eigenvalue() > 0 ? group.count() : 0;
        }
        return sum / count;
    }

    private static double[] exchanged(ModesPath path, double[][] strengths, int group) {
        int other = (group + 1) % strengths.length;
        boolean both = eigenvalue(path, group) > 0 && eigenvalue(path, other) > 0;
        return withEigenvalue(path, eigenvalue(path, both ? other : group), strengths[group]);
    }

    private static double[] averaged(ModesPath path, double[][] strengths, int group) {
        return withEigenvalue(path, eigenvalue(path, group) > 0 ? mean(path) : 0, strengths[group]);
    }

    private static double[] taught(ModesPath path, double[][] strengths, int group) {
        double own = eigenvalue(path, group);
        return withEigenvalue(path, own > 0 ? own : mean(path), strengths[group]);
    }

    private static double[] shared(ModesPath path, double[][] strengths, int group) {
        double pull = 0;
        for (int each = 0; each < strengths.length; each++) {
            ModesPath.Group one = path.groups().get(each);
            pull += one.count() * one.eigenvalue() * (product(strengths[each]) - 1);
        }
        double all = eigenvalue(path, group) > 0 ? pull : 0;
        return gradient(path, strengths[group], all, (s, j) -> others(s, j, -1));
    }

    private static double[] alone(ModesPath path, double[][] strengths, int group) {
        double[] gradient = new double[strengths[group].length];
        for (int layer = 0; layer < gradient.length; layer++) {
            double strength = strengths[group][layer];
            gradient[layer] = path.lossScale() * eigenvalue(path, group) * (strength - 1)
                    + path.method().weightDecay() * strength;
        }
        return gradient;
    }

    private static double[] alike(ModesPath path, double[][] strengths, int group) {
        double[] gradient = path.of(group).gradient(strengths[group]);
        double mean = Arrays.stream(gradient).sum() / gradient.length;
        Arrays.fill(gradient, mean);
        return gradient;
    }

    private static Gradient factor(Factor factor) {
        return (path, strengths, group) -> {
            double missed = eigenvalue(path, group) * (product(strengths[group]) - 1);
            return gradient(path, strengths[group], missed, factor);
        };
    }

    private static double[] gradient(ModesPath path, double[] strengths, double missed, Factor factor) {
        double[] gradient = new double[strengths.length];
        for (int layer = 0; layer < gradient.length; layer++) {
            gradient[layer] = path.lossScale() * missed * factor.of(strengths, layer)
                    + path.method().weightDecay() * strengths[layer];
        }
        return gradient;
    }

    private static double product(double[] strengths) {
        return others(strengths, -1, -1);
    }

    /** The product of all strengths but one, and but another. */
    private static double others(double[] strengths, int one, int another) {
        double product = 1;
        for (int layer = 0; layer < strengths.length; layer++) {
            product *= layer == one || layer == another ? 1 : strengths[layer];
        }
        return product;
    }

    private static Claim silent(Decoupled decoupled) {
        ModesPath path = decoupled.path();
        double[][] strengths = path.strengths(decoupled.run().steps());
        for (int mode = 0; mode < strengths.length; mode++) {
            if (eigenvalue(path, path.groupOf()[mode]) == 0) {
                strengths[mode] = new double[strengths[mode].length];
            }
        }
        return ModesTheorem.claim(decoupled, strengths);
    }
}
