package org.idem.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.idem.array.Array;
import org.idem.array.DataFormatException;
import org.idem.array.DataStream;
import org.idem.array.InputFile;
import org.idem.array.NpyFile;
import org.idem.array.NpzFile;
import org.idem.array.Precision;
import org.idem.array.ScratchFolder;

/**
 * Reads arrays and images named by a source.
 *
 * <p>A source is a path, or {@code path#7} for the eighth entry of a file, or {@code builtin:digit-3},
 * {@code builtin#7} or {@code builtin} for drawn images (a file of that name is reached as {@code ./builtin}). Files
 * are IDX images of unsigned bytes, PNG or npy, each also compressed by gzip, or npz archives, of which
 * {@code path:name} and {@code path:name#7} pick an array; the format is told by the first bytes, not by the name. IDX
 * and PNG pixels are divided by the largest value that their format can store, without any correction for gamma; the
 * numbers of npy and npz files are taken as they are.
 *
 * <p>Malformed input is refused in one line. Memory stays proportional to what a file really holds: a header alone
 * reserves nothing, and packed data may become at most as many numbers as {@link DataStream#mostNumbers} says.
 */
public final class ImageSource {
    private static final String BUILTIN = "builtin";

    /** Files packed by gzip that were found to be whole. */
    private static final Set<PackedFile> WHOLE = ConcurrentHashMap.newKeySet();

    private record PackedFile(Path path, FileTime written, long bytes) {}

    private ImageSource() {}

    /**
     * Reads a source, npy files in the shape in which they are stored.
     *
     * @param source path, {@code path#k}, {@code path:name}, {@code path:name#k} or drawn image
     * @return npy: the array as stored, or its entry k of the first axis as one of (1, ...); otherwise (n, C, H, W)
     * @throws DataFormatException if the file is missing or malformed or has no such entry
     * @throws IOException if reading fails
     */
    public static Array read(String source) throws IOException {
        return readContent(source).array();
    }

    /**
     * Reads a source like {@link #read} and tells the precision of its numbers.
     *
     * @param source path, {@code path#k}, {@code path:name}, {@code path:name#k} or drawn image
     * @return array and precision: that of a npy file, float64 for all others
     * @throws DataFormatException if the file is missing or malformed or has no such entry
     * @throws IOException if reading fails
     */
    public static NpyFile.Content readContent(String source) throws IOException {
        return contents(source, false).values().iterator().next();
    }

    /** One array whose name is empty; if all are wanted and an archive holds several, each by its name. */
    private static Map<String, NpyFile.Content> contents(String source, boolean all) throws IOException {
        if (source.equals(BUILTIN) || source.startsWith(BUILTIN + ":") || source.startsWith(BUILTIN + "#")) {
            return one(exact(
                    Array.concatenate(builtin(source).stream().map(Image::batch).toList())));
        }
        SourceName named = SourceName.parse(source);
        refuseWord(named.path());
        boolean several = all && named.picked() == null && named.entry() == DataStream.ALL;
        try (InputStream raw = InputFile.open(named.path());
                InputStream in = new BufferedInputStream(raw, 1 << 16)) {
            byte[] start = start(in);
            if (NpzFile.hasMagic(start) && Files.isRegularFile(named.path())) {
                return archive(named.path(), named, several);
            }
            DataStream file = DataStream.plain(in, named.path().toString(), InputFile.size(named.path()));
            boolean packed = start.length >= 2 && start[0] == 0x1F && start[1] == (byte) 0x8B;
            return packed ? unpack(file, named, several) : read(file, start, named, several);
        }
    }

    private static Map<String, NpyFile.Content> one(NpyFile.Content content) {
        return Map.of("", content);
    }

    /** Refuses a missing file whose name is one bare word: it is more likely a drawn image, misspelt. */
    private static void refuseWord(Path missing) {
        String name = missing.toString();
        if (name.chars().allMatch(Character::isLetter) && !Files.exists(missing)) {
            throw new DataFormatException(
                    name,
                    "there is no such file; drawn images are called " + BUILTIN + ", and one of them " + BUILTIN
                            + "#3");
        }
    }

