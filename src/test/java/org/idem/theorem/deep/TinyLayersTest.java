package org.idem.theorem.deep;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.idem.image.ImagePool;
import org.idem.space.Configuration;
import org.idem.theorem.Evidence;
import org.idem.theorem.Theorem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Weight decay of a rate near 1 makes layers so small that squares of their errors leave the range of numbers. Then
 * rounding may be as large as the layers, and the trial decides nothing. Budgets that lost those squares refuted
 * T4.path and T4.modes on each of these lines.
 */
class TinyLayersTest {
    private static <S> Evidence evidence(Theorem<S> theorem, String line) {
        S scenario = theorem.scenario(Configuration.parse(theorem.space(), line));
        return theorem.claim(scenario).against(theorem.observe(scenario));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "depth=3 units=1 height=2 width=1 examples=1 image=noise strengths=free unseen=0.5 method=descent momentum=0.5 decay=1 steps=74 rate=1.5625 loss=half-sum precision=float64 engine=fast seed=-6491503421264378102",
                "depth=3 units=106 height=2 width=1 examples=1 image=noise strengths=identity unseen=0.68359375 method=descent momentum=0.3515625 decay=1 steps=88 rate=1.58984375 loss=mean precision=float64 engine=fast seed=-8757800182995493625"
            })
    void ofModes(String line) {
        assertInstanceOf(Evidence.Undecidable.class, evidence(new ModesTheorem(ImagePool.DRAWN), line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "depth=3 units=1 height=2 width=1 image=sum across=0.29296875 method=descent momentum=0.45703125 decay=1 steps=110 rate=1.75 loss=mean precision=float64 engine=fast seed=-5818179175227065358"
            })
    void ofPaths(String line) {
        assertInstanceOf(Evidence.Undecidable.class, evidence(new PathTheorem(ImagePool.DRAWN), line));
    }
}
