package org.idem.cli.argument;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that a misspelt one may stand for. */
class NearestTest {
    private static final List<String> THEOREMS = List.of("T0", "T1", "T1.steps", "T1.examples", "T2.law", "T2.steps");

    @ParameterizedTest
    @CsvSource({"verfiy,verify,2", "abc,abc,0", "ABC,abc,0", "'',abc,3", "kitten,sitting,3", "ca,abc,3", "ab,ba,1"})
    void distancesCountLettersChanged(String word, String name, int distance) {
        // "verfiy" swaps two neighbours, which is one change
        assertEquals(
                word.equals("verfiy") ? 1 : distance, Nearest.distance(word.toLowerCase(java.util.Locale.ROOT), name));
    }

    @Test
    void theNearestComeFirst() {
        assertEquals(List.of("T1", "T0"), Nearest.of("t1", THEOREMS));
        assertEquals(List.of("T1.steps", "T2.steps"), Nearest.of("T1.step", THEOREMS));
        assertEquals(List.of("T2.law"), Nearest.of("t2.lwa", THEOREMS));
        assertEquals(List.of("T1.examples"), Nearest.of("T1.exa", THEOREMS));
        assertEquals(List.of(), Nearest.of("nothing", THEOREMS));
        assertEquals("; nearest: T2.law", Nearest.hint("T2.lw", THEOREMS));
        assertEquals("", Nearest.hint("nothing", THEOREMS));
    }
}
