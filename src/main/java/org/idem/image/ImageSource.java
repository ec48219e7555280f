package org.idem.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.idem.array.Array;
import org.idem.array.DataFormatException;
import org.idem.array.NpyFile;

/** Reads arrays and images from files; the format is told by the first bytes, not by the name. */
public final class ImageSource {
    private static final int IDX_IMAGES = 0x00000803;
    private static final int MOST_VALUES = 1 << 27;

    private ImageSource() {}

    /**
     * Reads a source.
     *
     * @param source a path, or {@code path#7} for the eighth entry of a file
     * @return npy: the array as it is stored; IDX and PNG: (n, C, H, W) with pixels divided by their largest value
     * @throws IOException if the file cannot be read
     * @throws DataFormatException if it is malformed or has no such entry
     */
    public static Array read(String source) throws IOException {
        int hash = source.lastIndexOf('#');
        Path path = Path.of(source);
        int entry = -1;
        if (hash >= 0 && !Files.exists(path)) {
            path = Path.of(source.substring(0, hash));
            try {
                entry = Integer.parseInt(source.substring(hash + 1));
            } catch (NumberFormatException e) {
                throw new DataFormatException(source + ": what follows # must be a whole number");
            }
            if (entry < 0) {
                throw new DataFormatException(source + ": what follows # must be at least 0");
            }
        }
        if (!Files.isRegularFile(path)) {
            throw new NoSuchFileException(path.toString());
        }
        byte[] start;
        try (InputStream in = Files.newInputStream(path)) {
            start = in.readNBytes(8);
        }
        if (NpyFile.hasMagic(start)) {
            return pick(NpyFile.read(path), entry, source);
        }
        if (start.length == 8 && start[0] == (byte) 0x89 && start[1] == 'P' && start[2] == 'N' && start[3] == 'G') {
            return pick(readPng(path), entry, source);
        }
        boolean zipped = start.length > 1 && start[0] == (byte) 0x1f && start[1] == (byte) 0x8b;
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
                DataInputStream in = new DataInputStream(zipped ? new GZIPInputStream(raw, 1 << 16) : raw)) {
            return readIdx(path, in, entry, source);
        } catch (EOFException | ZipException e) {
            throw new DataFormatException(path + ": the file is truncated or corrupt");
        }
    }

    private static Array pick(Array array, int entry, String source) {
        if (entry < 0) {
            return array;
        }
        int count = array.rank() == 0 ? 0 : array.size(0);
        if (entry >= count) {
            throw new DataFormatException(source + ": the file has " + count + " entries, the first is #0");
        }
        return array.slices(entry, entry + 1);
    }

    private static Array readIdx(Path path, DataInputStream in, int entry, String source) throws IOException {
        int magic = in.readInt();
        if (magic != IDX_IMAGES) {
            throw new DataFormatException(
                    path + ": neither npy, PNG nor IDX images, the file starts with 0x" + Integer.toHexString(magic));
        }
        int count = in.readInt();
        int height = in.readInt();
        int width = in.readInt();
        if (count < 0 || height < 1 || width < 1 || (long) height * width > MOST_VALUES) {
            throw new DataFormatException(
                    path + ": an IDX header cannot say " + count + " images of " + height + " x " + width);
        }
        if (entry >= count) {
            throw new DataFormatException(source + ": the file has " + count + " entries, the first is #0");
        }
        int pixels = height * width;
        if (entry >= 0) {
            in.skipNBytes((long) entry * pixels);
        }
        int wanted = entry >= 0 ? 1 : count;
        if ((long) wanted * pixels > MOST_VALUES) {
            throw new DataFormatException(path + ": holds more than " + MOST_VALUES + " pixels; pick one image with #");
        }
        // grows with the data that is really there, not with what the header claims
        byte[] bytes = in.readNBytes(wanted * pixels);
        if (bytes.length < wanted * pixels || (entry < 0 && in.read() >= 0)) {
            throw new DataFormatException(path + ": the header promises " + count + " images of " + height + " x "
                    + width + ", the data is of another length");
        }
        double[] values = new double[bytes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (bytes[i] & 0xff) / 255.0;
        }
        return Array.of(values, wanted, 1, height, width);
    }

    private static Array readPng(Path path) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(path.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png");
            ImageReader reader = readers.next();
            try {
                reader.setInput(in);
                if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_VALUES / 8) {
                    throw new DataFormatException(
                            path + ": a PNG of " + reader.getWidth(0) + " x " + reader.getHeight(0) + " is too large");
                }
                return pixels(reader.read(0));
            } finally {
                reader.dispose();
            }
        } catch (DataFormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new DataFormatException(path + ": the PNG is truncated or corrupt");
        }
    }

    private static Array pixels(BufferedImage image) {
        int height = image.getHeight();
        int width = image.getWidth();
        boolean indexed = image.getColorModel() instanceof java.awt.image.IndexColorModel;
        Raster raster = image.getRaster();
        int channels = !indexed && raster.getNumBands() <= 2 ? 1 : 3;
        double[] values = new double[channels * height * width];
        double largest = indexed ? 255 : (1 << raster.getSampleModel().getSampleSize(0)) - 1;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < channels; channel++) {
                    int sample =
                            indexed ? image.getRGB(x, y) >> (16 - 8 * channel) & 0xff : raster.getSample(x, y, channel);
                    values[(channel * height + y) * width + x] = sample / largest;
                }
            }
        }
        return Array.of(values, 1, channels, height, width);
    }

    /**
     * One line that names a shape.
     *
     * @param array any array
     * @return for instance "(1, 28, 28)"
     */
    public static String shapeOf(Array array) {
        String shape = Arrays.toString(array.shape());
        return "(" + shape.substring(1, shape.length() - 1) + ")";
    }
}
