package org.idem.provenance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** SHA-256 over files and words. Where it is equal in two processes, both were given the same. */
public final class Fingerprint {
    private static volatile @Nullable String program;

    private final MessageDigest digest;

    /** Of nothing yet. */
    public Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /**
     * Of this program's own classes, as they were when this was first asked for.
     *
     * @return hexadecimal digits
     * @throws IOException if they cannot be read
     */
    public static String ofProgram() throws IOException {
        String known = program;
        if (known == null) {
            CodeSource source = Objects.requireNonNull(
                    Fingerprint.class.getProtectionDomain().getCodeSource());
            try {
                known = new Fingerprint()
                        .files(Path.of(source.getLocation().toURI()))
                        .digits();
            } catch (URISyntaxException nowhere) {
                throw new IOException(nowhere.getMessage(), nowhere);
            }
            program = known;
        }
        return known;
    }

    /**
     * Adds a word.
     *
     * @param word any
     * @return this
     */
    public Fingerprint word(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + " ").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
        return this;
    }

    /**
     * Adds a file, or all files of a folder with their names, in the order of these. Links are followed.
     *
     * @param place what does not exist adds nothing but its absence
     * @return this
     * @throws IOException if a file cannot be read
     */
    public Fingerprint files(Path place) throws IOException {
        List<Path> files;
        try (Stream<Path> inside =
                Files.exists(place) ? Files.walk(place, FileVisitOption.FOLLOW_LINKS) : Stream.empty()) {
            files = inside.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
        word(String.valueOf(files.size()));
        for (Path file : files) {
            word(place.relativize(file).toString());
            word(String.valueOf(Files.size(file)));
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
        return this;
    }

    /**
     * All that was added.
     *
     * @return hexadecimal digits; nothing may be added afterwards
     */
    public String digits() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
