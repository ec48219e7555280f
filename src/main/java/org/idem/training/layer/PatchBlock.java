package org.idem.training.layer;

import java.util.ArrayList;
import java.util.List;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.training.memory.Memory;
import org.idem.training.update.Update;

/** Units of a network whose patches are laid out as {@link Patches}: a step is two matrix products. */
public final class PatchBlock implements UnitBlock {
    /** With at most so many sites, BLAS adds a product to the weights as one sum, in whatever blocks it works. */
    private static final int MOST_FUSED = 64;

    private final Patches patches;
    private final int first;
    private final int units;
    private final int weights;
    private final double rate;
    private final boolean plain;
    private final Memory position;
    private final Memory gradient;
    private final Update update;
    private final List<Memory> residuals = new ArrayList<>();
    private final List<Memory> targets = new ArrayList<>();
    private final double[] scales;

    /**
     * Prepares some units of a network.
     *
     * @param patches of the groups
     * @param problem initial parameters of all units
     * @param groups the problem's examples as steps use them in turn
     * @param first first of these units, from 0
     * @param units number of units, at least 1
     * @param optimizer the method
     * @param precision arithmetic of every step
     * @param keepsGradient whether {@link #gradientNorm} will be asked for
     */
    public PatchBlock(
            Patches patches,
            LinearProblem problem,
            List<LinearProblem> groups,
            int first,
            int units,
            LinearMethod optimizer,
            Precision precision,
            boolean keepsGradient) {
        this.patches = patches;
        this.first = first;
        this.units = units;
        weights = patches.weights();
        rate = optimizer.learningRate();
        plain = optimizer.momentum() == 0 && optimizer.weightDecay() == 0 && !keepsGradient;
        position = Memory.of(initial(problem), precision);
        gradient = Memory.allocate((long) units * weights, precision);
        update = Update.of(optimizer, units * weights, precision);
        scales = groups.stream().mapToDouble(LinearProblem::lossScale).toArray();
        for (int group = 0; group < groups.size(); group++) {
            double[] wanted = wanted(groups.get(group), patches.sites(group));
            targets.add(Memory.of(wanted, precision));
            residuals.add(Memory.allocate(wanted.length, precision));
        }
    }

    private double[] initial(LinearProblem problem) {
        int fanIn = problem.map().fanIn();
        Array bias = problem.initialBias();
        double[] values = new double[units * weights];
        for (int unit = 0; unit < units; unit++) {
            System.arraycopy(problem.weights().values(), (first + unit) * fanIn, values, unit * weights, fanIn);
            if (bias != null) {
                values[unit * weights + fanIn] = bias.values()[first + unit];
            }
        }
        return values;
    }

    /** Targets of these units, unit by unit. */
    private double[] wanted(LinearProblem problem, int sites) {
        LinearMap network = problem.map();
        int perExample = sites / problem.examples();
        double[] values = new double[units * sites];
        for (int unit = 0; unit < units; unit++) {
            for (int example = 0; example < problem.examples(); example++) {
                System.arraycopy(
                        problem.targets().values(),
                        (example * network.outputs() + first + unit) * perExample,
                        values,
                        unit * sites + example * perExample,
                        perExample);
            }
        }
        return values;
    }

    @Override
    public void advance(int step, int count, double[] squares) {
        for (int i = 0; i < count; i++) {
            int group = (step + i) % patches.count();
            Memory patch = patches.group(group);
            int sites = patches.sites(group);
            Memory residual = residuals.get(group);
            if (sites == 1) {
                residual.multiplyVector(false, units, weights, 1, position, patch, 0);
            } else {
                residual.multiply(false, false, units, sites, weights, 1, position, patch, 0);
            }
            residual.add(units * sites, -1, targets.get(group));
            squares[i] += residual.squares(units * sites);
            if (scales[group] != 1) {
                residual.scale(units * sites, scales[group]);
            }
            descend(step + i, residual, patch, sites);
        }
    }

    private void descend(int step, Memory residual, Memory patch, int sites) {
        if (plain && sites == 1) {
            position.addOuter(units, weights, -rate, residual, patch);
        } else if (plain && sites <= MOST_FUSED) {
            position.multiply(false, true, units, weights, sites, -rate, residual, patch, 1);
        } else {
            gradient.multiply(false, true, units, weights, sites, 1, residual, patch, 0);
            update.apply(position, gradient, step);
        }
    }

    @Override
    public double gradientNorm() {
        return gradient.norm(units * weights);
    }

    @Override
    public double positionNorm() {
        return position.norm(units * weights);
    }

    @Override
    public double[][] state() {
        return update.copies(position);
    }

    @Override
    public void collect(Array trained, Array bias) {
        double[] values = new double[units * weights];
        position.read(values);
        int fanIn = trained.length() / trained.size(0);
        for (int unit = 0; unit < units; unit++) {
            System.arraycopy(values, unit * weights, trained.values(), (first + unit) * fanIn, fanIn);
            if (weights > fanIn) {
                bias.values()[first + unit] = values[unit * weights + fanIn];
            }
        }
    }
}
