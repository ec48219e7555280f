package org.idem.laboratory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Study;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The studies that come with the program. */
class NamedStudiesTest {
    private static final Path FOLDER = Path.of("src/main/resources/org/idem/laboratory/studies");
    private static final int MOST_QUICK_RUNS = 200;

    static List<String> names() {
        return StudyFile.names();
    }

    @Test
    void theListNamesEveryFileOnce() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            Set<String> found = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".study"))
                    .map(name -> name.substring(0, name.length() - ".study".length()))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(found, new TreeSet<>(names()));
            assertEquals(found.size(), names().size());
            assertTrue(found.containsAll(Set.of("figure2", "figure3", "figure4")));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theQuickScaleIsALegalGrid(String name) throws IOException {
        StudyFile file = StudyFile.named(name).orElseThrow();
        assertFalse(file.title().isBlank() || file.description().isBlank(), "title and description");
        List<Run> runs = file.arguments(false).study(name).runs();
        assertTrue(runs.size() <= MOST_QUICK_RUNS, () -> runs.size() + " runs are no quick scale");
        assertEquals(
                runs.size(),
                runs.stream().map(Run::key).distinct().count() + equalOnPurpose(runs),
                "networks that are equal");
    }

    /** At depth 1 neither activation nor the width of hidden layers matters: these studies show it side by side. */
    private static long equalOnPurpose(List<Run> runs) {
        long distinct = runs.stream()
                .filter(run -> run.task().network().depth() == 1)
                .map(Run::key)
                .distinct()
                .count();
        long shallow =
                runs.stream().filter(run -> run.task().network().depth() == 1).count();
        return shallow - distinct;
    }

    @ParameterizedTest
    @MethodSource("names")
    void thePaperScaleIsALegalAndLargerGrid(String name) throws IOException {
        StudyFile file = StudyFile.named(name).orElseThrow();
        assertFalse(file.paper().isEmpty());
        if (file.text().contains("${IDEM_MNIST}") && System.getenv("IDEM_MNIST") == null) {
            String message = assertThrows(IllegalArgumentException.class, () -> file.arguments(true))
                    .getMessage();
            assertTrue(message.contains("IDEM_MNIST"), message);
            return;
        }
        Study paper = file.arguments(true).study(name);
        Study quick = file.arguments(false).study(name);
        assertTrue(paper.stop().mostSteps() > quick.stop().mostSteps());

        assertFalse(new Study(name, paper.grid(), 1, 1, paper.stop(), paper.tests())
                .runs()
                .isEmpty());
    }
}
