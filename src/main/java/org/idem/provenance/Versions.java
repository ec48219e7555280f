package org.idem.provenance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** Versions of the program and of the libraries that it was built with. */
public final class Versions {
    private static final String FILE = "versions.properties";
    private static final Properties VERSIONS = read();

    private Versions() {}

    private static Properties read() {
        Properties versions = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream(FILE)) {
            versions.load(Objects.requireNonNull(in, FILE));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return versions;
    }

    /**
     * Version of the program or of a library.
     *
     * @param name {@code idem}, or a library as the build names it
     * @return the version
     * @throws IllegalArgumentException if the build names no such library
     */
    public static String of(String name) {
        String version = VERSIONS.getProperty(name);
        if (version == null) {
            throw new IllegalArgumentException(
                    "a library must be one of " + VERSIONS.stringPropertyNames() + ", got " + name);
        }
        return version;
    }
}
