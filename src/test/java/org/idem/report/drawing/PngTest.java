package org.idem.report.drawing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngTest {
    private final long seed = Long.getLong("idem.png.seed", new SecureRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);

    private static byte[] file(int width, int[] rgb) {
        return Raster.png(new Mark.Pixels(0, 0, 1, 1, width, rgb, ""));
    }

    /** Types of the chunks, whose checksums are looked at. */
    private static List<String> chunks(byte[] file) {
        List<String> types = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(file).position(8);
        while (bytes.hasRemaining()) {
            int length = bytes.getInt();
            byte[] typed = new byte[4 + length];
            bytes.get(typed);
            CRC32 checksum = new CRC32();
            checksum.update(typed);
            assertEquals((int) checksum.getValue(), bytes.getInt());
            assertTrue(length <= 1 << 15, "a chunk has " + length + " bytes");
            types.add(new String(typed, 0, 4, StandardCharsets.US_ASCII));
        }
        return types;
    }

    private void requireReadsBack(int width, int height) throws IOException {
        int[] rgb = random.ints(width * height, 0, 1 << 24).toArray();
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(file(width, rgb)));
        assertEquals(width, read.getWidth());
        assertEquals(height, read.getHeight());
        int[] found = read.getRGB(0, 0, width, height, null, 0, width);
        for (int i = 0; i < found.length; i++) {
            found[i] &= 0xFFFFFF;
        }
        assertArrayEquals(rgb, found, "seed " + seed);
    }

    @Test
    void pixelsAreReadBack() throws IOException {
        requireReadsBack(1, 1);
        requireReadsBack(7, 3);
        requireReadsBack(28, 28);
        requireReadsBack(301, 200);
    }

    @Test
    void chunksHaveChecksumsAndBoundedLengths() {
        assertEquals(List.of("IHDR", "IDAT", "IEND"), chunks(file(5, new int[20])));
        // noise of 180,000 bytes, which does not get shorter
        List<String> many = chunks(file(300, random.ints(60_000, 0, 1 << 24).toArray()));
        assertEquals(6, many.stream().filter(type -> type.equals("IDAT")).count(), "seed " + seed);
    }

    @Test
    void drawingsKeepTheirColours() throws IOException {
        Sketch sketch = new Sketch(10, 4, "two boxes");
        sketch.add(new Mark.Box(0, 0, 5, 4, "#102030", "", ""));
        sketch.add(new Mark.Box(5, 0, 5, 2, "#f0e0d0", "", ""));
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(sketch.png()));
        assertEquals(20, read.getWidth());
        assertEquals(8, read.getHeight());
        assertEquals(0xFF102030, read.getRGB(2, 6));
        assertEquals(0xFFF0E0D0, read.getRGB(15, 1));
        assertEquals(0xFFFFFFFF, read.getRGB(15, 6));
    }
}
