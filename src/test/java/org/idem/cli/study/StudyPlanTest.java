package org.idem.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
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
}
