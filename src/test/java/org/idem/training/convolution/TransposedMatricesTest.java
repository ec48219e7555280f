package org.idem.training.convolution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransposedMatricesTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void copiesEveryNumberToItsPlace(boolean byLibrary) {
        TransposedMatrices transposition = new TransposedMatrices(3, 5, 34, byLibrary && OneDnn.isAvailable());
        int length = 3 * 5 * 34;
        WinogradScratch.Native from = new WinogradScratch.Native(length);
        WinogradScratch.Native to = new WinogradScratch.Native(length);
        for (int i = 0; i < length; i++) {
            from.buffer().put(i, i);
        }
        transposition.copy(from, to);
        for (int i = 0; i < length; i++) {
            int first = i / (5 * 34) * 5 * 34;
            assertEquals(i, to.buffer().get(first + i % 34 * 5 + i / 34 % 5));
        }
    }
}
