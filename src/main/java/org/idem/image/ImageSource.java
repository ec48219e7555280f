package org.idem.image;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.idem.array.Array;
import org.idem.array.DataFormatException;
import org.idem.array.InputFile;
import org.idem.array.NpyFile;

/**
 * Reads arrays and images named by a source.
 *
 * <p>A source is a path, or {@code path#7} for the eighth entry of a file, or {@code builtin:digit-3},
 * {@code builtin#7} or {@code builtin} for drawn images (a file of that name is reached as {@code ./builtin}). Files
 * are IDX images of unsigned bytes, PNG or npy, each also compressed by gzip; the format is told by the first bytes,
 * not by the name. IDX and PNG pixels are divided by the largest value that their format can store, without any
 * correction for gamma; the numbers of npy files are taken as they are.
 *
 * <p>Malformed input is refused in one line. Memory stays proportional to what a file really holds: a header alone
 * reserves nothing, and gzip data may unpack to at most 64 MiB or 16 times their size, whichever is more.
 */
public final class ImageSource {
    private static final Pattern ENTRY = Pattern.compile("(.*)#([0-9]+)", Pattern.DOTALL);
    private static final String BUILTIN = "builtin";
    private static final long UNPACKED_FREELY = 1L << 26;
    private static final int MOST_EXPANSION = 16;
    private static final int ALL = -1;

    private ImageSource() {}

    /**
     * Reads a source, npy files in the shape in which they are stored.
     *
     * @param source path, {@code path#k} or drawn image
     * @return npy: the array as stored, or its entry k of the first axis as one of (1, ...); otherwise (n, C, H, W)
     * @throws DataFormatException if the file is missing or malformed or has no such entry
     * @throws IOException if reading fails
     */
    public static Array read(String source) throws IOException {
        if (source.equals(BUILTIN) || source.startsWith(BUILTIN + ":") || source.startsWith(BUILTIN + "#")) {
            return Array.concatenate(builtin(source).stream().map(Image::batch).toList());
        }
        int entry = ALL;
        String file = source;
        Matcher matcher = ENTRY.matcher(source);
        if (matcher.matches() && (Files.exists(pathOf(matcher.group(1))) || !Files.exists(pathOf(source)))) {
            file = matcher.group(1);
            entry = entryNumber(matcher.group(2));
        }
        Path path = pathOf(file);
        if (entry == ALL && file.indexOf('#') >= 0 && !Files.exists(path)) {
            throw new DataFormatException(
                    source, "what follows # must be the number of an entry, counted from 0, and there is no such file");
        }
        try (InputStream raw = InputFile.open(path);
                InputStream in = new BufferedInputStream(raw, 1 << 16)) {
            return read(in, path.toString(), entry, InputFile.size(path), false);
        }
    }

    /**
     * Reads images.
     *
     * @param source path, {@code path#k} or drawn image; npy arrays (H, W) are one grey image, (n, H, W) n of them
     * @return (n, C, H, W), n = 1 for one entry
     * @throws DataFormatException if the file is missing or malformed, has no such entry or holds no images
     * @throws IOException if reading fails
     */
    public static Array readImages(String source) throws IOException {
        Array array = read(source);
        if (array.length() == 0 || array.rank() < 2) {
            throw new DataFormatException(
                    source,
                    "images must have shape (H, W), (n, H, W) or (n, C, H, W) of at least 1, got " + shapeOf(array));
        }
        return switch (array.rank()) {
            case 2 -> array.reshape(1, 1, array.size(0), array.size(1));
            case 3 -> array.reshape(array.size(0), 1, array.size(1), array.size(2));
            default -> array;
        };
    }

    /**
     * Reads images one by one, with names; {@code builtin} gives the whole standard set, of several sizes.
     *
     * @param source as for {@link #readImages}
     * @return at least one image, named by source and number
     * @throws DataFormatException also if a pixel is not finite
     * @throws IOException if reading fails
     */
    public static List<Image> readAll(String source) throws IOException {
        if (source.equals(BUILTIN)) {
            return DrawnImages.standardSet();
        }
        Array images = readImages(source);
        int wrong = images.firstNonFinite();
        if (wrong >= 0) {
            throw new DataFormatException(
                    source, "pixels must be finite, got " + images.values()[wrong] + " at position " + wrong);
        }
        boolean named = images.size(0) == 1;
        List<Image> all = new ArrayList<>();
        for (int i = 0; i < images.size(0); i++) {
            all.add(new Image(named ? source : source + "#" + i, images.slice(i)));
        }
        return all;
    }

