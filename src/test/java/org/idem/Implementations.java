package org.idem;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.idem.cli.Main;

/** What the program contains of a kind, so that a battery of tests notices what it does not try yet. */
public final class Implementations {
    private static final String CLASS = ".class";

    private Implementations() {}

    /** Simple names of all classes of the program that implement a type and are not abstract. */
    public static Set<String> of(Class<?> contract) {
        return inPackage(
                "org.idem",
                type -> contract.isAssignableFrom(type)
                        && !type.isInterface()
                        && !Modifier.isAbstract(type.getModifiers()));
    }

    /**
     * Simple names of those classes of a package of the program, and of packages below it, that a predicate accepts.
     */
    public static Set<String> inPackage(String name, Predicate<Class<?>> predicate) {
        try {
            Path program = Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            List<Path> files;
            try (var walk = Files.walk(program.resolve(name.replace('.', '/')))) {
                files = walk.filter(file -> file.toString().endsWith(CLASS)).toList();
            }
            return files.stream()
                    .map(file -> loaded(program.relativize(file)))
                    .filter(predicate)
                    .map(Class::getSimpleName)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Class<?> loaded(Path file) {
        StringBuilder name = new StringBuilder();
        file.forEach(part -> name.append(name.isEmpty() ? "" : ".").append(part));
        name.setLength(name.length() - CLASS.length());
        try {
            return Class.forName(name.toString(), false, Main.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
