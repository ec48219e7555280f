package org.idem.training.layer;

import java.util.ArrayList;
import java.util.List;
import org.idem.array.Precision;
import org.idem.network.LinearMap;
import org.idem.network.LinearProblem;
import org.idem.training.memory.Memory;

/**
 * What the weights of one unit meet at every site, weight by weight: (weights, sites) for each group of examples that
 * steps use together. A bias meets ones.
 */
public final class Patches {
    private final List<Memory> groups = new ArrayList<>();
    private final List<Integer> sites = new ArrayList<>();
    private final int weights;

    public Patches(LinearMap network, List<LinearProblem> problems, Precision precision) {
        weights = network.fanIn() + (network.bias() ? 1 : 0);
        for (LinearProblem problem : problems) {
            UnitShape shape = new UnitShape(network, problem.inputs().shape(), false);
            double[] inputs = problem.inputs().values();
            double[] values = new double[Math.multiplyExact(weights, shape.sites())];
            for (int site = 0; site < shape.sites(); site++) {
                int[] met = shape.inputsAt(site);
                for (int i = 0; i < met.length; i++) {
                    values[shape.weightsAt(site)[i] * shape.sites() + site] = UnitShape.met(inputs, met[i]);
                }
            }
            groups.add(Memory.of(values, precision));
            sites.add(shape.sites());
        }
    }

    public int weights() {
        return weights;
    }

    int count() {
        return groups.size();
    }

    Memory group(int index) {
        return groups.get(index);
    }

    int sites(int group) {
        return sites.get(group);
    }
}
