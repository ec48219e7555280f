package org.idem.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.idem.array.Array;
import org.idem.array.DataFormatException;
import org.idem.array.InputFile;

/**
 * PNG images: every colour type, bit depth and interlacing of the standard (https://www.w3.org/TR/png-3/).
 *
 * <p>Own code rather than javax.imageio, which accepts some truncated and altered files. Samples are taken as stored
 * and divided by the largest of their bit depth, palette colours by 255; no colour management. Transparency is refused
 * unless every pixel is opaque.
 */
final class PngFile {
    private static final byte[] MAGIC = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int MOST_BYTES = 1 << 27;
    private static final int MOST_PIXELS = 1 << 24;

    private final String name;
    private final PngHeader header;
    private byte[] palette = {};
    private byte[] transparency = {};

    private PngFile(String name, PngHeader header) {
        this.name = name;
        this.header = header;
    }

    static boolean hasMagic(byte[] start) {
        return Arrays.equals(start, MAGIC);
    }

    /**
     * Reads one image.
     *
     * @param in at the start of the file
     * @param name for messages
     * @return (1, 1, H, W) for grey, (1, 3, H, W) for colour and palette
     */
    static Array read(InputStream in, String name) throws IOException {
        byte[] file = in.readNBytes(MOST_BYTES + 1);
        if (file.length > MOST_BYTES) {
            throw new DataFormatException(name, "a PNG must have at most " + MOST_BYTES + " bytes, got more");
        }
        ByteBuffer bytes = ByteBuffer.wrap(file).position(MAGIC.length);
        try {
            Chunk first = Chunk.next(bytes, name);
            if (!first.type().equals("IHDR")) {
                throw new DataFormatException(name, "the first chunk of a PNG must be IHDR, got " + first.type());
            }
            PngHeader header = PngHeader.parse(file, first, name);
            if ((long) header.height() * header.width() > MOST_PIXELS) {
                throw new DataFormatException(
                        name,
                        "a PNG must have at most " + MOST_PIXELS + " pixels, got " + header.height() + " x "
                                + header.width());
            }
            return new PngFile(name, header).decode(file, bytes);
        } catch (BufferUnderflowException truncated) {
            throw new DataFormatException(name, "a PNG must end with a chunk IEND, but it is truncated");
        }
    }

    /** A piece of the file: its four-letter type and where its data lie. */
    record Chunk(String type, int start, int length) {
        static Chunk next(ByteBuffer bytes, String name) {
            int length = bytes.getInt();
            int typeAt = bytes.position();
            byte[] type = new byte[4];
            bytes.get(type);
            if (length < 0 || length > bytes.remaining() - 4) {
                throw new BufferUnderflowException();
            }
            bytes.position(bytes.position() + length);
            CRC32 checksum = new CRC32();
            checksum.update(bytes.slice(typeAt, 4 + length));
            String letters = new String(type, StandardCharsets.ISO_8859_1);
            if ((int) checksum.getValue() != bytes.getInt()) {
                throw new DataFormatException(
                        name, "chunk " + letters + " of a PNG must match its checksum, but does not");
            }
            return new Chunk(letters, typeAt + 4, length);
        }

        boolean critical() {
            return Character.isUpperCase(type.charAt(0));
        }
    }

    private Array decode(byte[] file, ByteBuffer bytes) {
        PngPixels pixels = new PngPixels(name, header, file.length);
        boolean data = false;
        for (Chunk chunk = Chunk.next(bytes, name); !chunk.type().equals("IEND"); chunk = Chunk.next(bytes, name)) {
            switch (chunk.type()) {
                case "PLTE" -> palette = Arrays.copyOfRange(file, chunk.start(), chunk.start() + chunk.length());
                case "tRNS" -> transparency = Arrays.copyOfRange(file, chunk.start(), chunk.start() + chunk.length());
                case "IDAT" -> {
                    pixels.inflate(file, chunk.start(), chunk.length());
                    data = true;
                }
                default -> {
                    if (chunk.critical()) {
                        throw new DataFormatException(name, "a PNG must consist of known chunks, got " + chunk.type());
                    }
                }
            }
        }
        if (!data) {
            throw new DataFormatException(name, "a PNG must have pixel data (chunk IDAT), but has none");
        }
        short[] samples = pixels.finish();
        return header.palette() ? fromPalette(samples) : fromSamples(samples);
    }

    private Array fromPalette(short[] samples) {
        int count = palette.length / 3;
        if (palette.length % 3 != 0 || count < 1 || count > 256) {
            throw new DataFormatException(
                    name,
                    "the palette of a PNG must have 1 to 256 colours of 3 bytes, got " + palette.length + " bytes");
        }
        double[] values = InputFile.allocate(name, 3L * samples.length);
        for (int pixel = 0; pixel < samples.length; pixel++) {
            int colour = samples[pixel];
            if (colour >= count) {
                throw new DataFormatException(
                        name, "a pixel must be one of " + count + " colours of the palette, got number " + colour);
            }
            if (colour < transparency.length && transparency[colour] != -1) {
                throw transparent(pixel);
            }
            for (int channel = 0; channel < 3; channel++) {
                values[channel * samples.length + pixel] = (palette[3 * colour + channel] & 0xFF) / 255.0;
            }
        }
        return Array.of(values, 1, 3, header.height(), header.width());
    }

    private Array fromSamples(short[] samples) {
        int perPixel = header.samplesPerPixel();
        int channels = perPixel >= 3 ? 3 : 1;
        int largest = (1 << header.depth()) - 1;
        int pixels = samples.length / perPixel;
        double[] values = InputFile.allocate(name, (long) channels * pixels);
        boolean key = transparency.length == 2 * channels && perPixel == channels;
        for (int pixel = 0; pixel < pixels; pixel++) {
            boolean keyed = key;
            for (int channel = 0; channel < channels; channel++) {
                int sample = samples[pixel * perPixel + channel] & 0xFFFF;
                values[channel * pixels + pixel] = (double) sample / largest;
                keyed = keyed
                        && sample
                                == (((transparency[2 * channel] & 0xFF) << 8) | (transparency[2 * channel + 1] & 0xFF));
            }
            boolean opaque = perPixel == channels || (samples[pixel * perPixel + channels] & 0xFFFF) == largest;
            if (keyed || !opaque) {
                throw transparent(pixel);
            }
        }
        return Array.of(values, 1, channels, header.height(), header.width());
    }

    private DataFormatException transparent(int pixel) {
        return new DataFormatException(
                name,
                "every pixel of a PNG must be opaque, but the one in row " + pixel / header.width() + ", column "
                        + pixel % header.width() + " is transparent; flatten the image first");
    }
}
