package org.idem.cli.theorem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.idem.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TheoremsCommandTest {
    /** T5.kernel-mean knows its means only when it knows which networks were drawn. */
    @ParameterizedTest
    @CsvSource({
        "T2.law, all trials together fit the claimed law",
        "T5.moments, averages over networks fit the claimed means",
        "T5.kernel-mean, averages over networks fit the claimed means",
        "T4.small-start, saw discrepancies shrink at the claimed rates",
        "T4.split, 'the error budget that is computed from its own weights, losses and gradients'",
        "T4.path, the error budget that is computed for it beforehand"
    })
    void aConfirmationIsExplainedAsWhatItIs(String theorem, String words) {
        Run run = Run.of("theorems", theorem);
        assertEquals(0, run.code(), run.error());
        assertTrue(run.output().contains(words), run.output());
    }

    /** TeX is for pages; a terminal shows words. */
    @Test
    void explanationsAreReadableAsTheyStand() {
        List<String> ids = Run.of("theorems")
                .output()
                .lines()
                .map(line -> line.split(" ")[0])
                .toList();
        Run run = Run.of(Stream.concat(Stream.of("theorems"), ids.stream()).toArray(String[]::new));
        assertEquals(0, run.code(), run.error());
        assertFalse(run.output().contains("\\"), run.output());
        assertTrue(run.output().contains("    height from 1 to 28, logarithmically (rows of the images, in pixels)\n"));
        assertTrue(run.output().contains("    outputs equal or fewer or more (their number, compared with the inputs"));
        assertTrue(run.output().contains("    outputs from 1 to 512, logarithmically\n"), run.output());
    }
}
