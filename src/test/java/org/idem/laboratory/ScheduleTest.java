package org.idem.laboratory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static Schedule.Job job(int threads, double seconds, long networks) {
        return new Schedule.Job(threads, seconds, networks);
    }

    /** Three networks on two processors take as long as two after each other. */
    @Test
    void aProcessorTakesTheNextNetworkWhenItIsFree() {
        Schedule three = new Schedule(List.of(job(1, 2, 3)));
        assertEquals(6, three.seconds(1));
        assertEquals(4, three.seconds(2));
        assertEquals(2, three.seconds(3));
        // seeds first: 5 and 1, 1 and 5
        Schedule seeds = new Schedule(List.of(job(1, 5, 2), job(1, 1, 2)));
        assertEquals(6, seeds.seconds(2));
        assertEquals(5, seeds.seconds(1000));
        assertEquals(5, seeds.longest());
    }

    @Test
    void networksOfMoreThreadsComeAfterOthers() {
        Schedule schedule = new Schedule(List.of(job(2, 3, 2), job(1, 4, 2)));
        assertEquals(8 + 6, schedule.seconds(1));
        assertEquals(4 + 6, schedule.seconds(2));
        assertEquals(4 + 3, schedule.seconds(4));
        assertEquals(4 + 3, schedule.seconds(1000));
    }

    @Test
    void billionsAreNotWalkedThrough() {
        assertEquals(3e9 / 64, new Schedule(List.of(job(1, 3, 1_000_000_000))).seconds(64));
    }
}
