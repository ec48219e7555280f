package org.idem.theorem.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.idem.image.ImagePool;
import org.idem.space.Configuration;
import org.idem.theorem.Evidence;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Trial;
import org.junit.jupiter.api.Test;

class LinearCnnVariantsTest {
    /**
     * Without the division by K² eight layers have 9⁸ times the curvature, with which fifty steps leave all doubles.
     */
    private static final String OVERFLOWING = "depth=8 kernel=3 height=1 width=1 channels=3 image=blobs target=random"
            + " weight-variance=2 method=descent momentum=0.55859375 steps=50 rate=0.66796875 loss=half-sum engine=fast"
            + " seed=-5671832678959549761";

    @Test
    void aMistakeThatLeavesTheRangeOfDoublesIsRefuted() {
        LinearCnnTheorem theorem = new LinearCnnTheorem(ImagePool.DRAWN);
        Trial<WindowRun> trial = Trial.run(theorem, Configuration.parse(theorem.space(), OVERFLOWING));
        assertFalse(trial.evidence().contradicts());
        List<String> infinite = theorem.falseVariants().stream()
                .filter(variant -> trial.evidence(variant) instanceof Evidence.Compared compared
                        && compared.measured() == Double.POSITIVE_INFINITY
                        && compared.contradicts())
                .map(FalseVariant::name)
                .toList();
        assertEquals(List.of("sum over offsets not divided by K²"), infinite);
    }
}
