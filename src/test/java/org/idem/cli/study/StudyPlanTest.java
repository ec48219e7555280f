package org.idem.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.idem.laboratory.StudyTime;
import org.junit.jupiter.api.Test;

class StudyPlanTest {
    @Test
    void aBusyMachineIsSaid() {
        assertEquals(Optional.empty(), StudyPlan.busy(1));
        assertEquals(Optional.empty(), StudyPlan.busy(0.8));
        assertEquals(
                Optional.of("idem: other programs are at work, so that this one had processors 25 % of the time that it"
                        + " asked for; the plan's times are those of processors that it has alone"),
                StudyPlan.busy(0.25));
    }

    private static String range(double least, double expected, double most) {
        return StudyPlan.range(new StudyTime.Range(least, expected, most));
    }

    @Test
    void whatIsNotKnownWithinAQuarterIsARange() {
        assertEquals("4.0 s", range(3, 4, 5));
        assertEquals("2.9–5.0 s", range(2.9, 4, 5));
        assertEquals("3.0–5.1 s", range(3, 4, 5.1));
        assertEquals("40 s–2 min", range(40, 70, 110));
        assertEquals("3–27 h", range(3 * 3600, 9 * 3600, 27 * 3600));
    }
}
