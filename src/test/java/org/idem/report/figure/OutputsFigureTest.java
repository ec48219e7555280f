package org.idem.report.figure;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputsFigureTest {
    /** The verb agrees with the outputs that disagree. */
    @ParameterizedTest
    @CsvSource({
        "0, 1, 0 of 1 output disagree with",
        "1, 1, 1 of 1 output disagrees with",
        "1, 6, 1 of 6 outputs disagrees with",
        "2, 6, 2 of 6 outputs disagree with"
    })
    void theCaptionCounts(int disagreeing, int outputs, String words) {
        double[] ratios = new double[outputs];
        for (int i = 0; i < outputs; i++) {
            ratios[i] = i < disagreeing ? 2 : 0.5;
        }
        String said = OutputsFigure.of(ratios).toString();
        assertTrue(said.contains(words), said);
    }
}