    /**
     * Reads the arrays that a source names, all of them if it names an archive.
     *
     * @param source as for {@link #read}
     * @return arrays by name for an archive of which none is picked; otherwise one array whose name is empty; a pipe is
     *     read once
     * @throws DataFormatException if the file is missing or malformed or has no such entry
     * @throws IOException if reading fails
     */
    public static Map<String, Array> readNamed(String source) throws IOException {
        Map<String, Array> arrays = new LinkedHashMap<>();
        contents(source, true).forEach((name, content) -> arrays.put(name, content.array()));
        return arrays;
    }

    private static Map<String, NpyFile.Content> archive(Path place, SourceName named, boolean several)
            throws IOException {
        String shown = named.path().toString();
        return several
                ? NpzFile.readAll(place, shown)
                : one(NpzFile.readPicked(place, shown, named.picked(), named.entry()));
    }

    /**
     * Reads an archive. Its directory comes last, so one that arrives by a pipe or packed by gzip is first copied to a
     * file.
     */
    private static Map<String, NpyFile.Content> archive(DataStream data, SourceName named, boolean several)
            throws IOException {
        try (ScratchFolder scratch = new ScratchFolder()) {
            Path whole = scratch.path().resolve("whole.npz");
            Files.copy(data.bytes(), whole);
            return archive(whole, named, several);
        }
    }

    private static NpyFile.Content exact(Array array) {
        return new NpyFile.Content(array, Precision.FLOAT64);
    }

    private static byte[] start(InputStream in) throws IOException {
        in.mark(16);
        byte[] start = in.readNBytes(8);
        in.reset();
        return start;
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
        return images(source, read(source));
    }

    private static Array images(String source, Array array) {
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
        return named(source, read(source));
    }

    /**
     * Reads images like {@link #readAll}, those of every array where the source is an archive and picks none.
     *
     * @param source as for {@link #readImages}
     * @return at least one image, named by source, name of the array and number
     * @throws DataFormatException also if a pixel is not finite
     * @throws IOException if reading fails
     */
    public static List<Image> readEvery(String source) throws IOException {
        if (source.equals(BUILTIN)) {
            return DrawnImages.standardSet();
        }
        Map<String, Array> arrays = readNamed(source);
        if (arrays.isEmpty()) {
            throw new DataFormatException(source, "must hold at least one array, but holds none");
        }
        List<Image> all = new ArrayList<>();
        arrays.forEach((name, array) -> all.addAll(named(arrays.size() == 1 ? source : source + ":" + name, array)));
        return all;
    }

