package org.idem.provenance;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Objects;
import org.idem.array.Digest;
import org.jspecify.annotations.Nullable;

/** Tells whether two processes run the same program: the version alone does not, while the program is worked on. */
public final class Fingerprint {
    private static volatile @Nullable String program;

    private Fingerprint() {}

    /**
     * A hash of this program's own classes, as they were when this was first asked for.
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
                known = new Digest()
                        .addFiles(Path.of(source.getLocation().toURI()))
                        .digits();
            } catch (URISyntaxException nowhere) {
                throw new IOException(nowhere.getMessage(), nowhere);
            }
            program = known;
        }
        return known;
    }
}
