package org.idem.cli.theorem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.idem.cli.Run;
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
}
