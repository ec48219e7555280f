package org.idem.theorem;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.image.GivenImages;
import org.idem.image.Image;
import org.idem.space.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Images as bright or as dark as {@code verify --images} takes them, together or apart, images of one pixel and blank
 * ones: no trial of any theorem fails or contradicts it. A theorem may say that such a trial decides nothing.
 */
class ImageMagnitudesTest {
    private static final double LARGEST = 0x1p24;
    private static final int TRIALS = 3;

    private final long seed = new SecureRandom().nextLong();

    static Stream<Arguments> theorems() {
        List<List<Double>> pools =
                List.of(List.of(LARGEST), List.of(1 / LARGEST), List.of(LARGEST, 1 / LARGEST), List.of(0.0));
        return pools.stream()
                .flatMap(magnitudes -> Theorems.over(pool(magnitudes)).stream()
                        .map(theorem -> Arguments.of(theorem.id(), magnitudes, theorem)));
    }

    /** Of each magnitude a pixel, a small image, and one that is nearly blank. */
    private static GivenImages pool(List<Double> magnitudes) {
        List<Image> images = new ArrayList<>();
        for (double magnitude : magnitudes) {
            images.add(image(magnitude, 1, 1, 1));
            images.add(image(magnitude, 9, 8, 1));
            images.add(image(magnitude, 8, 9, 5));
        }
        return new GivenImages("of magnitudes " + magnitudes, images);
    }

    /** Of every so many pixels one is not 0. */
    private static Image image(double magnitude, int height, int width, int every) {
        Array pixels = Array.zeros(1, height, width);
        for (int i = 0; i < pixels.length(); i += every) {
            pixels.values()[i] = magnitude / (1 + i % 7);
        }
        return new Image(height + "x" + width, pixels);
    }

    @ParameterizedTest(name = "{0} with images of magnitudes {1}")
    @MethodSource("theorems")
    void noHonestNetworkIsRefuted(String id, List<Double> magnitudes, Theorem<?> theorem) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int trial = 0; trial < TRIALS; trial++) {
            Configuration configuration = theorem.draw(random.nextLong());
            Evidence evidence = Trial.run(theorem, configuration).evidence();
            assertFalse(evidence.contradicts(), () -> id + " " + configuration + ": " + evidence);
        }
    }
}
