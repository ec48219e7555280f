package org.idem.training.convolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.idem.array.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionChoiceTest {
    private static ConvolutionShape layer(int side, int channels, int outputs, int kernel) {
        return new ConvolutionShape(1, side, side, channels, outputs, kernel, (kernel - 1) / 2);
    }

    @ParameterizedTest
    @CsvSource({
        "28, 64, 64, 5, true",
        "28, 32, 64, 5, true",
        "28, 64, 31, 5, false",
        "24, 128, 64, 5, true",
        "23, 128, 128, 5, false",
        "28, 512, 512, 3, false",
        "28, 32, 64, 7, true",
        "28, 1024, 1024, 9, false"
    })
    void onlyWideLayersOfLargeImagesAreWorthTransforming(
            int side, int channels, int outputs, int kernel, boolean worth) {
        ConvolutionShape shape = layer(side, channels, outputs, kernel);
        assertEquals(worth, Convolutions.isWorthTransforming(shape));
        assertEquals(worth, Convolutions.isWorthTransforming(shape.withMargins()));
    }

    @ParameterizedTest
    @CsvSource({
        "28, 32, 32, 3, true",
        "28, 48, 1024, 3, true",
        "28, 16, 32, 3, false",
        "28, 40, 32, 3, false",
        "23, 64, 64, 3, false",
        "28, 64, 64, 5, false",
        "28, 64, 64, 9, true",
        "28, 32, 64, 9, false",
        "28, 32, 32, 15, true",
        "28, 16, 16, 15, false"
    })
    void theLibraryTransformsWideLayersOfLargeImages(int side, int channels, int outputs, int kernel, boolean suits) {
        ConvolutionShape shape = layer(side, channels, outputs, kernel);
        assertEquals(suits, Convolutions.suitsLibraryTransforms(shape));
        assertEquals(suits, Convolutions.suitsLibraryTransforms(shape.withMargins()));
    }

    @ParameterizedTest
    @CsvSource({"8, 1, true", "7, 1, false", "32, 2, false", "1, 32, false"})
    void oneOutputOfManyChannelsIsComputedBySums(int channels, int outputs, boolean sums) {
        ConvolutionShape shape = layer(8, channels, outputs, 3);
        Convolutions fastest = Convolutions.fastest(Precision.FLOAT32, 1);
        if (sums) {
            assertTrue(fastest.order(shape).isPlain());
            assertTrue(fastest.addingZeros(shape, WeightOrder.PLAIN, true).isEmpty());
            assertInstanceOf(SingleOutputConvolution.class, fastest.of(shape.withMargins(), WeightOrder.PLAIN));
        } else {
            assertFalse(fastest.of(shape.withMargins(), WeightOrder.PLAIN) instanceof SingleOutputConvolution);
        }
        assertFalse(
                Convolutions.ofPlainSums(Precision.FLOAT32).of(shape.withMargins(), WeightOrder.PLAIN)
                        instanceof SingleOutputConvolution);
    }

    @Test
    void openBlasIsWideOnlyIfTheEnvironmentSaysSo() {
        assertTrue(BlasCode.isWide("SkylakeX"));
        assertTrue(BlasCode.isWide("COOPERLAKE"));
        assertFalse(BlasCode.isWide(""));
        assertFalse(BlasCode.isWide("Haswell"));
    }
}
