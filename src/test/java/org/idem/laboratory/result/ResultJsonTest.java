package org.idem.laboratory.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultJsonTest {
    private static Measures measures(double first) {
        return new Measures(first, Double.NaN, 0.1, -0.25, 1e-300, Double.NaN, 1e300);
    }

    @Test
    void everyNumberComesBack() throws IOException {
        RunResult result = new RunResult(
                "k1",
                "cnn depth=1",
                "d",
                Ending.MOST_STEPS,
                null,
                17,
                Math.nextUp(0.1),
                1.5,
                List.of(new ImageMeasures("digit \"7\"", "digits", measures(0.3))),
                List.of(new StepMeasures(0, 1, measures(0)), new StepMeasures(17, 0.5, measures(1))),
                List.of(new LayerMeasures(2, "noise-1", true, 0.5, 0.25, Double.NaN)),
                List.of(new TheoryRow("T2.steps", "identity_mse", 1, Double.NEGATIVE_INFINITY, 2)));
        assertEquals(result, again(result));
        assertEquals(0.1, again(result).measures().orElseThrow().identityCosine());
    }

    @Test
    void whatFailedSaysWhy() throws IOException {
        RunResult result = new RunResult(
                "k",
                "l",
                "d",
                Ending.FAILED,
                "no memory",
                0,
                Double.NaN,
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of());
        assertEquals(result, again(result));
        assertTrue(again(result).measures().isEmpty());
    }

    private static RunResult again(RunResult result) throws IOException {
        String text = ResultJson.write(result).toString();
        return ResultJson.read(result.key(), new ObjectMapper().readTree(text));
    }

    @Test
    void meansLeaveOutWhatDoesNotExist() {
        Measures mean = Measures.mean(List.of(
                new Measures(1, 0.5, 0, 0, 0, 0, 0), new Measures(0, Double.NaN, 0, Double.NaN, 0, Double.NaN, 2)));
        assertArrayEquals(new double[] {0.5, 0.5, 0, 0, 0, 0, 1}, mean.values());
    }

    @Test
    void endingsAreReadBack() {
        for (Ending ending : Ending.values()) {
            assertEquals(ending, Ending.of(ending.toString()));
        }
        assertEquals("most-steps", Ending.MOST_STEPS.toString());
    }
}
