package org.idem.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.idem.cli.Run;
import org.idem.laboratory.StudyTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudyPlanTest {
    @TempDir
    Path folder;

    @Test
    void aBusyMachineIsSaid() {
        assertEquals(Optional.empty(), StudyPlan.busy(1));
        assertEquals(Optional.empty(), StudyPlan.busy(0.8));
        assertEquals(
                Optional.of("idem: other programs are at work, so that this one had processors 25 % of the time that it"
                        + " asked for; the plan's times are those of processors that it has alone"),
                StudyPlan.busy(0.25));
    }

    /** Networks that are as short and narrow as those that a plan tries are tried once all the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cnn --depth 3 --size 5 --seeds 2 --most-steps 16",
                "cnn --depth 1 --size 5 --seeds 1 --most-steps 1",
                "fcn --depth 2 --width 64 --size 5 --seeds 14 --most-steps 16"
            })
    void shortStudiesHavePlans(String study) {
        Run run = Run.of(("study " + study + " --plan --store " + folder.resolve("s")).split(" "));
        assertEquals(0, run.code(), run.error());
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
