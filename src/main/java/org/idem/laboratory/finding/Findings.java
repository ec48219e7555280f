package org.idem.laboratory.finding;

import java.util.List;
import java.util.stream.Stream;

/** All findings, in the order in which they are told. */
public final class Findings {
    /** A run of all findings gives any finding a wrong answer with probability below this. */
    public static final double FALSE_ALARM = 0.01;

    private static final List<Finding> ALL = Stream.concat(FcnFindings.all().stream(), CnnFindings.all().stream())
            .toList();

    private Findings() {}

    /**
     * Every finding.
     *
     * @return those of fully connected networks first
     */
    public static List<Finding> all() {
        return ALL;
    }

    /**
     * The level of one finding: Bonferroni's share of {@link #FALSE_ALARM} among all findings, whichever of them a run
     * tests.
     *
     * @return α of a finding and of each of its variants
     */
    public static double level() {
        return FALSE_ALARM / ALL.size();
    }
}
