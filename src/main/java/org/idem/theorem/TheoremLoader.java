package org.idem.theorem;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.idem.space.Dimension;

/**
 * Theorems of other projects: every public class of a jar or of a folder of classes that implements {@link Theorem} and
 * has a public constructor without parameters, as a record without components has.
 */
public final class TheoremLoader {
    private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*");
    private static final String CLASS = ".class";

    private TheoremLoader() {}

    /**
     * Loads theorems. Classes that they need are found on the same paths and among those of this program.
     *
     * @param classpath jars, folders of classes
     * @return at least one, jar by jar in the order of their class names
     * @throws IOException if a path cannot be read
     * @throws IllegalArgumentException if a path is neither jar nor folder, if there is no theorem, or if one breaks a
     *     rule: an identifier of letters, digits, dots, underscores and hyphens that begins with a letter and that no
     *     other theorem has, dimensions with names of their own, at least one false variant
     */
    public static List<Theorem<?>> load(List<Path> classpath) throws IOException {
        List<URL> addresses = new ArrayList<>();
        for (Path path : classpath) {
            boolean jar = Files.isRegularFile(path)
                    && (path.toString().endsWith(".jar") || path.toString().endsWith(".zip"));
            if (!jar && !Files.isDirectory(path)) {
                throw new IllegalArgumentException("must name jars or folders of classes that exist, got " + path);
            }
            addresses.add(path.toUri().toURL());
        }
        // stays open: classes are loaded when trials first need them
        ClassLoader loader = new URLClassLoader(addresses.toArray(URL[]::new), TheoremLoader.class.getClassLoader());
        List<Theorem<?>> theorems = new ArrayList<>();
        for (Path path : classpath) {
            for (String name : classNames(path)) {
                Class<?> type = type(loader, name, path);
                if (Theorem.class.isAssignableFrom(type) && isConstructible(type)) {
                    theorems.add(instance(type));
                }
            }
        }
        if (theorems.isEmpty()) {
            throw new IllegalArgumentException(
                    "must hold a public class that implements Theorem and has a public constructor without parameters, got none in "
                            + classpath);
        }
        check(theorems);
        return List.copyOf(theorems);
    }

    private static List<String> classNames(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return classNamesUnder(path);
        }
        try (FileSystem jar = FileSystems.newFileSystem(path)) {
            return classNamesUnder(jar.getPath("/"));
        } catch (java.util.zip.ZipException broken) {
            throw new IllegalArgumentException("must name jars that are whole, got " + path + "; make it again");
        }
    }

    private static List<String> classNamesUnder(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name ->
                            name.endsWith(CLASS) && !name.endsWith("-info.class") && !name.startsWith("META-INF"))
                    .map(name -> name.substring(0, name.length() - CLASS.length())
                            .replace('/', '.')
                            .replace('\\', '.'))
                    .sorted()
                    .toList();
        }
    }

    private static Class<?> type(ClassLoader loader, String name, Path path) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError broken) {
            throw new IllegalArgumentException(
                    "must hold classes that can be loaded, got " + name + " in " + path + ": " + broken);
        }
    }

    private static boolean isConstructible(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && !Modifier.isAbstract(type.getModifiers())
                && Stream.of(type.getConstructors()).anyMatch(constructor -> constructor.getParameterCount() == 0);
    }

    private static Theorem<?> instance(Class<?> type) {
        try {
            return (Theorem<?>) type.getConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            throw new IllegalArgumentException(
                    "must hold theorems that can be constructed, but " + type.getName() + " fails: " + cause);
        }
    }

    private static void check(List<Theorem<?>> theorems) {
        Set<String> ids = new HashSet<>();
        Theorems.list().forEach(known -> ids.add(known.id()));
        for (Theorem<?> theorem : theorems) {
            String type = theorem.getClass().getName();
            if (!ID.matcher(theorem.id()).matches()) {
                throw new IllegalArgumentException(
                        "must hold theorems with identifiers like T1.steps, got '" + theorem.id() + "' of " + type);
            }
            if (!ids.add(theorem.id())) {
                throw new IllegalArgumentException("must hold theorems with identifiers of their own, got "
                        + theorem.id() + " of " + type + " once more");
            }
            Set<String> names = new HashSet<>(Set.of("seed"));
            for (Dimension dimension : theorem.space()) {
                if (!names.add(dimension.name())) {
                    throw new IllegalArgumentException(
                            "must hold theorems whose dimensions have names of their own, got " + dimension.name()
                                    + " twice in " + theorem.id());
                }
            }
            if (theorem.falseVariants().isEmpty()) {
                throw new IllegalArgumentException(
                        "must hold theorems with at least one false variant, got none of " + theorem.id());
            }
        }
    }
}
