package org.idem.training.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.LinearMap;
import org.idem.network.Padding;

/**
 * Which products make the outputs of one unit of a one-layer network, or of one output channel: at each site, an
 * example or a pixel of an image, weights meet inputs. A bias is one more weight, on an input that is always 1.
 *
 * <p>Units of a layer never meet in its gradient, so each can be trained for itself.
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
        int perExample = Array.lengthOf(outputShape) / outputShape[0] / network.outputs();
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

    /** Numbers of all examples; the input after the last is the constant 1. */
    public int inputs() {
        return inputs;
    }

    public int weights() {
        return weights;
    }

    public int sites() {
        return siteWeights.size();
    }

    public int groups() {
        return firstSites.length - 1;
    }

    public int firstSite(int group) {
        return firstSites[group];
    }

    /** Weights that meet something at a site, ascending. */
    public int[] weightsAt(int site) {
        return siteWeights.get(site);
    }

    /** What they meet. */
    public int[] inputsAt(int site) {
        return siteInputs.get(site);
    }

    /** The number that a weight meets, of the inputs given. */
    public static double met(double[] inputs, int index) {
        return index < inputs.length ? inputs[index] : 1;
    }

    /** Sites of a group at which a weight meets something, ascending. */
    public int[] sitesOf(int group, int weight) {
        return weightSites[group][weight];
    }

    /** What it meets there. */
    public int[] inputsOf(int group, int weight) {
        return weightInputs[group][weight];
    }
}
