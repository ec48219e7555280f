package org.idem.theorem;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Which trials can tell a copy of the prediction from an observation. */
class EvidenceTest {
    @Test
    void whereNothingMayDifferACopyIsNotSeen() {
        assertFalse(new Evidence.Compared(0, 0).couldDiffer());
        assertFalse(new Evidence.Bounded(0, 0, 0, 0).couldDiffer());
        assertFalse(new Evidence.NotConverged("").couldDiffer());
        assertTrue(new Evidence.Compared(0, 1e-9).couldDiffer());
        assertTrue(new Evidence.Bounded(0, 1, 1, 0).couldDiffer());
        assertTrue(new Evidence.Placed(0.5).couldDiffer());
        assertTrue(new Evidence.Averaged(1, 16, 1, 1, 0.1).couldDiffer());
        // the budget is 0 at the entry that is shown, and not at others
        assertTrue(new Evidence.Compared(0, 0, true).couldDiffer());
    }
}
