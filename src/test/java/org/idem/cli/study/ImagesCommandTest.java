package org.idem.cli.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.NpzFile;
import org.idem.array.Precision;
import org.idem.cli.BadInputFiles;
import org.idem.cli.Run;
import org.idem.image.ContactSheet;
import org.idem.image.DrawnImages;
import org.idem.image.Image;
import org.idem.image.ImageSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code idem images} says and draws. */
class ImagesCommandTest extends BadInputFiles {
    private Run images(String words) {
        return Run.of(("images " + words).strip().replace("@", folder + "/").split(" "));
    }

    private static List<String> rows(Run run) {
        assertEquals(0, run.code(), run::toString);
        return run.output()
                .lines()
                .skip(1)
                .map(line -> line.strip().replaceAll(" +", " "))
                .toList();
    }

    /** Row k of the first size is what other commands call builtin#k. */
    @Test
    void builtinListsAllDrawnImages() throws IOException {
        List<String> rows = rows(images(""));
        List<Image> all = DrawnImages.standardSet();
        assertEquals(all.size(), rows.size());
        assertTrue(rows.get(3).startsWith("3 digit-3 1x28x28 0.000 1.000 "), rows.get(3));
        assertEquals(ImageSource.read("builtin#3"), all.get(3).batch());
        assertEquals("53 checkerboard-3x3 1x3x3 0.000 1.000 0.5556", rows.get(53));
        assertEquals(rows, rows(images("builtin")));
    }

    @Test
    void filesOfEveryFormat() throws IOException {
        Array array = Array.of(new double[] {-1, 0, 2, 3, 0.5, 0.5, 0.5, 0.5}, 2, 1, 2, 2);
        NpyFile.write(folder.resolve("two.npy"), array, Precision.FLOAT64);
        String first = "1x2x2 -1.000 3.000 1.000";
        assertEquals(
                List.of("0 " + folder + "/two.npy#0 " + first, "1 " + folder + "/two.npy#1 1x2x2 0.5000 0.5000 0.5000"),
                rows(images("@two.npy")));
        assertEquals(List.of("1 " + folder + "/two.npy#1 1x2x2 0.5000 0.5000 0.5000"), rows(images("@two.npy#1")));
        Map<String, NpyFile.Content> members = new LinkedHashMap<>();
        members.put("b", new NpyFile.Content(array, Precision.FLOAT64));
        members.put("a", new NpyFile.Content(array.slices(0, 1), Precision.FLOAT64));
        NpzFile.write(folder.resolve("some.npz"), members);
        assertEquals(3, rows(images("@some.npz")).size());
        assertEquals(List.of("0 " + folder + "/some.npz:a " + first), rows(images("@some.npz:a")));
        Files.write(
                folder.resolve("digits.idx"),
                new byte[] {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, (byte) 255});
        assertEquals(List.of("0 " + folder + "/digits.idx 1x1x2 0.000 1.000 0.5000"), rows(images("@digits.idx")));
        List<String> fewer = rows(images("@two.npy --most 1"));
        assertEquals("1 more images are not listed; --most N lists more", fewer.get(1));
    }

    /** Grey images beside coloured ones, of other sizes: each pixel of the sheet where it belongs. */
    @Test
    void theSheetHoldsEveryPixel() throws IOException {
        Image grey = new Image("grey", Array.of(new double[] {0, 1}, 1, 1, 2));
        Image coloured = new Image("coloured", Array.of(new double[] {1, 0, 0, 1, 0, 0}, 3, 2, 1));
        Files.write(folder.resolve("sheet.png"), ContactSheet.of(List.of(grey, coloured)));
        Array sheet = ImageSource.read(folder.resolve("sheet.png").toString());
        // two tiles of 2 x 2 with one column between them
        assertArrayEquals(new int[] {1, 3, 2, 5}, sheet.shape());
        double mid = 128 / 255.0;
        double[][][] expected = {
            {{0, 1, mid, 1, mid}, {mid, mid, mid, 0, mid}},
            {{0, 1, mid, 0, mid}, {mid, mid, mid, 1, mid}},
            {{0, 1, mid, 0, mid}, {mid, mid, mid, 0, mid}}
        };
        for (int channel = 0; channel < 3; channel++) {
            for (int row = 0; row < 2; row++) {
                for (int column = 0; column < 5; column++) {
                    assertEquals(
                            expected[channel][row][column],
                            sheet.at(0, channel, row, column),
                            channel + ", " + row + ", " + column);
                }
            }
        }
        // 54 images, all of them in colour, the largest 40 x 40: rows of eight
        assertEquals(0, images("builtin --out @sheet.png").code());
        assertArrayEquals(
                new int[] {1, 3, 7 * 41 - 1, 8 * 41 - 1},
                ImageSource.read(folder.resolve("sheet.png").toString()).shape());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "@missing.npy | FILE: ~ missing.npy: there is no such file",
                "@vector.npy | vector.npy: images must have shape",
                "@none.npy | images must have shape ~ of at least 1, got (0, 5)",
                "@nan.npy | pixels must be finite, got NaN at position 7",
                "@short.png | a PNG must end with a chunk IEND",
                "@folder | must be a file, but is a folder",
                "#3 | FILE: '': must name a file, but is empty",
                "builtin:owl | a drawn image must be one of",
                "builtin#99 | counted from #0, got #99",
                "@I.npy --most 0 | --most must be a whole number from 1 to 10000, got 0",
                "@I.npy --out @sheet.npy | --out must end with .png, got",
                "@I.npy --out @nowhere/s.png | --out must name a file in an existing folder",
                "@I.npy two | two",
            })
    void badInputIsToldInOneLine(String words, String parts) throws IOException {
        refused(List.of(("images " + words).split(" ")), parts.split(" ~ "));
    }
}