    private static List<Image> builtin(String source) {
        List<Image> all = DrawnImages.standardSet();
        Matcher numbered = ENTRY.matcher(source);
        if (numbered.matches() && numbered.group(1).equals(BUILTIN)) {
            int entry = entryNumber(numbered.group(2));
            checkEntry(source, entry, all.size());
            return all.subList(entry, entry + 1);
        }
        if (source.startsWith(BUILTIN + ":")) {
            String name = source.substring(BUILTIN.length() + 1);
            return List.of(all.stream()
                    .filter(image -> image.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new DataFormatException(
                            source,
                            "a drawn image must be one of "
                                    + String.join(
                                            ", ", all.stream().map(Image::name).toList()))));
        }
        if (!source.equals(BUILTIN)) {
            throw new DataFormatException(source, "what follows # must be the number of an entry, counted from 0");
        }
        return all.stream()
                .filter(image -> Arrays.equals(
                        image.pixels().shape(), all.get(0).pixels().shape()))
                .toList();
    }

    private static Array read(InputStream in, String name, int entry, OptionalLong size, boolean unpacked)
            throws IOException {
        in.mark(16);
        byte[] start = in.readNBytes(8);
        in.reset();
        if (NpyFile.hasMagic(start)) {
            return pick(NpyFile.readContent(in, name, size).array(), entry, name);
        }
        if (PngFile.hasMagic(start)) {
            checkEntry(name, entry, 1);
            return PngFile.read(in, name);
        }
        if (IdxFile.hasMagic(start)) {
            return IdxFile.read(in, name, entry, size);
        }
        if (!unpacked && start.length >= 2 && start[0] == 0x1F && start[1] == (byte) 0x8B) {
            return unpack(in, name, entry, size);
        }
        throw new DataFormatException(
                name, "must be IDX images, PNG or npy, plain or by gzip, but begins with " + hexadecimal(start));
    }

    private static Array unpack(InputStream in, String name, int entry, OptionalLong size) throws IOException {
        long limit = Math.max(UNPACKED_FREELY, MOST_EXPANSION * size.orElse(0));
        try (InputStream unzipped = new GZIPInputStream(in, 1 << 16);
                InputStream bounded = new BufferedInputStream(new BoundedInputStream(unzipped, limit, name), 1 << 16)) {
            return read(bounded, name, entry, OptionalLong.empty(), true);
        } catch (ZipException | EOFException broken) {
            throw new DataFormatException(name, "gzip data must be whole, but: " + broken.getMessage());
        }
    }

    private static Array pick(Array array, int entry, String source) {
        if (entry == ALL) {
            return array;
        }
        checkEntry(source, entry, array.rank() == 0 ? 0 : array.size(0));
        return array.slices(entry, entry + 1);
    }

    /** Refuses an entry that a file of so many entries does not have. */
    static void checkEntry(String source, int entry, int count) {
        if (entry >= count) {
            throw new DataFormatException(
                    source, "has " + count + (count == 1 ? " entry" : " entries") + ", counted from #0, got #" + entry);
        }
    }

    /** Numbers beyond the int range become the largest int, which no file has as entry. */
    private static int entryNumber(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException tooLarge) {
            return Integer.MAX_VALUE;
        }
    }

    private static Path pathOf(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException invalid) {
            throw new DataFormatException(file, "must be a path, but: " + invalid.getReason());
        }
    }

    private static String hexadecimal(byte[] bytes) {
        if (bytes.length == 0) {
            return "nothing: it is empty";
        }
        StringBuilder text = new StringBuilder("0x");
        for (byte b : bytes) {
            text.append(Character.forDigit(b >> 4 & 0xF, 16)).append(Character.forDigit(b & 0xF, 16));
        }
        return text.toString();
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
