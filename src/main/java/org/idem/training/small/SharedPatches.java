package org.idem.training.small;

import java.util.ArrayList;
import java.util.List;
import org.idem.array.Precision;
import org.idem.training.layer.UnitShape;

/**
 * Patches of the inputs of one network, in both orders, zeros of a margin included; all units of the network share
 * them.
 */
final class SharedPatches {
    private final List<Rows> columns = new ArrayList<>();
    private final List<Rows> rows = new ArrayList<>();

    SharedPatches(UnitShape shape, double[] inputs, Precision precision) {
        for (int group = 0; group < shape.groups(); group++) {
            int first = shape.firstSite(group);
            int sites = shape.firstSite(group + 1) - first;
            Rows column = Rows.allocate(shape.weights(), sites, precision);
            Rows row = Rows.allocate(sites, shape.weights(), precision);
            for (int site = 0; site < sites; site++) {
                int[] weights = shape.weightsAt(first + site);
                int[] met = shape.inputsAt(first + site);
                for (int i = 0; i < weights.length; i++) {
                    double value = UnitShape.met(inputs, met[i]);
                    column.set(weights[i], site, value);
                    row.set(site, weights[i], value);
                }
            }
            columns.add(column);
            rows.add(row);
        }
    }

    /** Patches (weights, sites) of a group of examples. */
    Rows columns(int group) {
        return columns.get(group);
    }

    /** Patches (sites, weights) of a group of examples. */
    Rows rows(int group) {
        return rows.get(group);
    }
}
