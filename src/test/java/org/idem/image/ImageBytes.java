package org.idem.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Makes the files that the readers are tested with; PNGs come from javax.imageio, which shares no code with ours. */
final class ImageBytes {
    private ImageBytes() {}

    static byte[] idx(int... sizes) {
        long pixels = 1;
        for (int size : sizes) {
            pixels *= size;
        }
        byte[] data = new byte[(int) pixels];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (7 * i);
        }
        return idx(8, sizes, data);
    }

    static byte[] idx(int type, int[] sizes, byte[] data) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * sizes.length + data.length);
        bytes.putInt(type << 8 | sizes.length);
        for (int size : sizes) {
            bytes.putInt(size);
        }
        return bytes.put(data).array();
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zipped = new GZIPOutputStream(out)) {
            zipped.write(bytes);
        }
        return out.toByteArray();
    }

    /** An archive of members a.npy, b.npy and so on. */
    static byte[] zip(boolean stored, byte[]... members) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream archive = new ZipOutputStream(out)) {
            for (int i = 0; i < members.length; i++) {
                ZipEntry entry = new ZipEntry((char) ('a' + i) + ".npy");
                if (stored) {
                    CRC32 checksum = new CRC32();
                    checksum.update(members[i]);
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(members[i].length);
                    entry.setCrc(checksum.getValue());
                }
                archive.putNextEntry(entry);
                archive.write(members[i]);
            }
        }
        return out.toByteArray();
    }

    static byte[] png(BufferedImage image, boolean interlaced) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setProgressiveMode(interlaced ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** Writes the right checksum into the chunk of a PNG that begins at a position. */
    static void mendChecksum(byte[] png, int chunk) {
        int length = ByteBuffer.wrap(png).getInt(chunk);
        if (length < 0 || length > png.length - chunk - 12) {
            return;
        }
        CRC32 checksum = new CRC32();
        checksum.update(png, chunk + 4, 4 + length);
        ByteBuffer.wrap(png).putInt(chunk + 8 + length, (int) checksum.getValue());
    }
}
