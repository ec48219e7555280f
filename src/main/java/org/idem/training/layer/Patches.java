package org.idem.training.layer;

import java.util.ArrayList;
import java.util.List;
import org.idem.array.Precision;
import org.idem.network.LinearMap;
import org.idem.network.LinearProblem;
import org.idem.training.memory.Memory;

/**
 * The patches of the inputs as matrices (weights, sites), one for each group of examples that a step uses together. A
 * site is an example, or an output pixel of an image. Entry (w, s) is the input that weight w multiplies at site s, 0
 * where zero padding lies; the last row holds ones if the network has a bias. The design matrix of the theory is the
 * transpose, but is computed elsewhere.
 */
public final class Patches {
    private final List<Memory> groups = new ArrayList<>();
    private final List<Integer> sites = new ArrayList<>();
    private final int weights;

    /**
     * Lays patches out.
     *
     * @param network layer that will run on them
     * @param problems one for each group of examples, in the order of the steps
     * @param precision format of the patches; inputs are rounded to it
     */
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

    /**
     * Number of rows of a matrix.
     *
     * @return weights of one unit, and one more for a bias
     */
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
