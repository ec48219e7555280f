package org.idem.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FootprintTest {
    @Test
    void whatIsSharedCountsOnceAndTheMost() {
        Footprint footprint = new Footprint();
        footprint.add(3);
        footprint.add(4);
        footprint.share("scratch", 10);
        footprint.share("scratch", 20);
        footprint.share("scratch", 15);
        footprint.share("ones", 1);
        assertEquals(3 + 4 + 20 + 1, footprint.numbers());
        assertEquals(0, footprint.heapBytes());
        footprint.addHeap(2);
        footprint.shareHeap("lines", 7);
        footprint.shareHeap("lines", 5);
        assertEquals(2 + 7, footprint.heapBytes());
    }
}
