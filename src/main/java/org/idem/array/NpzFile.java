package org.idem.array;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * NumPy's npz files: zip archives of npy files, stored or deflated, with or without the zip64 extension.
 *
 * <p>Arrays are read directly from the archive and nothing is unpacked to disk, so names such as {@code ../x} do no
 * harm. The sizes that the directory of the archive declares are compared with its real bytes before any memory is
 * allocated. The checksum is verified where a whole array is read.
 */
public final class NpzFile {
    private static final String NPY = ".npy";
    /** No deflate stream unpacks to more bytes per byte; see https://zlib.net/zlib_tech.html. */
    private static final int GREATEST_EXPANSION = 1032;

    private static final int LISTED = 20;
    /** The earliest date of zip: with a fixed date, equal arrays give equal files. */
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final Pattern NUMBERED = Pattern.compile("(.*)#([0-9]+)", Pattern.DOTALL);

    private NpzFile() {}

    /**
     * Whether a file starts with the magic bytes of an archive, which may be empty.
     *
     * @param start at least the first four bytes of the file
     * @return true if they are those of a zip file
     */
    public static boolean hasMagic(byte[] start) {
        return start.length >= 4
                && start[0] == 'P'
                && start[1] == 'K'
                && (start[2] == 3 && start[3] == 4 || start[2] == 5 && start[3] == 6);
    }

