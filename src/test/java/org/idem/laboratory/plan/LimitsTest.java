package org.idem.laboratory.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.idem.execution.Share;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
    @Test
    void countsAreThoseOfTheLayers() {
        // 3 → 5 → 5 → 5 → 2 channels, kernels of side 3
        Extent cnn = new Extent(4, 3, 5, 2, 3);
        assertEquals(9 * (15 + 25 + 25 + 10), cnn.weights());
        assertEquals(9 * 25, cnn.largestWeights());
        assertEquals(7 * (5 + 5 + 5 + 2), cnn.signals(7));
        assertEquals(7 * 5, cnn.largestSignal(7));
        Extent single = new Extent(1, 3, 1000, 2, 1);
        assertEquals(6, single.weights());
        assertEquals(6, single.largestWeights());
        assertEquals(2, single.signals(1));
        assertEquals(3, single.largestSignal(1));
        assertEquals(2 * 30, new Extent(2, 3, 10, 3, 1).weights());
        assertEquals(30, new Extent(2, 3, 10, 3, 1).largestWeights());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    false | width=100000 depth=3          | --width and --size must make layers of at most 2147483639 weights, got 10000000000
                    false | width=2147483647 depth=3      | --width and --size must make layers of at most 2147483639 weights
                    true  | kernel=99999                  | --channels and --kernel must make layers of at most 2147483639 weights, got 9999800001
                    true  | channels=2147483647 depth=9   | --channels and --kernel must make layers of at most 2147483639 weights
                    true  | channels=200000 depth=2       | --channels, --size and --examples must make layers of at most 2147483639 numbers
                    true  | depth=2147483647              | --depth and the other axes must make networks whose description fits
                    true  | size=4096                     | --size and --examples must make images that fit
                    false | size=4096                     | --size and --examples must make images that fit
                    """)
    void whatNoMemoryHoldsIsRefusedBeforeItIsMade(boolean convolutional, String axes, String message) {
        Study study = new Study("s", AxisWords.grid(convolutional, axes), 1, 3, Stop.STANDARD, null);
        for (org.junit.jupiter.api.function.Executable work :
                List.<org.junit.jupiter.api.function.Executable>of(study::runs, () -> new Census(study, Share.ALL))) {
            String said = assertThrows(IllegalArgumentException.class, work).getMessage();
            assertTrue(said.contains(message), said);
        }
    }

    @Test
    void aStudyHasAtMostAMillionNetworks() {
        Study study = new Study("s", AxisWords.grid(true, "depth=1,2,3"), 1, 400_000, Stop.STANDARD, null);
        String said = assertThrows(IllegalArgumentException.class, study::runs).getMessage();
        assertTrue(said.contains("at most 1000000 networks, got 1200000 (3 points of 400,000 seeds)"), said);
    }

    @Test
    void aGridOfManyDeepNetworksIsRefusedBeforeItIsMade() {
        StringBuilder rates = new StringBuilder("0.1");
        for (int i = 2; i <= 50; i++) {
            rates.append(",").append(i);
        }
        String axes = "depth=1000000,1200000 learning-rate=" + rates;
        Study study = new Study("s", AxisWords.grid(true, axes), 1, 1, Stop.STANDARD, null);
        String said = assertThrows(IllegalArgumentException.class, study::runs).getMessage();
        assertTrue(said.contains("100 points of 110000000 layers in all"), said);
    }
}
