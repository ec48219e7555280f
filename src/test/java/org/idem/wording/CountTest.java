package org.idem.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CountTest {
    @Test
    void wordsAgreeWithTheirNumber() {
        assertEquals("0 networks", Count.of(0, "network"));
        assertEquals("1 network", Count.of(1, "network"));
        assertEquals("12,000 networks", Count.of(12_000, "network"));
        assertEquals("1 axis", Count.of(1, "axis", "axes"));
        assertEquals("2 axes", Count.of(2, "axis", "axes"));
        assertEquals("Of 1,200 rows, 1 is", Count.part(1, 1200, "row", "is", "are"));
        assertEquals("Of 1 row, 0 are", Count.part(0, 1, "row", "is", "are"));
    }

    @Test
    void listsEndWithAnd() {
        assertEquals("", Count.list(List.of()));
        assertEquals("depth", Count.list(List.of("depth")));
        assertEquals("depth and gain", Count.list(List.of("depth", "gain")));
        assertEquals("kernel, depth and gain", Count.list(List.of("kernel", "depth", "gain")));
    }
}
