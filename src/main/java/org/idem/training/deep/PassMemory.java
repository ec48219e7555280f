package org.idem.training.deep;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Network;
import org.idem.network.Stage;
import org.idem.training.memory.Memory;

/**
 * Memory of a pass for its stages. Where gradients follow, every stage keeps its signals; elsewhere a signal lasts
 * until the next stage has read it, so that two memories serve all stages.
 */
final class PassMemory {
    private final Precision precision;
    private final boolean trains;
    private final Memory ones;
    private final Memory[] alternating;
    private final Memory besideShortcut;
    private final Map<Frame, Memory> framedInputs = new HashMap<>();
    private final Map<Frame, Memory> framedGradients = new HashMap<>();

    /** Images with margins; where nothing is copied to margins, they stay 0 as long as all images have this frame. */
    record Frame(List<Integer> images, int margin, boolean wraps) {}

    /**
     * Allocates what all stages share.
     *
     * @param shapes of the inputs and of every stage's outputs
     * @param trains whether gradients will be asked for
     */
    PassMemory(Network network, List<int[]> shapes, Precision precision, boolean trains) {
        this.precision = precision;
        this.trains = trains;
        int sites = 0;
        int longest = 0;
        int longestResidual = 0;
        for (int i = 0; i < network.depth(); i++) {
            Stage stage = network.stages().get(i);
            int length = Array.lengthOf(shapes.get(i + 1));
            sites = Math.max(sites, stage.map().bias() ? length / stage.map().outputs() : 0);
            longest = Math.max(longest, length);
            longestResidual = Math.max(longestResidual, stage.residual() ? length : 0);
        }
        double[] one = new double[sites];
        Arrays.fill(one, 1);
        ones = Memory.of(one, precision);
        alternating = new Memory[] {shared(longest), shared(longest)};
        besideShortcut = shared(longestResidual);
    }

    private Memory shared(int length) {
        return Memory.allocate(trains ? 0 : length, precision);
    }

    Precision precision() {
        return precision;
    }

    boolean trains() {
        return trains;
    }

    /** Ones for all sites of any stage. */
    Memory ones() {
        return ones;
    }

    /** Memory for the outputs of a stage. */
    Memory outputs(int stage, int length) {
        return trains ? Memory.allocate(length, precision) : alternating[stage % 2].part(0, length);
    }

    /** Memory for the outputs of a stage before its shortcut is added. */
    Memory besideShortcut(int length) {
        return trains ? Memory.allocate(length, precision) : besideShortcut.part(0, length);
    }

    /**
     * Memory for images with margins.
     *
     * @param length of all of them
     * @param kept whether a backward pass reads them again
     */
    Memory framedInputs(Frame frame, int length, boolean kept) {
        return kept && trains
                ? Memory.allocate(length, precision)
                : framedInputs.computeIfAbsent(frame, missing -> Memory.allocate(length, precision));
    }

    /** Memory for gradients with respect to images with margins, until they are added to those of the images. */
    Memory framedGradients(Frame frame, int length) {
        return framedGradients.computeIfAbsent(frame, missing -> Memory.allocate(trains ? length : 0, precision));
    }
}
