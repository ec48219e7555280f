package org.idem.cli.theorem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.idem.cli.Run;
import org.idem.cli.terminal.ExitCode;
import org.junit.jupiter.api.Test;

/** What {@code power} says about its steps: after how many trials it judges. Fixed seeds: the words are tested. */
class PowerCommandTest {
    private static final Pattern STEP = Pattern.compile("judge[sd]\\s+after\\s+every\\s+(\\d+)\\s");
    private static final Pattern COUNTS = Pattern.compile("(?m)^ +(\\d+|never) +(\\d+|never)  \\S");

    private static int step(String words) {
        Matcher matcher = STEP.matcher(words);
        assertTrue(matcher.find(), words);
        return Integer.parseInt(matcher.group(1));
    }

    private static List<MatchResult> counts(Run run) {
        return COUNTS.matcher(run.output()).results().toList();
    }

    /** Evidence of T0's trials contradicts alone, so the counts are small; every variant has a median and a last. */
    @Test
    void aTrialThatContradictsIsCountedAtOnce() {
        Run run = Run.of("power", "T1.steps", "--trials", "100", "--seed", "5");
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        assertTrue(run.output().startsWith("   median     last  trials after which a false variant is refuted:"));
        List<MatchResult> counts = counts(run);
        assertTrue(counts.size() > 5, run::toString);
        for (MatchResult count : counts) {
            int median = Integer.parseInt(count.group(1));
            assertTrue(median <= Integer.parseInt(count.group(2)) && median < 10, run::toString);
        }
    }

    /** Laws are judged in steps of the size that the heading and the help name, and once more at the end of a run. */
    @Test
    void lawsAreJudgedInTheStepsThatTheWordsName() {
        int step = step(Run.of("power", "--help").output());
        int trials = step + 44;
        Run run = Run.of("power", "T5.law", "--trials", Integer.toString(trials), "--seed", "5");
        assertEquals(step, step(run.output()));
        TreeSet<String> seen = new TreeSet<>();
        for (MatchResult count : counts(run)) {
            seen.addAll(List.of(count.group(1), count.group(2)));
        }
        assertTrue(seen.contains(Integer.toString(step)), run::toString);
        seen.removeAll(List.of(Integer.toString(step), Integer.toString(trials), "never"));
        assertEquals(new TreeSet<>(), seen, run::toString);
    }
}
