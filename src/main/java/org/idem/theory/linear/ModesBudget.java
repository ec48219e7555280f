package org.idem.theory.linear;

import java.util.Arrays;
import org.idem.array.Precision;
import org.idem.theory.arithmetic.Rounding;

/**
 * How far rounding can carry a training from the path of its modes, in the Frobenius norm over all layers. Source:
 * proofs/T4.modes.md.
 */
public final class ModesBudget {
    private final AlignedModes modes;
    private final ModesPath path;
    private final Precision precision;
    private final double[] defects;
    private final double covarianceError;
    private final Task task;

    /**
     * For runs of one network.
     *
     * @param modes of the layers
     * @param path the recursions
     * @param precision arithmetic of the training
     */
    public ModesBudget(AlignedModes modes, ModesPath path, Precision precision) {
        this.modes = modes;
        this.path = path;
        this.precision = precision;
        defects = modes.defects();
        covarianceError = modes.covarianceError();
        double largest = Arrays.stream(modes.eigenvalues()).max().orElse(0);
        task = new Task(
                Math.sqrt(largest + covarianceError) * (1 + 0x1p-30),
                modes.size(),
                modes.examples().numRows,
                path.lossScale(),
                path.method());
    }

    /**
     * Bounds the distance of trained layers from those of {@link AlignedModes#weights} with the strengths of
     * {@link ModesPath#strengths(int)}.
     *
     * @param steps number of steps
     * @return bound on the Frobenius norm of the difference, over all layers together; infinite or NaN where the bound
     *     grows out of hand
     */
    public double after(int steps) {
        StepRounding rounding = new StepRounding(task, modes.widest(), precision);
        AlignedPath.Point[] points = path.start();
        double stored = 0;
        for (double size : near(points, 0).sizes()) {
            stored += precision.unitRoundoff() * size;
        }
        ModesErrors errors = new ModesErrors(path, (stored + geometry(points)) * (1 + 0x1p-30));
        double rate = path.method().learningRate();
        double speed = 0;
        for (int step = 0; step < steps && errors.all() < Double.POSITIVE_INFINITY; step++) {
            double off = errors.all();
            AlignedPath.Point[] after = path.step(points);
            Nearby here = near(points, off);
            StepRounding.Local local = rounding.of(here, near(after, off), speed);
            double ofData = rate * ofData(here, points);
            errors.advance(points, local, rate * here.curved() + ofData);
            speed = path.method().momentum() * speed + rate * here.steepest() * off + ofData + local.sum();
            points = after;
        }
        return errors.all() + geometry(points);
    }

    /** What holds near a moment. */
    private Nearby near(AlignedPath.Point[] points, double off) {
        int depth = points[0].strengths().length;
        double rate = path.method().learningRate();
        double[] norms = new double[depth];
        double[] stored = new double[depth];
        double[] speeds = new double[depth];
        double[] gradients = new double[depth];
        double missed = 0;
        for (int group = 0; group < points.length; group++) {
            double[] strengths = points[group].strengths();
            double count = path.groups().get(group).count();
            double pull = path.lossScale() * path.groups().get(group).eigenvalue();
            double error = ModesPath.missed(strengths);
            missed += count * path.groups().get(group).eigenvalue() * error * error;
            for (int layer = 0; layer < depth; layer++) {
                double strength = Math.abs(strengths[layer]);
                norms[layer] = Math.max(norms[layer], strength);
                double others = Math.abs(AlignedPath.product(strengths, layer));
                double terms =
                        pull * (1 + others * strength) * others + path.method().weightDecay() * strength;
                stored[layer] = Math.hypot(stored[layer], Math.sqrt(count) * strength);
                speeds[layer] = Math.hypot(
                        speeds[layer], Math.sqrt(count) * rate * points[group].velocities()[layer]);
                gradients[layer] = Math.hypot(gradients[layer], Math.sqrt(count) * terms);
            }
        }
        // what the data are besides their modes is seen through the layers' norms
        double slope = Math.sqrt(path.curvature(ModesPath.strengths(points)) / path.lossScale())
                + Math.sqrt(covarianceError) * withoutOne(norms);
        double open = Math.sqrt(missed + covarianceError * square(mostMissed(points)));
        return Nearby.of(task, off, norms, stored, slope, open, new Nearby.Numbers(stored, speeds, gradients));
    }

    private static double square(double number) {
        return number * number;
    }

    /** ‖W_L⋯W_1 − I‖ of the path. */
    private static double mostMissed(AlignedPath.Point[] points) {
        return Arrays.stream(points)
                .mapToDouble(point -> Math.abs(ModesPath.missed(point.strengths())))
                .max()
                .orElseThrow();
    }

    /** Over all layers, the norm of the products of all others. */
    private static double withoutOne(double[] norms) {
        double norm = 0;
        for (int layer = 0; layer < norms.length; layer++) {
            norm = Math.hypot(norm, AlignedPath.product(norms, layer));
        }
        return norm;
    }

    /** The gradient's part from what XXᵀ is besides QΛQᵀ. */
    private double ofData(Nearby here, AlignedPath.Point[] points) {
        double others = withoutOne(here.norms());
        double missed = mostMissed(points) + others * here.off();
        return path.lossScale() * covarianceError * missed * others * (1 + 0x1p-30);
    }

    /** Columns are orthonormal, and layers computed from them, up to rounding. */
    private double geometry(AlignedPath.Point[] points) {
        Nearby here = near(points, 0);
        double sum = 0;
        double root = Math.sqrt(modes.eigenvalues().length);
        for (int layer = 0; layer < here.norms().length; layer++) {
            double off = (defects[layer] + defects[layer + 1]) * (1 + defects[layer]);
            sum += off * here.norms()[layer]
                    + Rounding.accumulated(modes.eigenvalues().length + 4) * 2 * root * here.sizes()[layer];
        }
        return sum;
    }
}
