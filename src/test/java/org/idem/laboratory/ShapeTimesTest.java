package org.idem.laboratory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.idem.execution.Share;
import org.idem.laboratory.plan.Census;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.run.StudyRunner;
import org.junit.jupiter.api.Test;

/** Times are made up: a number of seconds for each multiplication that a test chooses. */
class ShapeTimesTest {
    private static final double USUAL = 1e-9;

    private final Map<String, Long> networks = new HashMap<>();

    /** Fully connected networks of so many widths, by the cost of a step. */
    private List<Run> shapes(int count) throws IOException {
        Map<String, String> words = Map.of(
                "depth",
                "3",
                "width",
                String.join(
                        ",",
                        IntStream.rangeClosed(1, count)
                                .mapToObj(i -> String.valueOf(16 * i))
                                .toList()),
                "size",
                "5",
                "most-steps",
                "100",
                "seeds",
                "2");
        Census census = new Census(new StudyArguments(false, words, List.of()).study("s"), Share.ALL);
        List<Run> shapes = census.missing(Set.of(), key -> false).stream()
                .map(Census.Part::example)
                .sorted(Comparator.comparingDouble(StudyRunner::costOfStep))
                .toList();
        shapes.forEach(run -> networks.put(Pilots.shape(run), 2L));
        return shapes;
    }

    private static Pilot made(Run run, double secondsOfMultiplication) {
        return new Pilot(0, secondsOfMultiplication * StudyRunner.costOfStep(run), 0, 0);
    }

    private static double all(ShapeTimes times, List<Run> shapes) {
        return shapes.stream().mapToDouble(run -> times.of(run).seconds(run)).sum();
    }

    /** What is timed first tells most; if the model is right, a few shapes are enough. */
    @Test
    void timingEndsWhenEnoughIsKnown() throws IOException {
        List<Run> shapes = shapes(40);
        ShapeTimes times = new ShapeTimes(shapes, networks);
        assertEquals(24, times.most());
        double real = shapes.stream()
                .mapToDouble(run -> made(run, USUAL).seconds(run))
                .sum();
        while (times.timeOneMore((run, expected) -> made(run, USUAL))) {
            // up to two roundings of a relative error of 2⁻⁵³ for each sum, product and quotient
            assertEquals(real, all(times, shapes), 1000 * Math.ulp(real));
        }
        assertTrue(times.timed() < times.most(), () -> times.timed() + " were timed");
    }

    /** Multiplications of every third shape take four times as long as those of its neighbours. */
    @Test
    void doubtsHoldWhatIsReal() throws IOException {
        List<Run> shapes = shapes(60);
        Map<String, Double> paces = new HashMap<>();
        for (int i = 0; i < shapes.size(); i++) {
            paces.put(shapes.get(i).key(), i % 3 == 0 ? 4 * USUAL : USUAL);
        }
        ShapeTimes times = new ShapeTimes(shapes, networks);
        ShapeTimes.Timing timing = (run, expected) -> made(run, paces.get(run.key()));
        while (times.timeOneMore(timing)) {
            assertTrue(times.doubtTogether() <= times.doubt(shapes.get(0)) || times.doubt(shapes.get(0)) == 1);
        }
        assertEquals(times.most(), times.timed());
        double real = shapes.stream()
                .mapToDouble(run -> made(run, paces.get(run.key())).seconds(run))
                .sum();
        double together = times.doubtTogether();
        assertTrue(together > 1);
        double told = all(times, shapes);
        assertTrue(real < told * together && real > told / together, () -> real + " for " + told + ", " + together);
    }

    @Test
    void whatIsTimedIsNotDoubted() throws IOException {
        List<Run> shapes = shapes(2);
        ShapeTimes times = new ShapeTimes(shapes, networks);
        assertEquals(3, times.doubt(shapes.get(1)), 2 * Math.ulp(3.0));
        assertEquals(times.doubt(shapes.get(1)), times.doubtTogether(), "nothing was timed");
        assertTrue(times.timeOneMore((run, expected) -> made(run, USUAL)));
        assertEquals(1, times.doubt(shapes.get(0)), "the cheapest comes first");
        assertTrue(times.timeOneMore((run, expected) -> made(run, 9 * USUAL)));
        assertEquals(1, times.doubt(shapes.get(1)));
        assertEquals(1, times.doubtTogether());
        assertFalse(times.timeOneMore((run, expected) -> made(run, USUAL)));
        assertEquals(made(shapes.get(1), 9 * USUAL), times.of(shapes.get(1)));
    }
}
