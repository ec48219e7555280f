package org.idem.array;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A hash of words, numbers and files, the same on every machine. Two that differ in anything have different words. */
public final class Digest {
    /** Digits of a word, two for each byte: two of a million keys agree by accident with a probability below 10⁻¹². */
    private static final int KEPT = 24;

    private final MessageDigest hash;

    /** A hash of nothing yet. */
    public Digest() {
        try {
            hash = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private Digest(MessageDigest hash) {
        this.hash = hash;
    }

    /**
     * The same so far.
     *
     * @return to which others can be added
     */
    public Digest copy() {
        try {
            return new Digest((MessageDigest) hash.clone());
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("Java's own SHA-256 can be copied", impossible);
        }
    }

    /**
     * Adds words.
     *
     * @param words any
     * @return this
     */
    public Digest add(String words) {
        hash.update(words.getBytes(StandardCharsets.UTF_8));
        hash.update((byte) 0);
        return this;
    }

    /**
     * Adds shape and bits of an array.
     *
     * @param array any
     * @return this
     */
    public Digest add(Array array) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (1 + array.rank()) + Double.BYTES * array.length());
        bytes.putInt(array.rank());
        for (int size : array.shape()) {
            bytes.putInt(size);
        }
        for (double value : array.values()) {
            bytes.putDouble(value);
        }
        hash.update(bytes.array());
        return this;
    }

    /**
     * Adds a file, or all files of a folder with their names, in the order of these. Links are followed.
     *
     * @param place what does not exist adds nothing but its absence
     * @return this
     * @throws IOException if a file cannot be read
     */
    public Digest addFiles(Path place) throws IOException {
        List<Path> files;
        try (Stream<Path> inside =
                Files.exists(place) ? Files.walk(place, FileVisitOption.FOLLOW_LINKS) : Stream.empty()) {
            files = inside.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
        add(String.valueOf(files.size()));
        for (Path file : files) {
            add(place.relativize(file).toString());
            add(String.valueOf(Files.size(file)));
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), hash)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
        return this;
    }

    /**
     * The hash of all that was added; nothing may be added afterwards.
     *
     * @return its first 24 hexadecimal digits
     */
    public String word() {
        return digits().substring(0, KEPT);
    }

    /**
     * The whole hash of all that was added; nothing may be added afterwards.
     *
     * @return 64 hexadecimal digits
     */
    public String digits() {
        return HexFormat.of().formatHex(hash.digest());
    }
}
