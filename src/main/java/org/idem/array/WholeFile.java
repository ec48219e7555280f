package org.idem.array;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Output files that appear whole or not at all.
 *
 * <p>The bytes go to a hidden sibling that replaces the target in one step once complete. Where writing fails, or the
 * process is interrupted (Ctrl-C), the sibling is deleted and the target stays as it was. A process that is killed at
 * once may leave the sibling behind ({@code .idem-*.part}), but never a broken target; {@link #removeAbandoned} tidies
 * up after it.
 */
public final class WholeFile {
    private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();
    private static final AtomicLong COUNTER = new AtomicLong();
    /** Links that lead to one place; Linux follows as many. */
    private static final int MOST_LINKS = 40;
    /** Names of unfinished files, and of those that try out whether a folder can be written, with their process. */
    private static final Pattern UNFINISHED_NAME = Pattern.compile("\\.idem-([0-9]{1,18})-[0-9a-f-]+\\.(?:part|try)");

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> UNFINISHED.forEach(WholeFile::forget), "unfinished-files"));
    }

    /** Produces the bytes of one file. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes everything.
         *
         * @param out unbuffered; it is closed for the writer
         * @throws IOException if writing fails
         */
        void writeTo(OutputStream out) throws IOException;
    }

    private WholeFile() {}

    /**
     * Where an output lands. Links are followed as the system follows them, those of folders as well as those of files,
     * and also where the last of them leads to nothing yet.
     *
     * @param target any; a device or pipe keeps its name
     * @return an absolute path, without links as far as its folders exist, and without {@code .} and {@code ..}
     * @throws IOException if links lead in a circle, if {@code ..} follows what is no folder, where the system finds no
     *     way, or if the system does not tell where links lead
     */
    public static Path placeOf(Path target) throws IOException {
        return placeOf(target.toAbsolutePath(), 0);
    }

    private static Path placeOf(Path path, int links) throws IOException {
        if (links > MOST_LINKS) {
            throw new FileSystemException(path.toString(), null, "its links lead in a circle");
        }
        // the names that a system gives to open pipes, such as /dev/fd/63, lead to no real path
        if (Files.exists(path)) {
            return isDevice(path) ? path : path.toRealPath();
        }
        Path parent = path.getParent();
        if (parent == null) {
            return path;
        }
        if (path.endsWith("..")) {
            throw new FileSystemException(
                    path.toString(), null, "'..' must follow a folder that exists, and " + parent + " is none");
        }
        Path above = placeOf(parent, links);
        if (path.endsWith(".")) {
            return above;
        }
        Path place = above.resolve(path.getFileName());
        return Files.isSymbolicLink(place)
                ? placeOf(place.resolveSibling(Files.readSymbolicLink(place)), links + 1)
                : place;
    }

    /**
     * Whether two outputs land in the same place, so that one would replace the other.
     *
     * @param one file, device or pipe
     * @param other file, device or pipe
     * @return true also where different links lead there
     * @throws IOException if it cannot be told where one of them lands
     */
    public static boolean same(Path one, Path other) throws IOException {
        return isDevice(one) && isDevice(other)
                ? Files.isSameFile(one, other)
                : placeOf(one).equals(placeOf(other));
    }

    /**
     * Whether an output is a device or pipe, which is written to directly. Others are files, which are replaced.
     *
     * @param target any
     * @return false also where nothing exists
     */
    public static boolean isDevice(Path target) {
        return Files.exists(target) && !Files.isRegularFile(target) && !Files.isDirectory(target);
    }

    /**
     * Writes a file, replacing an existing one, in the place that {@link #placeOf} tells. Devices and pipes are written
     * to directly.
     *
     * @param target where; its folder must exist
     * @param content what
     * @throws IOException if the folder does not exist, the target is a folder or writing fails; the target is then as
     *     before
     */
    public static void write(Path target, Content content) throws IOException {
        writeAll(Map.of(target, content));
    }

    /**
     * Writes several files, all or none: no target is replaced before the bytes of all are on the disk. Devices and
     * pipes get theirs after the files' and before any target is replaced.
     *
     * @param contents what to write, by target, in the order in which it is written; the targets' folders must exist
     * @throws IOException if a folder does not exist, a target is a folder or writing fails; all files are then as
     *     before
     */
    public static void writeAll(Map<Path, Content> contents) throws IOException {
        Map<Path, Content> devices = new LinkedHashMap<>();
        List<Draft> drafts = new ArrayList<>();
        try {
            for (Map.Entry<Path, Content> one : contents.entrySet()) {
                Path target = one.getKey();
                if (isDevice(target)) {
                    devices.put(target, one.getValue());
                } else {
                    Draft draft = draft(target);
                    UNFINISHED.add(draft.part);
                    drafts.add(draft);
                    fill(target, draft.part, StandardOpenOption.CREATE_NEW, one.getValue());
                }
            }
            for (Map.Entry<Path, Content> one : devices.entrySet()) {
                fill(one.getKey(), one.getKey(), StandardOpenOption.WRITE, one.getValue());
            }
            for (Draft draft : drafts) {
                replace(draft);
            }
        } finally {
            drafts.forEach(draft -> forget(draft.part));
        }
    }

    /**
     * A file that is being written.
     *
     * @param target as the caller names it
     * @param place where it lands
     * @param part sibling of the place that takes the bytes
     */
    private record Draft(Path target, Path place, Path part) {}

    private static Draft draft(Path target) throws IOException {
        Path place = placeOf(target);
        Path folder = place.getParent();
        if (folder == null || Files.isDirectory(place) || target.endsWith(".")) {
            throw new FileSystemException(target.toString(), null, "must be a file to write to, but is a folder");
        }
        if (!Files.isDirectory(folder)) {
            throw new FileSystemException(
                    target.toString(), null, "the folder of an output file must exist, got " + folder);
        }
        return new Draft(target, place, sibling(folder, "part"));
    }

    private static void fill(Path target, Path place, StandardOpenOption how, Content content) throws IOException {
        try (OutputStream out = Files.newOutputStream(place, how, StandardOpenOption.WRITE)) {
            content.writeTo(out);
        } catch (FileSystemException failure) {
            throw refused(target, failure);
        } catch (IOException failure) {
            // a full disk is reported without the file that it did not take
            throw new IOException(target + ": " + failure.getMessage(), failure);
        }
    }

    private static void replace(Draft draft) throws IOException {
        try {
            move(draft.part, draft.place);
        } catch (FileSystemException failure) {
            throw refused(draft.target, failure);
        }
    }

    /** Names the target in place of the sibling that was written. */
    private static FileSystemException refused(Path target, FileSystemException failure) {
        return new FileSystemException(
                target.toString(),
                null,
                failure instanceof AccessDeniedException ? "access is denied" : failure.getReason());
    }

    /**
     * Writes text in UTF-8.
     *
     * @param target where; its folder must exist
     * @param text what
     * @throws IOException if the folder does not exist, the target is a folder or writing fails; the target is then as
     *     before
     */
    public static void write(Path target, String text) throws IOException {
        write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Path sibling(Path folder, String ending) {
        return folder.resolve(".idem-" + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet() + "-"
                + Long.toHexString(System.nanoTime()) + "." + ending);
    }

    /**
     * Finds out whether a folder accepts files: creates an empty one and deletes it.
     *
     * @param folder an existing one
     * @throws IOException if it does not
     */
    public static void tryOut(Path folder) throws IOException {
        Files.delete(Files.createFile(sibling(folder, "try")));
    }

    /**
     * Deletes what processes that were killed left of files in a folder. Nobody on another machine may be writing
     * there.
     *
     * @param folder any; nothing happens if it is none
     * @throws IOException if it cannot be read
     */
    public static void removeAbandoned(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".idem-*")) {
            for (Path file : files) {
                Matcher name = UNFINISHED_NAME.matcher(file.getFileName().toString());
                if (name.matches() && isAbandoned(file, Long.parseLong(name.group(1)))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
    }

    /** An earlier process may have had this one's number. */
    private static boolean isAbandoned(Path file, long process) {
        return process == ProcessHandle.current().pid()
                ? UNFINISHED.stream().noneMatch(ours -> ours.getFileName().equals(file.getFileName()))
                : ProcessHandle.of(process).isEmpty();
    }

    private static void move(Path part, Path file) throws IOException {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException unsupported) {
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void forget(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            UNFINISHED.remove(part);
        }
    }
}
