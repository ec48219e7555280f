package org.idem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What other projects may use stays as it is listed in src/test/resources/public-api.txt. A change on purpose is
 * accepted by running this test with -Didem.api.accept=true, and said in the README's list of changes.
 */
class PublicApiTest {
    private static final List<String> PACKAGES = List.of(
            "org.idem.array",
            "org.idem.space",
            "org.idem.image",
            "org.idem.network",
            "org.idem.training",
            "org.idem.training.run",
            "org.idem.theorem",
            "org.idem.verification",
            "org.idem.testing");

    private static final Path LIST = Path.of("src/test/resources/public-api.txt");

    @Test
    void thePublicInterfaceIsTheListedOne() throws IOException {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.idem");
        List<String> found = classes.stream()
                .filter(type -> PACKAGES.contains(type.getPackageName()))
                .map(type -> type.reflect())
                .filter(PublicApiTest::isVisible)
                .flatMap(PublicApiTest::lines)
                .sorted()
                .toList();
        if (Boolean.getBoolean("idem.api.accept")) {
            Files.write(LIST, found);
        }
        List<String> listed = Files.readAllLines(LIST);
        List<String> differences = new ArrayList<>();
        found.stream().filter(line -> !listed.contains(line)).forEach(line -> differences.add("new: " + line));
        listed.stream().filter(line -> !found.contains(line)).forEach(line -> differences.add("gone: " + line));
        assertEquals(List.of(), differences);
    }

    private static boolean isVisible(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
    }

    private static Stream<String> lines(Class<?> type) {
        String name = type.getTypeName();
        Stream<Executable> executables =
                Stream.concat(Stream.of(type.getDeclaredConstructors()), Stream.of(type.getDeclaredMethods()));
        return Stream.of(
                        Stream.of(name + " " + kind(type)),
                        executables
                                .filter(PublicApiTest::isOffered)
                                .map(executable -> name + " " + signature(executable)),
                        Stream.of(type.getDeclaredFields())
                                .filter(PublicApiTest::isOffered)
                                .map((Field field) -> name + " " + field.getName() + ": "
                                        + field.getGenericType().getTypeName()))
                .flatMap(lines -> lines);
    }

    private static String kind(Class<?> type) {
        String kind = type.isRecord() ? "record" : type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class";
        String sealed = type.isSealed() ? "sealed " : "";
        String above = Stream.of(type.getGenericInterfaces())
                .map(java.lang.reflect.Type::getTypeName)
                .sorted()
                .collect(Collectors.joining(", "));
        return sealed + kind + (above.isEmpty() ? "" : " of " + above);
    }

    private static boolean isOffered(Member member) {
        return !member.isSynthetic()
                && (Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers()));
    }

    private static String signature(Executable executable) {
        String parameters = Stream.of(executable.getGenericParameterTypes())
                .map(java.lang.reflect.Type::getTypeName)
                .collect(Collectors.joining(", "));
        String result = executable instanceof java.lang.reflect.Method method
                ? ": " + method.getGenericReturnType().getTypeName()
                : "";
        String statics = Modifier.isStatic(executable.getModifiers()) ? "static " : "";
        String name = executable instanceof java.lang.reflect.Method ? executable.getName() : "new";
        return statics + name + "(" + parameters + ")" + result;
    }
}
