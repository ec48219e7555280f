package org.idem.laboratory.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.Precision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaterialsTest {
    @TempDir
    Path folder;

    private Path file = Path.of("");
    private final double[] pixels = new double[3 * 4 * 6];

    @BeforeEach
    void writeImages() throws IOException {
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (i * 37 % 64) / 64.0;
        }
        file = folder.resolve("images.npy");
        NpyFile.write(file, Array.of(pixels, 3, 1, 4, 6), Precision.FLOAT64);
    }

    private Task task(boolean convolutional, String axes, String tests) throws IOException {
        String words = "train=" + file + (axes.isEmpty() ? "" : " " + axes);
        return new Materials(tests)
                .task(AxisWords.grid(convolutional, words).points().get(0));
    }

    @Test
    void theIdentityTaskAsksForTheImage() throws IOException {
        Task cnn = task(true, "", null);
        assertArrayEquals(new int[] {1, 1, 4, 6}, cnn.inputs().shape());
        assertEquals(cnn.inputs(), cnn.targets());
        assertArrayEquals(Arrays.copyOf(pixels, 24), cnn.inputs().values());
        Task fcn = task(false, "", null);
        assertArrayEquals(new int[] {1, 24}, fcn.inputs().shape());
        assertEquals("4x6", fcn.point().words().get("size"));
    }

    @Test
    void examplesAreTheFirstOfTheFile() throws IOException {
        assertArrayEquals(
                Arrays.copyOf(pixels, 48),
                task(true, "examples=2", null).inputs().values());
        String said = assertThrows(IllegalArgumentException.class, () -> task(true, "examples=4", null))
                .getMessage();
        assertTrue(said.startsWith("--examples must be at most the number of images, 3"), said);
    }

    @Test
    void halfTheSizeAveragesBlocks() throws IOException {
        double[] small = task(true, "size=2x3", null).inputs().values();
        for (int row = 0; row < 2; row++) {
            for (int column = 0; column < 3; column++) {
                int corner = 2 * row * 6 + 2 * column;
                // sums of four multiples of 1/64 are exact
                assertEquals(
                        (pixels[corner] + pixels[corner + 1] + pixels[corner + 6] + pixels[corner + 7]) / 4,
                        small[row * 3 + column]);
            }
        }
    }

    @Test
    void standardisedPixelsAndWhatIsAskedFor() throws IOException {
        Task raw = task(true, "input=standardised", null);
        assertArrayEquals(Arrays.copyOf(pixels, 24), raw.targets().values());
        assertEquals((pixels[5] - 0.1307) / 0.3081, raw.inputs().values()[5]);
        Task back = task(true, "input=standardised target=input", null);
        assertEquals(back.inputs(), back.targets());
        assertEquals(
                back.tests().get(0).input().values()[3],
                back.tests().get(0).target().values()[3]);
        assertEquals(
                task(true, "", null).targets(), task(true, "target=input", null).targets());
    }

    /** A valid network of depth 2 with kernels of side 3 would lose 2 pixels at each side. */
    @Test
    void validPaddingAsksForTheMiddle() throws IOException {
        Task task = task(true, "padding=valid depth=1", null);
        assertArrayEquals(new int[] {1, 1, 2, 4}, task.targets().shape());
        assertEquals(pixels[7], task.targets().values()[0]);
        assertArrayEquals(
                task.network().outputShape(task.inputs().shape()),
                task.targets().shape());
        String said = assertThrows(IllegalArgumentException.class, () -> task(true, "padding=valid depth=2", null))
                .getMessage();
        assertTrue(said.startsWith("--padding valid leaves no pixel"), said);
    }

    @Test
    void theConstantIsTheMeanOfTheTargets() throws IOException {
        double[] mean = task(true, "examples=3", null).constant().values();
        for (int i = 0; i < 24; i++) {
            assertEquals((pixels[i] + pixels[i + 24] + pixels[i + 48]) / 3, mean[i]);
        }
    }

    @Test
    void everyGroupIsTested() throws IOException {
        Set<Group> groups =
                task(true, "", null).tests().stream().map(Task.Test::group).collect(Collectors.toSet());
        assertEquals(
                Arrays.stream(Group.values())
                        .filter(group -> group != Group.GIVEN)
                        .collect(Collectors.toSet()),
                groups);
        List<Task.Test> ofFcn = task(false, "", null).tests();
        assertTrue(ofFcn.stream().allMatch(test -> test.input().length() == 24));
        assertEquals(
                ofFcn.size(), ofFcn.stream().map(Task.Test::name).distinct().count());
    }

    @Test
    void shiftedImagesLoseWhatLeavesThem() throws IOException {
        Array shifted = task(true, "", null).tests().stream()
                .filter(test -> test.name().equals("shifted-right"))
                .findFirst()
                .orElseThrow()
                .input();
        for (int i = 0; i < 24; i++) {
            assertEquals(i % 6 == 0 ? 0 : pixels[i - 1], shifted.values()[i]);
        }
    }

    @Test
    void givenTestsAreResizedWithTheTraining() throws IOException {
        assertEquals(3, task(true, "size=2x3", file.toString()).tests().size());
        assertArrayEquals(
                new int[] {1, 1, 2, 3},
                task(true, "size=2x3", file.toString()).tests().get(2).target().shape());
        assertEquals(
                "images.npy#1", task(true, "", file.toString()).tests().get(1).name());
    }

    @Test
    void testsOfAnotherSizeAreRefusedByFullyConnectedNetworks() {
        String said = assertThrows(IllegalArgumentException.class, () -> task(false, "", "builtin#3"))
                .getMessage();
        assertTrue(said.startsWith("--test must hold images of the training images' size, 1 × 4 × 6"), said);
    }

    @Test
    void rulesRefuseWhatTheyCannotHave() {
        for (String axes : List.of("momentum=0.5", "weight-decay=0.1", "rule=sgd nesterov=yes")) {
            String said = assertThrows(IllegalArgumentException.class, () -> task(true, axes, null))
                    .getMessage();
            assertTrue(said.startsWith("--") && said.contains("--zip"), said);
        }
    }
}
