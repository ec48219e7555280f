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
        assertEquals("2 min", range(100, 140, 149));
        assertEquals("less than 0.1 s", range(0, 0.01, 0.04));
        assertEquals("less than 0.1 s", range(0.01, 0.01, 0.01));
        assertEquals("less than 0.3 s", range(0.01, 0.1, 0.3));
    }

    @Test
    void numbersOfProcessorsThatChangeNothingAreLeftOut() {
        assertEquals(
                "34 min on 16 or more such processors, however many: the longest network takes 33 min",
                StudyPlan.elsewhere(count -> count < 16 ? "2 h" : "34 min", "33 min", 2));
        assertEquals(
                "3 h on 64, 2 h on 256 or more such processors, however many: the longest network takes 2 h",
                StudyPlan.elsewhere(count -> count < 64 ? "4 h" : count < 256 ? "3 h" : "2 h", "2 h", 16));
        assertEquals(
                "16 s on 16, 64 s on 64, 256 s on 256, 1024 s on 1024 such processors; the longest network takes 1 s on"
                        + " any number",
                StudyPlan.elsewhere(count -> count + " s", "1 s", 1));
        assertEquals(
                "no faster on more processors: the longest network takes 5 s",
                StudyPlan.elsewhere(count -> "5 s", "5 s", 4));
    }

    @Test
    void oneProcessorIsOne() {
        assertEquals("1 processor", StudyPlan.processors(1));
        assertEquals("2 processors", StudyPlan.processors(2));
    }
}
