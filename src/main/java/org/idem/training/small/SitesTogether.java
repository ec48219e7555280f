package org.idem.training.small;

import java.util.ArrayList;
import java.util.List;
import org.idem.training.layer.UnitShape;

/**
 * Trains units of one network one after the other. In the vector registers stand sites (forward pass) and weights
 * (backward pass) of one unit, not many units: for convolutions whose group has too few units to fill the registers.
 * Every number is computed by the same operations in the same order as in {@link Lanes}; the products with zeros of a
 * margin, which {@link Lanes} leaves out, change nothing.
 */
final class SitesTogether {
    private final RunKey key;
    private final UnitShape shape;
    private final SharedPatches patches;

    SitesTogether(RunKey key, UnitShape shape, SharedPatches patches) {
        this.key = key;
        this.shape = shape;
        this.patches = patches;
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
        private final RowUpdate update = new RowUpdate(key, shape.weights());
        private final List<Rows> targets = new ArrayList<>();
        private final List<Rows> residuals = new ArrayList<>();
        private final List<Rows> scales = new ArrayList<>();

        State(Unit unit) {
            this.unit = unit;
            for (int weight = 0; weight < shape.weights(); weight++) {
                position.set(0, weight, unit.initial(weight));
                update.set(weight, unit.run().optimizer());
            }
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

        void step(int step) {
            int group = step % shape.groups();
            int sites = shape.firstSite(group + 1) - shape.firstSite(group);
            Rows residual = residuals.get(group);
            residual.clear(0);
            residual.addCombination(0, position, 0, patches.columns(group), 0, shape.weights());
            residual.subtract(0, targets.get(group), 0);
            double[] squares = new double[sites];
            residual.addSquares(squares, 0);
            double sum = 0;
            for (double square : squares) {
                sum += square;
            }
            unit.loss(step, sum);
            residual.scale(0, scales.get(group), 0);
            gradient.clear(0);
            gradient.addCombination(0, residual, 0, patches.rows(group), 0, sites);
            update.move(position, velocity, 0, gradient);
        }
    }
}
