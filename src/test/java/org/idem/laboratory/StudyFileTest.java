package org.idem.laboratory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.idem.laboratory.plan.Study;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudyFileTest {
    private static final String TEXT = """
            # Depth and kernels
            # What depth does to a CNN,
            # for two kernels.

            cnn
            --depth 1,3
            # a comment in between
            --kernel=3,5
            --bias
            --seeds 2
            [paper-scale]
            --depth 1,3,5,7
            --size 28
            """;

    @Test
    void aFileIsReadAtBothScales() {
        StudyFile file = StudyFile.parse("mine", "@mine.study", TEXT);
        assertEquals("Depth and kernels", file.title());
        assertEquals("What depth does to a CNN, for two kernels.", file.description());
        Study quick = file.arguments(false).study("mine");
        assertEquals(4, quick.grid().points().size());
        assertEquals(2, quick.seeds());
        assertEquals("yes", quick.grid().points().get(0).words().get("bias"));
        Study paper = file.arguments(true).study("mine");
        assertEquals(8, paper.grid().points().size());
        assertEquals(List.of("28"), paper.grid().words().get("size"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "# nothing else", "--depth 1", "rnn", "cnn\ndepth 1", "cnn\n--depth 1\n--depth 2", "cnn\nfcn"
            })
    void aFileThatIsNoneIsRefusedInOneLine(String text) {
        String said = assertThrows(IllegalArgumentException.class, () -> StudyFile.parse("mine", "@mine.study", text))
                .getMessage();
        assertTrue(said.startsWith("@mine.study") && said.lines().count() == 1, said);
    }

    @Test
    void aMissingVariableIsNamed() {
        StudyFile file = StudyFile.parse("mine", "@mine.study", "cnn\n--train ${IDEM_NO_SUCH_VARIABLE}/x\n");
        String said = assertThrows(IllegalArgumentException.class, () -> file.arguments(false))
                .getMessage();
        assertTrue(said.contains("IDEM_NO_SUCH_VARIABLE") && said.startsWith("--train of @mine"), said);
    }

    @Test
    void theKindStandsAlone() {
        String said = assertThrows(
                        IllegalArgumentException.class,
                        () -> StudyFile.parse("mine", "@mine.study", "# Mine\n\ncnn --depth 1\n"))
                .getMessage();
        assertEquals(
                "@mine.study, line 3: fcn or cnn must stand alone on a line, before the options, got 'cnn --depth 1'",
                said);
    }

    @Test
    void aMessageAboutAnOptionNamesItsLine() {
        StudyFile file = StudyFile.parse("mine", "@mine.study", TEXT);
        String message = "--depth must be more";
        assertEquals("@mine.study, line 6: " + message, file.located(message, false, Set.of()));
        assertEquals("@mine.study, line 12: " + message, file.located(message, true, Set.of()));
        assertEquals(message, file.located(message, true, Set.of("depth")));
        assertEquals("@mine.study, line 8: --kernel is", file.located("--kernel is", true, Set.of()));
        assertEquals("--width is", file.located("--width is", true, Set.of()));
        assertEquals("no option", file.located("no option", true, Set.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seeds=0",
                "seeds=x",
                "seeds=3000000000",
                "most-steps=99999999999",
                "seed=1.5",
                "most-steps=-1",
                "until=0",
                "until=few",
                "colour=red",
                "width=3"
            })
    void wrongOptionsAreRefusedInOneLine(String option) {
        String[] parts = option.split("=");
        StudyArguments arguments = new StudyArguments(true, Map.of(parts[0], parts[1]), List.of());
        String said = assertThrows(IllegalArgumentException.class, () -> arguments.study("x"))
                .getMessage();
        assertTrue(said.startsWith("--" + parts[0]) && said.lines().count() == 1, said);
    }

    @Test
    void everyNamedStudyIsLegalAtBothScales() {
        for (String name : StudyFile.names()) {
            StudyFile file = StudyFile.named(name).orElseThrow();
            assertTrue(!file.title().equals(name) && !file.title().isBlank(), name);
            assertTrue(!file.arguments(false).study(name).grid().points().isEmpty(), name);
        }
    }
}
