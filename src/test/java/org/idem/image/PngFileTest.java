package org.idem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.idem.array.Array;
import org.idem.array.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PngFileTest {
    private static final int IHDR = 8;
    private static final int AFTER_IHDR = IHDR + 12 + 13;

    private static Array read(byte[] png) throws IOException {
        return PngFile.read(new ByteArrayInputStream(png), "x.png");
    }

    private static String refusal(byte[] png) {
        String message =
                assertThrows(DataFormatException.class, () -> read(png)).getMessage();
        assertTrue(message.startsWith("x.png: "), message);
        return message;
    }

    private static BufferedImage components(int dataType, int bands, int height, int width) {
        int space = bands <= 2 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB;
        boolean alpha = bands % 2 == 0;
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(space),
                alpha,
                false,
                alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                dataType);
        WritableRaster raster = model.createCompatibleWritableRaster(width, height);
        return new BufferedImage(model, raster, false, null);
    }

    private static void fill(BufferedImage image, int largest, boolean opaque) {
        Random random = new Random(3);
        WritableRaster raster = image.getRaster();
        boolean alpha = raster.getNumBands() % 2 == 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                for (int band = 0; band < raster.getNumBands(); band++) {
                    boolean last = alpha && band == raster.getNumBands() - 1;
                    // A slope with some noise makes the encoder use different row filters.
                    int sample = (int) Math.min(largest, (long) largest * (x + y) / 60 + random.nextInt(largest) / 9);
                    raster.setSample(x, y, band, last && opaque ? largest : sample);
                }
            }
        }
    }

    private static void assertSame(BufferedImage image, int channels, double largest, Array read) {
        assertArrayEquals(new int[] {1, channels, image.getHeight(), image.getWidth()}, read.shape());
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    assertEquals(image.getRaster().getSample(x, y, c) / largest, read.at(0, c, y, x));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void wholeByteSamplesAreReadExactly(boolean interlaced) throws IOException {
        for (int[] size : new int[][] {{1, 1}, {3, 2}, {5, 9}, {17, 31}}) {
            for (int bands = 1; bands <= 4; bands++) {
                for (int type : new int[] {DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT}) {
                    int largest = type == DataBuffer.TYPE_BYTE ? 255 : 65535;
                    BufferedImage image = components(type, bands, size[0], size[1]);
                    fill(image, largest, true);
                    assertSame(image, bands <= 2 ? 1 : 3, largest, read(ImageBytes.png(image, interlaced)));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void palettesAreReadAsColours(int bits) throws IOException {
        byte[][] colours = new byte[3][1 << bits];
        Random random = new Random(bits);
        for (byte[] channel : colours) {
            random.nextBytes(channel);
        }
        IndexColorModel model = new IndexColorModel(bits, 1 << bits, colours[0], colours[1], colours[2]);
        BufferedImage image = new BufferedImage(
                13, 7, bits == 8 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY, model);
        for (int i = 0; i < 13 * 7; i++) {
            image.getRaster().setSample(i % 13, i / 13, 0, random.nextInt(1 << bits));
        }
        for (boolean interlaced : new boolean[] {false, true}) {
            Array read = read(ImageBytes.png(image, interlaced));
            for (int i = 0; i < 3 * 13 * 7; i++) {
                int pixel = i % (13 * 7);
                int rgb = image.getRGB(pixel % 13, pixel / 13);
                assertEquals((rgb >> 16 - 8 * (i / (13 * 7)) & 0xFF) / 255.0, read.values()[i]);
            }
        }
    }

    @Test
    void smallGreySamplesAreDividedByTheirOwnMaximum() throws IOException {
        byte[] levels = {0, 85, (byte) 170, (byte) 255};
        IndexColorModel grey = new IndexColorModel(2, 4, levels, levels, levels);
        BufferedImage image = new BufferedImage(5, 3, BufferedImage.TYPE_BYTE_BINARY, grey);
        for (int i = 0; i < 15; i++) {
            image.getRaster().setSample(i % 5, i / 5, 0, i % 4);
        }
        byte[] png = ImageBytes.png(image, false);
        // Whatever colour type the encoder chose, as type 0 of two bits the samples are the levels themselves.
        png[IHDR + 8 + 9] = 0;
        ImageBytes.mendChecksum(png, IHDR);
        assertSame(image, 1, 3, read(png));
    }

    @Test
    void transparencyIsRefused() throws IOException {
        for (int bands : new int[] {2, 4}) {
            BufferedImage image = components(DataBuffer.TYPE_BYTE, bands, 4, 4);
            fill(image, 255, true);
            image.getRaster().setSample(2, 1, bands - 1, 254);
            assertTrue(refusal(ImageBytes.png(image, false)).contains("row 1, column 2 is transparent"));
        }
        byte[] level = {0, (byte) 255};
        IndexColorModel model = new IndexColorModel(1, 2, level, level, level, 1);
        BufferedImage image = new BufferedImage(3, 3, BufferedImage.TYPE_BYTE_BINARY, model);
        assertEquals(0, read(ImageBytes.png(image, false)).at(0, 2, 2, 2));
        image.getRaster().setSample(0, 2, 0, 1);
        assertTrue(refusal(ImageBytes.png(image, false)).contains("row 2, column 0"));
    }

    @Test
    void aTransparentColourIsRefusedWhereItOccurs() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(1, 0, 0, 9);
        byte[] png = ImageBytes.png(image, false);
        assertEquals(9 / 255.0, read(withChunk(png, "tRNS", 0, 8)).at(0, 0, 0, 1));
        assertTrue(refusal(withChunk(png, "tRNS", 0, 9)).contains("column 1"));
    }

    private static byte[] withChunk(byte[] png, String type, int... data) {
        ByteBuffer bytes = ByteBuffer.allocate(png.length + 12 + data.length);
        bytes.put(png, 0, AFTER_IHDR).putInt(data.length);
        type.chars().forEach(letter -> bytes.put((byte) letter));
        for (int b : data) {
            bytes.put((byte) b);
        }
        bytes.putInt(0).put(png, AFTER_IHDR, png.length - AFTER_IHDR);
        ImageBytes.mendChecksum(bytes.array(), AFTER_IHDR);
        return bytes.array();
    }

    private static byte[] good() throws IOException {
        BufferedImage image = components(DataBuffer.TYPE_BYTE, 1, 6, 5);
        fill(image, 255, true);
        return ImageBytes.png(image, false);
    }

    private static byte[] withHeader(int offset, int value) throws IOException {
        byte[] png = good();
        png[IHDR + 8 + offset] = (byte) value;
        ImageBytes.mendChecksum(png, IHDR);
        return png;
    }

    @Test
    void brokenFilesAreRefused() throws IOException {
        byte[] good = good();
        for (int length = 8; length < good.length; length++) {
            refusal(Arrays.copyOf(good, length));
        }
        byte[] flipped = good.clone();
        flipped[AFTER_IHDR + 12] ^= 1;
        assertTrue(refusal(flipped).contains("checksum"));
        assertTrue(refusal(withChunk(good, "QUUX", 1)).contains("QUUX"));
        assertEquals(read(good), read(withChunk(good, "quux", 1)));
        assertTrue(refusal(withHeader(3, 0)).contains("at least one pixel"));
        assertTrue(refusal(withHeader(0, 0x80)).contains("at least one pixel"));
        assertTrue(refusal(withHeader(8, 3)).contains("3 bits"));
        assertTrue(refusal(withHeader(9, 5)).contains("type 5"));
        assertTrue(refusal(withHeader(9, 3)).contains("palette"));
        assertTrue(refusal(withHeader(12, 2)).contains("interlacing"));
        assertTrue(refusal(withHeader(7, 7)).contains("pixel data must have"));
    }

    @Test
    void bombsAreRefusedByTheirHeader() throws IOException {
        assertTrue(refusal(withHeader(0, 0x7F)).contains("at most"));
        assertTrue(refusal(withHeader(1, 0x10)).contains("cannot come from"));
    }

    /** libpng drops what is too much as well. */
    @Test
    void rowsBeyondTheHeaderAreDroppedButTheChecksumStillHolds() throws IOException {
        byte[] fewer = withHeader(7, 4);
        Array whole = read(good());
        Array cut = read(fewer);
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < cut.size(3); column++) {
                assertEquals(whole.at(0, 0, row, column), cut.at(0, 0, row, column));
            }
        }
        int data = new String(fewer, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("IDAT");
        int length = ByteBuffer.wrap(fewer).getInt(data - 4);
        fewer[data + 4 + length - 1] ^= 1;
        ImageBytes.mendChecksum(fewer, data - 4);
        assertTrue(refusal(fewer).contains("pixel data must be whole, but their packed bytes are damaged"));
    }
}
