package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.idem.theory.flow.StrengthFlow;

/** T4.flow against real training, and the flow of the strength by itself. */
class T4FlowProperties extends KnownTheoremProperties {
    T4FlowProperties() {
        super("T4.flow");
    }

    /** Going on from where one is: a flow is a group. */
    @Property
    void timesAdd(
            @ForAll @IntRange(min = 1, max = 20) int depth,
            @ForAll @DoubleRange(min = 0.5, max = 1.4) double start,
            @ForAll @DoubleRange(min = 0, max = 2) double first,
            @ForAll @DoubleRange(min = 0, max = 2) double second) {
        StrengthFlow flow = new StrengthFlow(depth, 1);
        double at = flow.after(start, (first + second) / depth);
        double by = flow.after(flow.after(start, first / depth), second / depth);
        assertEquals(at, by, 4 * StrengthFlow.RELATIVE_ERROR * Math.max(at, 1));
    }

    /** Only rate times time counts. */
    @Property
    void rateIsAUnitOfTime(
            @ForAll @IntRange(min = 1, max = 20) int depth,
            @ForAll @DoubleRange(min = 0.5, max = 1.4) double start,
            @ForAll @DoubleRange(min = 0.01, max = 2) double time) {
        double fast = new StrengthFlow(depth, 8).after(start, time / (8 * depth));
        double slow = new StrengthFlow(depth, 1).after(start, time / depth);
        assertEquals(slow, fast, 2 * StrengthFlow.RELATIVE_ERROR * Math.max(slow, 1));
    }

    /** The strength tends to 1 from both sides and never passes it. */
    @Property
    void theTargetIsNotPassed(
            @ForAll @IntRange(min = 1, max = 20) int depth,
            @ForAll @DoubleRange(min = 0.5, max = 1.4) double start,
            @ForAll @DoubleRange(min = 0.01, max = 50) double time) {
        double end = new StrengthFlow(depth, 1).after(start, time);
        double room = StrengthFlow.RELATIVE_ERROR;
        assertTrue(start < 1 ? end >= start - room && end <= 1 + room : end <= start + room && end >= 1 - room);
    }
}
