package org.idem.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.idem.array.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DrawnImagesTest {
    @ParameterizedTest
    @EnumSource(DrawnImages.Kind.class)
    void everyKindIsDrawnAtEverySize(DrawnImages.Kind kind) {
        int[][] sizes = {{1, 1}, {1, 9}, {3, 3}, {2, 5}, {40, 7}, {28, 28}};
        for (int[] size : sizes) {
            for (int channels : new int[] {1, 2, 3, 5}) {
                for (long seed : new long[] {0, 1, 8, -3, Long.MIN_VALUE, Long.MAX_VALUE}) {
                    Image image = DrawnImages.draw(kind, channels, size[0], size[1], seed);
                    assertEquals(channels, image.channels());
                    assertEquals(size[0], image.height());
                    assertEquals(size[1], image.width());
                    for (double pixel : image.pixels().values()) {
                        assertTrue(pixel >= 0 && pixel <= 1, () -> image + " has the pixel " + pixel);
                    }
                    assertEquals(image, DrawnImages.draw(kind, channels, size[0], size[1], seed));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DrawnImages.Kind.class)
    void seedsChangeTheImageAndTinyImagesAreNotEmpty(DrawnImages.Kind kind) {
        Set<Array> large = new HashSet<>();
        boolean lit = false;
        for (int seed = 0; seed < 20; seed++) {
            large.add(DrawnImages.draw(kind, 3, 28, 28, seed).pixels());
            for (double pixel : DrawnImages.draw(kind, 1, 3, 3, seed).pixels().values()) {
                lit |= pixel > 0.1;
            }
        }
        assertEquals(20, large.size());
        assertTrue(lit);
    }

    /**
     * Ten hands for each of ten digits: the nearest mean image must be that of the digit itself, mostly. Pictures that
     * say nothing of their digit would be right in ten of a hundred, and in half of them with probability below 10⁻²⁰.
     * Hands are drawn anew in every run; one picture is right with probability 0.999 (5,995 of 6,000), so half of them
     * are but with probability below 10⁻⁹.
     */
    @Test
    void digitsDifferFromEachOtherMoreThanHandsDo() {
        long first = new SplittableRandom().nextLong(1L << 40);
        double[][] means = new double[10][784];
        for (int digit = 0; digit < 10; digit++) {
            for (int hand = 0; hand < 10; hand++) {
                double[] pixels = digit(digit, first + hand);
                for (int i = 0; i < 784; i++) {
                    means[digit][i] += pixels[i] / 10;
                }
            }
        }
        int right = 0;
        for (int digit = 0; digit < 10; digit++) {
            for (int hand = 10; hand < 20; hand++) {
                double[] pixels = digit(digit, first + hand);
                int nearest = 0;
                for (int other = 1; other < 10; other++) {
                    nearest = distance(pixels, means[other]) < distance(pixels, means[nearest]) ? other : nearest;
                }
                right += nearest == digit ? 1 : 0;
            }
        }
        assertTrue(right > 50, right + " of 100 drawn digits are nearest to their own mean, hands from " + first);
    }

    private static double[] digit(int digit, long hand) {
        return DrawnImages.draw(DrawnImages.Kind.DIGIT, 1, 28, 28, 10 * hand + digit)
                .pixels()
                .values();
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    @Test
    void theStandardSetIsNamedOrderedAndUnchanging() {
        List<Image> set = DrawnImages.standardSet();
        assertEquals(set, DrawnImages.standardSet());
        assertEquals(set.size(), set.stream().map(Image::name).distinct().count());
        assertEquals(set.size(), set.stream().map(Image::pixels).distinct().count());
        assertTrue(set.size() >= 36);
        assertEquals("digit-0", set.get(0).name());
        CRC32 checksum = new CRC32();
        for (Image image : set) {
            for (double pixel : image.pixels().values()) {
                long bits = Double.doubleToLongBits(pixel);
                for (int shift = 0; shift < 64; shift += 8) {
                    checksum.update((int) (bits >>> shift));
                }
            }
        }
        // Recorded on Linux x86-64, JDK 17: a change means that images moved and recorded results with them.
        assertEquals("709e6827", Long.toHexString(checksum.getValue()));
    }

    @Test
    void theGeneratorIsSplitMix64() {
        SplitMix64 ours = new SplitMix64(42);
        SplittableRandom reference = new SplittableRandom(42);
        for (int i = 0; i < 1000; i++) {
            assertEquals(reference.nextLong(), ours.nextLong());
        }
        boolean[] seen = new boolean[3];
        for (int i = 0; i < 100; i++) {
            seen[ours.integer(-1, 1) + 1] = true;
        }
        assertTrue(seen[0] && seen[1] && seen[2]);
    }

    @Test
    void constantsAndCheckerboardsAreWhatTheySay() {
        double[] constant =
                DrawnImages.draw(DrawnImages.Kind.CONSTANT, 1, 4, 6, 3).pixels().values();
        double[] board = DrawnImages.draw(DrawnImages.Kind.CHECKERBOARD, 1, 3, 3, 5)
                .pixels()
                .values();
        for (double pixel : constant) {
            assertEquals(constant[0], pixel);
        }
        for (int i = 0; i + 1 < board.length; i++) {
            assertEquals(1, board[i] + board[i + 1]);
        }
        double[] slope =
                DrawnImages.draw(DrawnImages.Kind.GRADIENT, 1, 8, 8, 1).pixels().values();
        assertEquals(0, java.util.Arrays.stream(slope).min().orElseThrow());
        assertEquals(1, java.util.Arrays.stream(slope).max().orElseThrow());
        assertNotEquals(slope[0], slope[63]);
    }

    @Test
    void sizesAndImagesAreChecked() {
        DrawnImages.Kind kind = DrawnImages.Kind.NOISE;
        assertThrows(IllegalArgumentException.class, () -> DrawnImages.draw(kind, 0, 1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> DrawnImages.draw(kind, 1, 1 << 16, 1 << 16, 0));
        assertThrows(IllegalArgumentException.class, () -> new Image("x", Array.zeros(2, 2)));
        assertThrows(IllegalArgumentException.class, () -> new Image("x", Array.zeros(1, 0, 2)));
        assertThrows(IllegalArgumentException.class, () -> new Image(" ", Array.zeros(1, 1, 2)));
        assertThrows(
                IllegalArgumentException.class, () -> new Image("x", Array.of(new double[] {Double.NaN}, 1, 1, 1)));
    }
}