    private static List<Image> named(String source, Array array) {
        Array images = images(source, array);
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

    /**
     * What a source names only in part.
     *
     * @param source as for {@link #read}
     * @return how many images {@link #read} takes of how many, and how to name the others; empty if it takes all
     */
    public static String leftOut(String source) {
        if (!source.equals(BUILTIN)) {
            return "";
        }
        List<Image> taken = builtin(source);
        int all = DrawnImages.standardSet().size();
        return taken.size() == all
                ? ""
                : "takes " + taken.size() + " of the " + all + " drawn images, those of "
                        + taken.get(0).height() + " × " + taken.get(0).width()
                        + " pixels; others go by their names, builtin:NAME, which 'idem images' lists";
    }

    private static List<Image> builtin(String source) {
        List<Image> all = DrawnImages.standardSet();
        if (source.matches(BUILTIN + "#[0-9]+")) {
            long entry = DataStream.entryNumber(source.substring(BUILTIN.length() + 1));
            DataStream.plain(InputStream.nullInputStream(), source, OptionalLong.empty())
                    .checkEntry(entry, all.size());
            return all.subList((int) entry, (int) entry + 1);
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

    private static Map<String, NpyFile.Content> read(DataStream data, byte[] start, SourceName named, boolean several)
            throws IOException {
        long entry = named.entry();
        if (NpzFile.hasMagic(start)) {
            return archive(data, named, several);
        }
        if (named.picked() != null) {
            throw new DataFormatException(
                    data.name(),
                    "must be an archive (.npz) for its array '" + named.picked() + "' to be picked, but begins with "
                            + hexadecimal(start));
        }
        if (NpyFile.hasMagic(start)) {
            return one(NpyFile.readContent(data, entry));
        }
        if (PngFile.hasMagic(start)) {
            data.checkEntry(entry, 1);
            return one(exact(PngFile.read(data.bytes(), data.name())));
        }
        if (IdxFile.hasMagic(start)) {
            return one(exact(IdxFile.read(data, entry)));
        }
        throw new DataFormatException(
                data.name(),
                "must be IDX images, PNG or npy, plain or by gzip, or npz, but begins with " + hexadecimal(start));
    }

    private static Map<String, NpyFile.Content> unpack(DataStream file, SourceName named, boolean several)
            throws IOException {
        long packedBytes = file.size().orElse(0);
        long mostBytes = Double.BYTES * DataStream.mostNumbers(packedBytes);
        try (InputStream unzipped = GzipStream.of(file.bytes(), file.name());
                InputStream in =
                        new BufferedInputStream(new BoundedInputStream(unzipped, mostBytes, file.name()), 1 << 16)) {
            byte[] start = start(in);
            Map<String, NpyFile.Content> content = read(
                    DataStream.unpacked(in, file.name(), OptionalLong.empty(), packedBytes), start, named, several);
            if (named.entry() != DataStream.ALL) {
                requireWhole(named.path(), unzipped, mostBytes);
            }
            return content;
        }
    }

    /** Unpacks what is left of a file, up to so many bytes, unless that has been done before. */
    private static void requireWhole(Path path, InputStream rest, long mostBytes) throws IOException {
        PackedFile file = new PackedFile(path, Files.getLastModifiedTime(path), Files.size(path));
        if (Files.isRegularFile(path) && WHOLE.contains(file)) {
            return;
        }
        byte[] bytes = new byte[1 << 16];
        int got = 0;
        for (long left = mostBytes; got >= 0 && left > 0; left -= got) {
            got = rest.read(bytes);
        }
        WHOLE.add(file);
    }

    private static String hexadecimal(byte[] bytes) {
        if (bytes.length == 0) {
            return "nothing: it is empty";
        }
        StringBuilder text = new StringBuilder("0x");
        for (byte b : bytes) {
            text.append(Character.forDigit(b >> 4 & 0xF, 16)).append(Character.forDigit(b & 0xF, 16));
        }
        return text + foreign(bytes);
    }

    /** First bytes of other formats, in Latin-1, with the formats' names. */
    private static String foreign(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        for (String[] format : new String[][] {
            {"\u00FF\u00D8\u00FF", "a JPEG image"},
            {"GIF8", "a GIF image"},
            {"BM", "a BMP image"},
            {"II*\0", "a TIFF image"},
            {"MM\0*", "a TIFF image"},
            {"RIFF", "a WebP image"},
            {"\u0089HDF", "HDF5"},
            {"MATLAB", "a MATLAB file"},
            {"BZh", "packed by bzip2"},
            {"\u00FD7zXZ", "packed by xz"},
            {"(\u00B5/\u00FD", "packed by zstd"},
            {"\u0080\u0004", "a Python pickle"},
            {"\u0080\u0002", "a Python pickle"}
        }) {
            if (text.startsWith(format[0])) {
                return ", as if it were " + format[1];
            }
        }
        return "";
    }

    /**
     * A shape in words.
     *
     * @param array any array
     * @return for instance "(1, 28, 28)"
     */
    public static String shapeOf(Array array) {
        String shape = Arrays.toString(array.shape());
        return "(" + shape.substring(1, shape.length() - 1) + ")";
    }
}
