package org.idem.training;

import java.util.ArrayList;
import java.util.List;

/**
 * Units of one network, one after the other, with sites (forward) and weights (backward) side by side in the rows: for
 * convolutions that have no company. Every number is computed by the same operations in the same order as in
 * {@link Lanes}; products with zeros of a margin, which are left out there, change nothing.
 */
final class SitesTogether {
    private final RunKey key;
    private final UnitShape shape;
    private final List<Rows> columns = new ArrayList<>();
    private final List<Rows> patches = new ArrayList<>();

    SitesTogether(RunKey key, UnitShape shape, double[] inputs) {
        this.key = key;
        this.shape = shape;
        for (int group = 0; group < shape.groups(); group++) {
            int first = shape.firstSite(group);
            int sites = shape.firstSite(group + 1) - first;
            Rows column = Rows.allocate(shape.weights(), sites, key.precision());
            Rows patch = Rows.allocate(sites, shape.weights(), key.precision());
            for (int site = 0; site < sites; site++) {
                int[] weights = shape.weightsAt(first + site);
                int[] met = shape.inputsAt(first + site);
                for (int i = 0; i < weights.length; i++) {
                    double value = met[i] < inputs.length ? inputs[met[i]] : 1;
                    column.set(weights[i], site, value);
                    patch.set(site, weights[i], value);
                }
            }
            columns.add(column);
            patches.add(patch);
        }
    }

    /** Takes all steps of a unit whose network has the inputs given. */
    void run(Unit unit) {
        State state = new State(unit);
        for (int step = 0; step < unit.run().steps(); step++) {
            state.step(step);
        }
        unit.finish(weight -> state.position.get(0, weight));
    }

    /** What changes while one unit trains; scalars of the method are repeated along rows. */
    private final class State {
        private final Unit unit;
        private final Rows position = Rows.allocate(1, shape.weights(), key.precision());
        private final Rows velocity = Rows.allocate(1, shape.weights(), key.precision());
        private final Rows gradient = Rows.allocate(1, shape.weights(), key.precision());
        private final Rows rate = constant(shape.weights(), 0);
        private final Rows momentum = constant(shape.weights(), 0);
        private final Rows decay = constant(shape.weights(), 0);
        private final Rows lookAhead = constant(shape.weights(), 0);
        private final List<Rows> targets = new ArrayList<>();
        private final List<Rows> residuals = new ArrayList<>();
        private final List<Rows> scales = new ArrayList<>();

        State(Unit unit) {
            this.unit = unit;
            for (int weight = 0; weight < shape.weights(); weight++) {
                position.set(0, weight, unit.initial(weight));
            }
            var optimizer = unit.run().optimizer();
            fill(rate, optimizer.learningRate());
            fill(momentum, optimizer.momentum());
            fill(decay, optimizer.weightDecay());
            fill(lookAhead, optimizer.learningRate() * optimizer.momentum());
            for (int group = 0; group < shape.groups(); group++) {
                int first = shape.firstSite(group);
                int sites = shape.firstSite(group + 1) - first;
                Rows target = Rows.allocate(1, sites, key.precision());
                for (int site = 0; site < sites; site++) {
                    target.set(0, site, unit.target(first + site));
                }
                targets.add(target);
                residuals.add(Rows.allocate(1, sites, key.precision()));
                scales.add(constant(sites, unit.lossScale()));
            }
        }

        private Rows constant(int width, double value) {
            Rows row = Rows.allocate(1, width, key.precision());
            for (int i = 0; i < width; i++) {
                row.set(0, i, value);
            }
            return row;
        }

        private void fill(Rows row, double value) {
            for (int weight = 0; weight < shape.weights(); weight++) {
                row.set(0, weight, value);
            }
        }

        void step(int step) {
            int group = step % shape.groups();
            int sites = shape.firstSite(group + 1) - shape.firstSite(group);
            Rows residual = residuals.get(group);
            residual.clear(0);
            residual.addCombination(0, position, 0, columns.get(group), shape.weights());
            residual.subtract(0, targets.get(group), 0);
            if (unit.wantsLoss(step)) {
                double sum = 0;
                for (int site = 0; site < sites; site++) {
                    double value = residual.get(0, site);
                    sum += value * value;
                }
                unit.loss(step, sum);
            }
            residual.scale(0, scales.get(group), 0);
            gradient.clear(0);
            gradient.addCombination(0, residual, 0, patches.get(group), sites);
            move();
        }

        private void move() {
            if (key.decay()) {
                gradient.addProduct(0, decay, 0, position, 0);
            }
            if (!key.momentum()) {
                position.subtractProduct(0, rate, 0, gradient, 0);
                return;
            }
            velocity.scale(0, momentum, 0);
            velocity.add(0, gradient, 0);
            if (key.nesterov()) {
                position.subtractProduct(0, rate, 0, gradient, 0);
                position.subtractProduct(0, lookAhead, 0, velocity, 0);
            } else {
                position.subtractProduct(0, rate, 0, velocity, 0);
            }
        }
    }
}
