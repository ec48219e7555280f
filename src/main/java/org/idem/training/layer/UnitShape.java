package org.idem.training.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.LinearMap;
import org.idem.network.Padding;

/**
 * Lists the products of weights and inputs that make the outputs of one unit (or output channel) of a one-layer
 * network. A site is an example of an FCN, or an output pixel of an image. A weight meets an input at a site if their
 * product is part of the output there. A bias is one more weight, the last, on an input that is always 1. Products with
 * zeros of a margin are left out.
 *
 * <p>The gradient of a unit does not depend on other units, so each can be trained by itself. Returned arrays are
 * shared; nobody writes to them.
 */
public final class UnitShape {
    private final int inputs;
    private final int weights;
    private final List<int[]> siteWeights = new ArrayList<>();
    private final List<int[]> siteInputs = new ArrayList<>();
    private final int[] firstSites;
    private final int[][][] weightSites;
    private final int[][][] weightInputs;

    /**
     * Lists the products.
     *
     * @param network any number of outputs
     * @param inputShape (n, d) or (n, C, H, W)
     * @param oneAtATime whether each step uses the sites of one example instead of all
     */
    public UnitShape(LinearMap network, int[] inputShape, boolean oneAtATime) {
        inputs = Array.lengthOf(inputShape);
        weights = network.fanIn() + (network.bias() ? 1 : 0);
        int[] outputShape = network.outputShape(inputShape);
        int perExample = Array.lengthOf(outputShape) / Math.max(1, outputShape[0]) / network.outputs();
        for (int example = 0; example < inputShape[0]; example++) {
            for (int site = 0; site < perExample; site++) {
                addSite(network, inputShape, outputShape, example, site);
            }
        }
        int groups = oneAtATime ? inputShape[0] : 1;
        firstSites = new int[groups + 1];
        for (int group = 1; group <= groups; group++) {
            firstSites[group] = siteWeights.size() / groups * group;
        }
        weightSites = new int[groups][weights][];
        weightInputs = new int[groups][weights][];
        for (int group = 0; group < groups; group++) {
            transpose(group);
        }
    }

    private void addSite(LinearMap network, int[] in, int[] out, int example, int site) {
        int[] meetingWeights = new int[weights];
        int[] meetingInputs = new int[weights];
        int count = 0;
        for (int weight = 0; weight < network.fanIn(); weight++) {
            int input = network instanceof Cnn cnn
                    ? pixel(cnn, in, example, site / out[3], site % out[3], weight)
                    : example * in[1] + weight;
            if (input >= 0) {
                meetingWeights[count] = weight;
                meetingInputs[count++] = input;
            }
        }
        if (network.bias()) {
            meetingWeights[count] = weights - 1;
            meetingInputs[count++] = inputs;
        }
        siteWeights.add(Arrays.copyOf(meetingWeights, count));
        siteInputs.add(Arrays.copyOf(meetingInputs, count));
    }

    /** Index of the input under a weight of a kernel, or −1 in a margin of zeros. */
    private static int pixel(Cnn cnn, int[] in, int example, int row, int column, int weight) {
        int side = cnn.kernel();
        int offset = cnn.padding().firstOffset(side);
        int channel = weight / (side * side);
        int y = row + weight / side % side + offset;
        int x = column + weight % side + offset;
        if (cnn.padding() == Padding.CIRCULAR) {
            y = Math.floorMod(y, in[2]);
            x = Math.floorMod(x, in[3]);
        }
        boolean inside = y >= 0 && y < in[2] && x >= 0 && x < in[3];
        return inside ? ((example * in[1] + channel) * in[2] + y) * in[3] + x : -1;
    }

    private void transpose(int group) {
        int[] counts = new int[weights];
        for (int site = firstSites[group]; site < firstSites[group + 1]; site++) {
            for (int weight : siteWeights.get(site)) {
                counts[weight]++;
            }
        }
        for (int weight = 0; weight < weights; weight++) {
            weightSites[group][weight] = new int[counts[weight]];
            weightInputs[group][weight] = new int[counts[weight]];
        }
        Arrays.fill(counts, 0);
        for (int site = firstSites[group]; site < firstSites[group + 1]; site++) {
            for (int i = 0; i < siteWeights.get(site).length; i++) {
                int weight = siteWeights.get(site)[i];
                weightSites[group][weight][counts[weight]] = site;
                weightInputs[group][weight][counts[weight]++] = siteInputs.get(site)[i];
            }
        }
    }

    /**
     * Number of inputs, over all examples.
     *
     * @return n·d or n·C·H·W; this number is also the index of the constant 1 that a bias meets
     */
    public int inputs() {
        return inputs;
    }

    /**
     * Number of weights.
     *
     * @return fan-in, and one more for a bias
     */
    public int weights() {
        return weights;
    }

    /**
     * Number of sites, over all examples.
     *
     * @return examples, or output pixels of all images
     */
    public int sites() {
        return siteWeights.size();
    }

    /**
     * Number of groups of sites that steps use in turn.
     *
     * @return 1, or the number of examples if each step uses one
     */
    public int groups() {
        return firstSites.length - 1;
    }

    /**
     * First site of a group.
     *
     * @param group from 0; the number of groups gives the number of sites
     * @return index of the site
     */
    public int firstSite(int group) {
        return firstSites[group];
    }

    /**
     * Weights that meet an input at a site.
     *
     * @param site from 0
     * @return indices of weights, ascending
     */
    public int[] weightsAt(int site) {
        return siteWeights.get(site);
    }

    /**
     * Inputs that the weights of {@link #weightsAt} meet.
     *
     * @param site from 0
     * @return index of the input for each of these weights
     */
    public int[] inputsAt(int site) {
        return siteInputs.get(site);
    }

    /**
     * The number at an index of an input.
     *
     * @param inputs numbers of all examples
     * @param index at most their number
     * @return the input, or 1 for the index after the last
     */
    public static double met(double[] inputs, int index) {
        return index < inputs.length ? inputs[index] : 1;
    }

    /**
     * Sites of a group at which a weight meets an input.
     *
     * @param group from 0
     * @param weight from 0
     * @return indices of sites, ascending
     */
    public int[] sitesOf(int group, int weight) {
        return weightSites[group][weight];
    }

    /**
     * Inputs that a weight meets at the sites of {@link #sitesOf}.
     *
     * @param group from 0
     * @param weight from 0
     * @return index of the input for each of these sites
     */
    public int[] inputsOf(int group, int weight) {
        return weightInputs[group][weight];
    }
}
