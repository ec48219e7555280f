package org.idem.theorem.onelayer;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.idem.space.Configuration;
import org.idem.theorem.Evidence;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Theorem;
import org.idem.theorem.Theorems;
import org.idem.theorem.Trial;
import org.junit.jupiter.api.Test;

class ErrorLawTheoremTest {
    /** Without its momentum this method diverges so far that the mean error is a number and products of it are not. */
    private static final String DIVERGING =
            "height=17 width=15 channels=2 kernel=3 padding=same image=lines brightness=centred momentum=0.703125"
                    + " method=heavy-ball steps=994 rate=0.64453125 loss=sum initializer=he precision=float64"
                    + " engine=fast seed=-9137426927331249681";

    @Test
    void variantsThatDivergeAreJudged() {
        judge(Theorems.find(Theorems.list(), "T2.law").orElseThrow());
    }

    private static <S> void judge(Theorem<S> theorem) {
        Configuration configuration = Configuration.parse(theorem.space(), DIVERGING);
        Trial<S> trial = Trial.run(theorem, configuration);
        assertFalse(trial.evidence().contradicts());
        for (FalseVariant<S> variant : theorem.falseVariants()) {
            Evidence evidence = trial.evidence(variant);
            assertTrue(evidence instanceof Evidence.Placed, variant.name());
        }
    }
}
