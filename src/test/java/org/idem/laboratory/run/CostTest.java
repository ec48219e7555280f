package org.idem.laboratory.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.idem.laboratory.plan.AxisWords;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Stop;
import org.idem.laboratory.plan.Study;
import org.junit.jupiter.api.Test;

/** Memory of networks, counted by hand. */
class CostTest {
    private static Run run(boolean convolutional, String axes) throws IOException {
        return new Study("s", AxisWords.grid(convolutional, axes), 1, 1, new Stop(1e-4, 5), null)
                .runs()
                .get(0);
    }

    /** Weights 16 × 300 and 300 × 16; a step on one image, tests side by side. */
    @Test
    void aFullyConnectedNetworkNeedsParametersAndSignals() throws IOException {
        Run run = run(false, "size=4 depth=2 width=300 bias=no rule=sgd precision=float64");
        int parameters = 2 * 16 * 300;
        int targets = 16;
        int tests = Math.min(32, run.task().tests().size());
        int step = 16 + (300 + 16) + 2 * 300;
        int probes = tests * (16 + 2 * 300);
        assertEquals(8L * (parameters + parameters / 2 + targets + step + probes), Cost.memory(run));
        assertEquals(
                8L * parameters + 4L * parameters / 2 + Math.round(LayerStates.bytes(run.task())),
                Cost.heap(run),
                "initial weights, a stage of them rounded, and layers");
    }

    /** Adam's moments are in Java's own memory for small layers of 32 bits, elsewhere in native memory. */
    @Test
    void theStateOfARuleIsCountedOnce() throws IOException {
        int parameters = 2 * 16 * 300;
        Run plain = run(false, "size=4 depth=2 width=300 bias=no rule=sgd precision=float32");
        Run adam = run(false, "size=4 depth=2 width=300 bias=no rule=adam precision=float32");
        assertEquals(Cost.memory(plain), Cost.memory(adam));
        assertEquals(4L * 2 * parameters, Cost.heap(adam) - Cost.heap(plain));
        Run wide = run(false, "size=4 depth=2 width=300 bias=no rule=sgd precision=float64");
        Run wideAdam = run(false, "size=4 depth=2 width=300 bias=no rule=adam precision=float64");
        assertEquals(8L * 2 * parameters, Cost.memory(wideAdam) - Cost.memory(wide));
        int piece = 4096;
        assertEquals(
                2 * 8L * 4 * piece, Cost.heap(wideAdam) - Cost.heap(wide), "pieces of weights, slopes, two moments");
    }

    /** In 64 bits a layer lays out a column of its kernel's positions for every pixel. */
    @Test
    void layersOfConvolutionsKeepTheirPatches() throws IOException {
        String rest = " size=10 channels=4 kernel=3 bias=no rule=sgd padding=circular precision=float64";
        long shallow = Cost.memory(run(true, "depth=3" + rest));
        long deep = Cost.memory(run(true, "depth=5" + rest));
        int weights = 4 * 4 * 9;
        int signals = 4 * 100;
        int framed = 4 * 12 * 12;
        int patches = 9 * 4 * 100;
        assertEquals(2 * 8L * (weights + signals + framed + patches), deep - shallow);
        assertTrue(Cost.memory(run(true, "depth=3 residual=yes" + rest)) > shallow);
    }

    /** Transforms of kernels of side 5 where the launcher chooses wide products, else what oneDNN or patches need. */
    @Test
    void widerLayersNeedMore() throws IOException {
        String rest = " size=28 depth=4 kernel=5 bias=no precision=float32";
        assertTrue(2.5 * Cost.memory(run(true, "channels=32" + rest)) < Cost.memory(run(true, "channels=128" + rest)));
    }

    /** A program that trains two of them holds all that both hold. */
    @Test
    void aProgramHoldsItsNetworks() throws IOException {
        Run run = run(true, "size=28 depth=4 kernel=5 channels=64 precision=float32");
        long two = Cost.program(List.of(run, run));
        long three = Cost.program(List.of(run, run, run));
        assertEquals(Cost.memory(run) + Cost.heap(run), three - two, 1);
        assertTrue(two > 2 * (Cost.memory(run) + Cost.heap(run)) + (132L << 20));
    }

    /** Networks of other sizes than those that are trained are looked at, too. */
    @Test
    void batchesOfAllSizesAreCounted() {
        List<int[]> inputs = new ArrayList<>(Collections.nCopies(35, new int[] {1, 2}));
        inputs.addAll(Collections.nCopies(32, new int[] {1, 3}));
        List<List<Integer>> batches = Probes.batches(inputs).stream()
                .map(shape -> IntStream.of(shape).boxed().toList())
                .toList();
        assertEquals(Set.of(List.of(32, 2), List.of(3, 2), List.of(32, 3)), Set.copyOf(batches));
    }
}