    /**
     * Reads an array of an archive.
     *
     * @param path the archive
     * @param member name of the array, with or without {@code .npy}; null for the only one
     * @param entry which entry of the array's first axis, counted from 0, or {@link DataStream#ALL}
     * @return the array and its precision
     * @throws DataFormatException if the archive is malformed, has no such array, or several of which none is named
     * @throws IOException if reading fails
     */
    public static NpyFile.Content readContent(Path path, @Nullable String member, long entry) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new DataFormatException(
                    path.toString(), "an archive (.npz) must be a file, not a pipe, because its directory comes last");
        }
        return picked(path, path.toString(), archive -> new Pick(find(archive, path.toString(), member), entry));
    }

    /**
     * Reads an array of an archive as a command line names it: {@code w}, or {@code w#7} for its eighth entry. Names
     * may hold hashes themselves: the array of the whole name is meant where there is one.
     *
     * @param path the archive, a file
     * @param shown how messages call it
     * @param picked what is picked; null for the only array
     * @param entry of the only array, where nothing is picked: counted from 0, or {@link DataStream#ALL}
     * @return the array and its precision
     * @throws DataFormatException if the archive is malformed, has no such array, or several of which none is named
     * @throws IOException if reading fails
     */
    public static NpyFile.Content readPicked(Path path, String shown, @Nullable String picked, long entry)
            throws IOException {
        return picked(path, shown, archive -> {
            if (picked == null) {
                return new Pick(find(archive, shown, null), entry);
            }
            Matcher numbered = NUMBERED.matcher(picked);
            return named(archive, picked) == null && numbered.matches()
                    ? new Pick(find(archive, shown, numbered.group(1)), DataStream.entryNumber(numbered.group(2)))
                    : new Pick(find(archive, shown, picked), DataStream.ALL);
        });
    }

    /**
     * Reads all arrays of an archive.
     *
     * @param path the archive, a file
     * @return arrays and precisions by name, without {@code .npy}, in the order of their names
     * @throws DataFormatException if the archive or one of its arrays is malformed, or two have the same name
     * @throws IOException if reading fails
     */
    public static SortedMap<String, NpyFile.Content> readAll(Path path) throws IOException {
        return readAll(path, path.toString());
    }

    /**
     * Reads all arrays of an archive that has another name for its user.
     *
     * @param path the archive, a file
     * @param shown how messages call it
     * @return arrays and precisions by name, without {@code .npy}, in the order of their names
     * @throws DataFormatException if the archive or one of its arrays is malformed, or two have the same name
     * @throws IOException if reading fails
     */
    public static SortedMap<String, NpyFile.Content> readAll(Path path, String shown) throws IOException {
        return opened(path, shown, archive -> {
            SortedMap<String, NpyFile.Content> all = new TreeMap<>();
            List<? extends ZipEntry> members =
                    archive.stream().filter(entry -> !entry.isDirectory()).toList();
            for (ZipEntry member : members) {
                NpyFile.Content content =
                        readContent(archive, shown, Files.size(path), new Pick(member, DataStream.ALL));
                if (all.put(shortName(member), content) != null) {
                    throw new DataFormatException(
                            shown, "must hold a name once, got '" + shortName(member) + "' twice");
                }
            }
            return all;
        });
    }

    /** A member and which entry of its first axis. */
    private record Pick(ZipEntry member, long entry) {}

    private interface Reading<T> {
        T from(ZipFile archive) throws IOException;
    }

    private static NpyFile.Content picked(Path path, String shown, Function<ZipFile, Pick> picking) throws IOException {
        return opened(path, shown, archive -> readContent(archive, shown, Files.size(path), picking.apply(archive)));
    }

    private static <T> T opened(Path path, String shown, Reading<T> reading) throws IOException {
        try (ZipFile archive = new ZipFile(path.toFile())) {
            return reading.from(archive);
        } catch (DataFormatException refusal) {
            throw refusal;
        } catch (ZipException | EOFException | IllegalArgumentException broken) {
            throw new DataFormatException(
                    shown,
                    "an archive (.npz) must be whole, but its directory or the packed bytes of an array are damaged;"
                            + " copy or download the file again");
        }
    }

    private static NpyFile.Content readContent(ZipFile archive, String path, long archiveBytes, Pick pick)
            throws IOException {
        ZipEntry found = pick.member();
        String name = path + ":" + shortName(found);
        long size = found.getSize();
        long packed = found.getCompressedSize();
        boolean stored = found.getMethod() == ZipEntry.STORED;
        if (packed < 0 || packed > archiveBytes) {
            throw new DataFormatException(
                    name, "must fit into the " + archiveBytes + " bytes of the archive, but declares " + packed);
        }
        if (size < 0 || (stored ? size != packed : size > packed * GREATEST_EXPANSION)) {
            throw new DataFormatException(name, packed + " packed bytes cannot become the declared " + size);
        }
        CheckedInputStream checked = new CheckedInputStream(archive.getInputStream(found), new CRC32());
        try (BufferedInputStream in = new BufferedInputStream(checked, 1 << 16)) {
            OptionalLong bytes = OptionalLong.of(size);
            DataStream data = stored ? DataStream.plain(in, name, bytes) : DataStream.unpacked(in, name, bytes, packed);
            NpyFile.Content content = NpyFile.readContent(data, pick.entry());
            if (pick.entry() == DataStream.ALL && checked.getChecksum().getValue() != found.getCrc()) {
                throw new DataFormatException(name, "must match its checksum in the archive, but does not");
            }
            return content;
        }
    }

    /** The member of exactly that name, with or without {@code .npy}; null if there is none. */
    private static @Nullable ZipEntry named(ZipFile archive, String member) {
        ZipEntry exact = archive.getEntry(member);
        return exact == null || exact.isDirectory() ? archive.getEntry(member + NPY) : exact;
    }

    private static ZipEntry find(ZipFile archive, String path, @Nullable String member) {
        if (member != null) {
            ZipEntry found = named(archive, member);
            if (found == null) {
                throw new DataFormatException(path, "has no array '" + member + "'; " + listing(archive));
            }
            return found;
        }
        List<? extends ZipEntry> all =
                archive.stream().filter(entry -> !entry.isDirectory()).limit(2).toList();
        if (all.size() != 1) {
            throw new DataFormatException(
                    path,
                    "must hold one array, or one must be picked as FILE:NAME or FILE:NAME#7; " + listing(archive));
        }
        return all.get(0);
    }

    private static String listing(ZipFile archive) {
        List<String> names = archive.stream()
                .filter(entry -> !entry.isDirectory())
                .limit(LISTED + 1)
                .map(NpzFile::shortName)
                .toList();
        if (names.isEmpty()) {
            return "it holds none";
        }
        boolean checkpoint = names.stream().anyMatch(name -> name.endsWith("data.pkl"));
        return (checkpoint ? "it is a checkpoint of PyTorch, of which numpy.savez saves the arrays; " : "")
                + "it holds "
                + String.join(", ", names.subList(0, Math.min(LISTED, names.size())))
                + (names.size() > LISTED ? ", …" : "");
    }

    private static String shortName(ZipEntry entry) {
        String name = entry.getName();
        return name.endsWith(NPY) ? name.substring(0, name.length() - NPY.length()) : name;
    }

    /**
     * Writes an archive of one array, deflated; the file appears whole or not at all.
     *
     * @param path where; its folder must exist, an existing file is replaced
     * @param member name of the array, without {@code .npy}
     * @param array any array of 0 to 4 axes
     * @param precision the format of the numbers, which are rounded to it
     * @throws IllegalArgumentException if a finite number overflows float32 or there are more than 4 axes
     * @throws IOException if writing fails
     */
    public static void write(Path path, String member, Array array, Precision precision) throws IOException {
        write(path, Map.of(member, new NpyFile.Content(array, precision)));
    }

    /**
     * Writes an archive of several arrays, deflated, in the order of their names; the file appears whole or not at all.
     *
     * @param path where; its folder must exist, an existing file is replaced
     * @param members arrays of 0 to 4 axes by name, without {@code .npy}; numbers are rounded to the precision given
     * @throws IllegalArgumentException if a finite number overflows float32 or there are more than 4 axes
     * @throws IOException if writing fails
     */
    public static void write(Path path, Map<String, NpyFile.Content> members) throws IOException {
        WholeFile.write(path, content(members.keySet(), members::get));
    }

    /**
     * Bytes of an archive of several arrays, deflated, in the order of their names, for {@link WholeFile#writeAll}.
     * Each array is asked for when it is written, so that they need not all be in memory.
     *
     * @param names of the arrays, without {@code .npy}
     * @param member array of 0 to 4 axes of a name; numbers are rounded to the precision given
     * @return writes them, with the exceptions of {@link #write(Path, Map)}
     */
    public static WholeFile.Content content(Collection<String> names, Function<String, NpyFile.Content> member) {
        return out -> {
            // headers come byte by byte
            ZipOutputStream archive = new ZipOutputStream(new BufferedOutputStream(out));
            for (String name : new TreeSet<>(names)) {
                ZipEntry entry = new ZipEntry(name + NPY);
                entry.setTimeLocal(EPOCH);
                archive.putNextEntry(entry);
                NpyFile.Content content = member.apply(name);
                NpyFile.write(archive, content.array(), content.precision());
                archive.closeEntry();
            }
            archive.finish();
            archive.flush();
        };
    }
}
