package org.idem.training.small;

import java.util.Arrays;
import java.util.List;
import org.idem.training.layer.UnitShape;
import org.jspecify.annotations.Nullable;

/**
 * Units of one shape that advance together, one in each column of the rows; no unit's numbers depend on another unit.
 *
 * <p>Units are sorted by their numbers of steps, fewest first, so that the columns of finished units can be cut off at
 * the front.
 */
final class Lanes {
    private final RunKey key;
    private final UnitShape shape;
    private final @Nullable SharedPatches shared;
    private double[] squares;
    private List<Unit> units;
    private Rows inputs;
    private Rows targets;
    private Rows position;
    private Rows velocity;
    private Rows gradient;
    private Rows residuals;
    private Rows lossScales;
    private RowUpdate update;
    private int done;
    private int step;

    /**
     * Prepares units.
     *
     * @param key what the units have in common
     * @param shape products of each unit
     * @param units sorted by their numbers of steps
     * @param shared patches of the network if all units belong to one, otherwise null
     */
    Lanes(RunKey key, UnitShape shape, List<Unit> units, @Nullable SharedPatches shared) {
        this.key = key;
        this.shared = shared;
        this.shape = shape;
        this.units = units;
        squares = new double[units.size()];
        inputs = allocate(shape.inputs() + 1);
        targets = allocate(shape.sites());
        position = allocate(shape.weights());
        velocity = allocate(key.momentum() ? shape.weights() : 0);
        gradient = allocate(1);
        residuals = allocate(shape.sites());
        lossScales = allocate(1);
        update = new RowUpdate(key, units.size());
        for (int lane = 0; lane < units.size(); lane++) {
            load(lane, units.get(lane));
        }
    }

    private Rows allocate(int count) {
        return Rows.allocate(count, units.size(), key.precision());
    }

    private void load(int lane, Unit unit) {
        double[] values = unit.run().problem().inputs().values();
        for (int i = 0; i < values.length; i++) {
            inputs.set(i, lane, values[i]);
        }
        inputs.set(values.length, lane, 1);
        for (int site = 0; site < shape.sites(); site++) {
            targets.set(site, lane, unit.target(site));
        }
        for (int weight = 0; weight < shape.weights(); weight++) {
            position.set(weight, lane, unit.initial(weight));
        }
        lossScales.set(0, lane, unit.lossScale());
        update.set(lane, unit.run().optimizer());
    }

    /** Takes all steps of all units. */
    void run() {
        while (true) {
            while (done < units.size() && units.get(done).run().steps() <= step) {
                int lane = done;
                units.get(done++).finish(weight -> position.get(weight, lane));
            }
            if (done == units.size()) {
                return;
            }
            if (2 * done >= units.size()) {
                cut();
            }
            step();
        }
    }

    private void cut() {
        inputs = inputs.from(done);
        targets = targets.from(done);
        position = position.from(done);
        velocity = velocity.from(done);
        gradient = gradient.from(done);
        residuals = residuals.from(done);
        lossScales = lossScales.from(done);
        update = update.from(done);
        units = units.subList(done, units.size());
        squares = new double[units.size()];
        done = 0;
    }

    private void step() {
        int group = step % shape.groups();
        int first = shape.firstSite(group);
        int last = shape.firstSite(group + 1);
        for (int site = first; site < last; site++) {
            residuals.clear(site);
            if (shared == null) {
                int[] met = shape.weightsAt(site);
                residuals.addProducts(site, position, met, inputs, shape.inputsAt(site), 0, met.length);
            } else {
                residuals.addCombination(site, shared.rows(group), site - first, position, 0, shape.weights());
            }
            residuals.subtract(site, targets, site);
        }
        look(first, last);
        for (int site = first; site < last; site++) {
            residuals.scale(site, lossScales, 0);
        }
        if (last - first == 1 && !key.momentum() && !key.decay() && shape.weightsAt(first).length == shape.weights()) {
            position.descend(0, shape.weights(), update.rates(), residuals, first, inputs, shape.inputsAt(first));
        } else {
            for (int weight = 0; weight < shape.weights(); weight++) {
                gradient.clear(0);
                if (shared == null) {
                    int[] sites = shape.sitesOf(group, weight);
                    gradient.addProducts(0, residuals, sites, inputs, shape.inputsOf(group, weight), 0, sites.length);
                } else {
                    gradient.addCombination(0, shared.columns(group), weight, residuals, first, last - first);
                }
                update.move(position, velocity, weight, gradient);
            }
        }
        step++;
    }

    /** Tells units their loss. */
    private void look(int first, int last) {
        Arrays.fill(squares, 0);
        for (int site = first; site < last; site++) {
            residuals.addSquares(squares, site);
        }
        for (int lane = done; lane < units.size(); lane++) {
            units.get(lane).loss(step, squares[lane]);
        }
    }
}
