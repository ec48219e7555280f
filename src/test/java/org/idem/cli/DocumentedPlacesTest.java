package org.idem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever pastes the commands of the README and of the guide adds no files to the project. */
class DocumentedPlacesTest {
    /** Code between marks of its own in a line, and the lines of a block. */
    private static final Pattern CODE = Pattern.compile("`([^`]*\\bidem [^`]*)`|^((?:\\./|for )?.*\\bidem .*)$");

    /** The place of an output of the program or of a shell, where it is no word that stands for one, such as DIR. */
    private static final Pattern OUTPUT = Pattern.compile(
            "(?:--(?:out|json|csv|report|store|export|into|weights-out|variance-out)| >) ([a-z.][^ ]*)");

    private static List<String> places(String document) {
        List<String> places = new ArrayList<>();
        boolean block = false;
        for (String line : document.split("\n")) {
            block ^= line.startsWith("```");
            Matcher code = CODE.matcher(line);
            while (code.find()) {
                if (block || code.group(1) != null) {
                    OUTPUT.matcher(code.group(1) == null ? code.group() : code.group(1))
                            .results()
                            .forEach(output -> places.add(output.group(1)));
                }
            }
        }
        return places;
    }

    @Test
    void outputsLieWhereGitLooksAway() throws IOException {
        List<String> ignored = Files.readAllLines(Path.of(".gitignore"));
        List<String> places = new ArrayList<>();
        try (Stream<Path> guide = Files.list(Path.of("src/site/markdown"))) {
            for (Path page : Stream.concat(Stream.of(Path.of("README.md")), guide.sorted())
                    .toList()) {
                places.addAll(places(Files.readString(page)));
            }
        }
        List<String> others = places.stream()
                .filter(place -> ignored.stream().noneMatch(folder -> folder.endsWith("/") && place.startsWith(folder)))
                .toList();
        assertEquals(List.of(), others);
        assertTrue(places.size() > 20, "found " + places);
    }

    @Test
    void everyKindOfPlaceIsFound() {
        assertEquals(
                List.of("my.study", "./a", "target/b"),
                places("`idem study x --print > my.study`, `--out no-command`, `idem x --report DIR`\n"
                        + "```\n./idem y --out ./a --json target/b > $f\n```\nidem --csv no-code\n"));
    }
}
