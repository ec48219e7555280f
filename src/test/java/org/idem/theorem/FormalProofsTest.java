package org.idem.theorem;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.idem.theorem.exact.ExactPart;
import org.junit.jupiter.api.Test;

/**
 * The record of the audit speaks about the present sources, knows every theorem and page, and agrees with the table.
 */
class FormalProofsTest {
    private static final Path PROOFS = Path.of("proofs");

    @Test
    void theRecordIsThatOfThePresentSources() throws IOException, NoSuchAlgorithmException {
        JsonNode record =
                new ObjectMapper().readTree(PROOFS.resolve("checked.json").toFile());
        TreeSet<String> files = new TreeSet<>();
        for (Path file : files(".v")) {
            files.add(PROOFS.relativize(file).toString().replace('\\', '/'));
        }
        List<String> recorded = new ArrayList<>();
        record.get("files").forEach(file -> recorded.add(file.asText()));
        assertEquals(files, new TreeSet<>(recorded));
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String file : recorded) {
            digest.update((file + "\0").getBytes(java.nio.charset.StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(PROOFS.resolve(file)));
            digest.update((byte) 0);
        }
        assertEquals(
                HexFormat.of().formatHex(digest.digest()),
                record.get("sources").asText(),
                "the formal sources changed after the audit: run make -C proofs record");
    }

    @Test
    void everyTheoremAndEveryPageIsInTheRecord() throws IOException {
        TreeSet<String> known =
                FormalProofs.list().stream().map(FormalProof::id).collect(Collectors.toCollection(TreeSet::new));
        for (Theorem<?> theorem : Theorems.list()) {
            assertTrue(known.contains(theorem.id()), theorem.id());
        }
        for (Path page : files(".md")) {
            String name = page.getFileName().toString();
            if (Files.readString(page).contains("- formal source: ")) {
                assertTrue(known.contains(name.substring(0, name.length() - 3)), name);
            }
        }
    }

    @Test
    void everyFormalTheoremStandsInItsSourceWithStatementAndAssumptions() throws IOException {
        for (FormalProof proof : FormalProofs.list()) {
            for (FormalProof.Checked checked : proof.checked()) {
                String source = Files.readString(PROOFS.resolve(proof.file()));
                assertTrue(
                        source.matches("(?s).*\\n(Theorem|Corollary|Lemma) " + checked.name() + "\\b.*"),
                        checked.name());
                assertFalse(checked.says().isBlank(), checked.name());
                assertFalse(checked.assumes().isBlank(), checked.name());
                assertTrue(checked.line().startsWith(checked.name()));
            }
            assertFalse(proof.summary().isBlank());
        }
        assertEquals("no formal proof", FormalProofs.of("no such theorem").summary());
    }

    @Test
    void theTableIsCompleteAndAgrees() throws IOException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        String table = Files.readString(PROOFS.resolve("README.md"));
        table = table.substring(table.indexOf("| theorem | page | formal source |"));
        for (String line :
                table.substring(0, table.indexOf("\n\n")).lines().skip(2).toList()) {
            List<String> cells =
                    Arrays.stream(line.split("\\|")).map(String::strip).toList();
            rows.put(cells.get(1), cells.subList(2, 9));
        }
        for (Theorem<?> theorem : Theorems.list()) {
            assertTrue(rows.containsKey(theorem.id()), theorem.id());
        }
        for (FormalProof proof : FormalProofs.list()) {
            assertTrue(!proof.exists() || rows.containsKey(proof.id()), proof.id());
        }
        rows.forEach((id, cells) -> {
            FormalProof proof = FormalProofs.of(id);
            assertEquals("[" + id + ".md](" + id + ".md)", cells.get(0));
            assertEquals(proof.exists() ? "[" + proof.file() + "](" + proof.file() + ")" : "none", cells.get(1), id);
            String names =
                    proof.checked().stream().map(FormalProof.Checked::name).collect(Collectors.joining(", "));
            assertEquals(proof.exists() ? names : "none", cells.get(2), id);
            String scalars = proof.checked().stream()
                    .map(FormalProof.Checked::scalars)
                    .filter(word -> !word.isEmpty())
                    .sorted()
                    .distinct()
                    .collect(Collectors.joining(" / "));
            String axioms = proof.axioms().equals("no axiom") ? "no axioms" : "axioms: " + proof.axioms();
            assertEquals(proof.exists() ? "over " + scalars + "; " + axioms : "none", cells.get(3), id);
            assertTrue(proof.axioms().equals("no axiom") || proof.file().startsWith("analysis/"), id);
            assertEquals(proof.notChecked().isEmpty() ? "nothing" : proof.notChecked(), cells.get(4), id);
            if (!cells.get(5).equals("none")) {
                assertDoesNotThrow(() -> Class.forName(
                        "org.idem.property." + cells.get(5), false, FormalProofsTest.class.getClassLoader()));
            }
            if (!cells.get(6).equals("none")) {
                for (String part :
                        cells.get(6).substring("ExactPart: ".length()).split(", ")) {
                    assertDoesNotThrow(() -> ExactPart.valueOf(part), id);
                }
            }
        });
    }

    @Test
    void saysWhenProofsAreNotCheckedAgain() {
        boolean coq = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "coqc")));
        System.out.println(
                coq
                        ? "Formal proofs: recorded audit compared with the sources; make -C proofs checks them again."
                        : "Formal proofs: Coq is not installed, so they were not checked again; recorded audit"
                                + " compared with the sources.");
        assertTrue(FormalProofs.list().stream().anyMatch(FormalProof::exists));
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(PROOFS)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .toList();
        }
    }
}
