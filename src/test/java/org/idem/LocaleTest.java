package org.idem;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.time.format.DateTimeFormatter;
import java.util.Formatter;
import java.util.Locale;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Digits, letters and bytes never depend on the machine: whatever formats, changes case or turns characters into bytes
 * says in which locale or character set.
 */
@AnalyzeClasses(packages = "org.idem", importOptions = DoNotIncludeTests.class)
class LocaleTest {
    /** Methods and constructors that ask the machine unless one of their parameters is a locale or a character set. */
    private static final Map<Class<?>, Set<String>> ASKING = Map.ofEntries(
            Map.entry(String.class, Set.of("format", "formatted", "toLowerCase", "toUpperCase", "getBytes")),
            Map.entry(PrintStream.class, Set.of("printf", "format", "<init>")),
            Map.entry(PrintWriter.class, Set.of("printf", "format")),
            Map.entry(Formatter.class, Set.of("<init>")),
            Map.entry(Scanner.class, Set.of("<init>")),
            Map.entry(DecimalFormat.class, Set.of("<init>")),
            Map.entry(NumberFormat.class, Set.of("getInstance", "getNumberInstance", "getPercentInstance")),
            Map.entry(DateTimeFormatter.class, Set.of("ofPattern", "ofLocalizedDate", "ofLocalizedDateTime")),
            Map.entry(InputStreamReader.class, Set.of("<init>")),
            Map.entry(ByteArrayOutputStream.class, Set.of("toString")),
            Map.entry(Locale.class, Set.of("getDefault")));

    private static final DescribedPredicate<CodeUnitCallTarget> THE_MACHINE_IS_ASKED =
            DescribedPredicate.describe("depends on the machine's locale or character set", LocaleTest::asks);

    @ArchTest
    static final ArchRule NOTHING_DEPENDS_ON_THE_MACHINE =
            noClasses().should().callCodeUnitWhere(target(THE_MACHINE_IS_ASKED));

    private static boolean asks(CodeUnitCallTarget called) {
        String owner = called.getOwner().getName();
        String parameters = called.getRawParameterTypes().toString();
        boolean told = parameters.contains("java.util.Locale") || parameters.contains("java.nio.charset.Charset");
        boolean bytes =
                owner.equals("java.lang.String") && called.getName().equals("<init>") && parameters.contains("[B");
        return !told
                && (bytes
                        || ASKING.entrySet().stream()
                                .anyMatch(asking -> asking.getKey().getName().equals(owner)
                                        && asking.getValue().contains(called.getName())));
    }

    /** What the rule forbids, each once. */
    static final class Careless {
        String numbers(double value) {
            return String.format("%.3g", value);
        }

        String template(double value) {
            return "%.3g".formatted(value);
        }

        String letters(String text) {
            return text.toLowerCase();
        }

        byte[] bytes(String text) {
            return text.getBytes();
        }

        String text(byte[] bytes) {
            return new String(bytes);
        }

        void print(PrintStream stream, double value) {
            stream.printf("%.3g", value);
        }
    }

    @Test
    void theRuleSeesWhatItForbids() {
        var seen = NOTHING_DEPENDS_ON_THE_MACHINE.evaluate(new ClassFileImporter().importClasses(Careless.class));
        assertEquals(6, seen.getFailureReport().getDetails().size(), seen.toString());
    }
}
