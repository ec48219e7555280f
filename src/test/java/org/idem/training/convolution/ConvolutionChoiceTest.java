package org.idem.training.convolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionChoiceTest {
    @ParameterizedTest
    @CsvSource({
        "28, 64, 64, 5, true",
        "28, 64, 63, 5, false",
        "24, 128, 64, 5, true",
        "23, 128, 128, 5, false",
        "28, 512, 512, 3, true",
        "28, 511, 512, 3, false",
        "28, 1024, 1024, 7, false"
    })
    void onlyWideLayersOfLargeImagesAreWorthTransforming(
            int side, int channels, int outputs, int kernel, boolean worth) {
        ConvolutionShape shape = new ConvolutionShape(1, side, side, channels, outputs, kernel, (kernel - 1) / 2);
        assertEquals(worth, Convolutions.isWorthTransforming(shape));
        assertEquals(worth, Convolutions.isWorthTransforming(shape.withMargins()));
    }

    @Test
    void openBlasIsWideOnlyIfTheEnvironmentSaysSo() {
        assertTrue(BlasCode.isWide("SkylakeX"));
        assertTrue(BlasCode.isWide("COOPERLAKE"));
        assertFalse(BlasCode.isWide(""));
        assertFalse(BlasCode.isWide("Haswell"));
    }
}
