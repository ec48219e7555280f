package org.idem.laboratory.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PaperClaimTest {
    @Test
    void theGuideShowsTheTable() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/findings.md"));
        assertTrue(page.contains(PaperClaim.markdown()), "the page must contain:\n" + PaperClaim.markdown());
    }

    @Test
    void claimsNameKnownFindingsAndAllButThoseFoundHere() {
        Set<String> known = Findings.all().stream().map(Finding::id).collect(Collectors.toSet());
        Set<String> named = PaperClaim.all().stream()
                .flatMap(claim -> claim.answers().stream())
                .filter(id -> id.startsWith("F."))
                .collect(Collectors.toSet());
        assertTrue(known.containsAll(named), named::toString);
        assertEquals(
                Set.of("F.cnn-stopping"),
                known.stream().filter(id -> !named.contains(id)).collect(Collectors.toSet()));
    }
}
