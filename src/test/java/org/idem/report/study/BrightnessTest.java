package org.idem.report.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.idem.array.Array;
import org.idem.laboratory.Laboratory;
import org.idem.laboratory.StudyArguments;
import org.idem.laboratory.StudyResults;
import org.idem.laboratory.plan.Study;
import org.idem.laboratory.prediction.TrainedBrightness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figure of brightness, of networks that are really trained. */
class BrightnessTest {
    private static final String CONFIRMED = "(confirmed)";

    @TempDir
    Path folder;

    private static Study study(boolean convolutional, Map<String, String> more) {
        Map<String, String> words = new LinkedHashMap<>(Map.of(
                "size", "6",
                "most-steps", "20",
                "seeds", "1",
                "seed", String.valueOf(new SecureRandom().nextInt(1_000_000)),
                "rule", "sgd",
                "learning-rate", "0.1",
                "input", "standardised"));
        words.putAll(more);
        return new StudyArguments(convolutional, words, List.of()).study("s");
    }

    private StudyResults results(Study study) throws IOException {
        try (Laboratory laboratory = Laboratory.open(folder.resolve("store"))) {
            laboratory.train(study, study.runs(), (done, all, part) -> {});
            return laboratory.results(study, "", study.runs());
        }
    }

    private static List<StudyFigure> figures(StudyResults results) throws IOException {
        Layout layout = Layout.of(results);
        return Brightness.of(Strand.of(results, layout), layout);
    }

    /** The same study, had theory said something else, or had the networks. */
    private static StudyResults changed(StudyResults results, String name, DoubleUnaryOperator change) {
        StudyResults.Arrays kept = results.arrays();
        return new StudyResults(
                results.name(), results.title(), results.expected(), results.rows(), new StudyResults.Arrays() {
                    @Override
                    public Optional<Map<String, Array>> ofRun(String key) throws IOException {
                        return kept.ofRun(key).map(arrays -> {
                            Map<String, Array> other = new LinkedHashMap<>(arrays);
                            other.computeIfPresent(name, (same, array) -> each(array, change));
                            return other;
                        });
                    }

                    @Override
                    public Optional<StudyResults.Images> images(String digest) throws IOException {
                        return kept.images(digest);
                    }
                });
    }

    private static Array each(Array array, DoubleUnaryOperator change) {
        return Array.of(Arrays.stream(array.values()).map(change).toArray(), array.shape());
    }

    private static List<List<Object>> rows(StudyFigure figure, int picture) {
        return figure.pictures().get(picture).rows();
    }

    @Test
    void oneLayerIsComparedImageByImage() throws IOException {
        for (String precision : List.of("float32", "float64")) {
            Study study = study(false, Map.of("depth", "1,2", "momentum", "0.5", "precision", precision));
            StudyResults results = results(study);
            StudyFigure figure = figures(results).get(0);
            String where = precision + ", seed " + study.runs().get(0).seed() + ": " + figure.caption();
            assertEquals(2, figure.pictures().size());
            assertTrue(
                    figure.caption().contains("Depth 1: T1.heavy-ball")
                            && figure.caption().contains(CONFIRMED),
                    where);
            List<String> columns = figure.pictures().get(0).columns();
            int verdict = columns.indexOf("verdict");
            assertTrue(rows(figure, 0).stream().allMatch(row -> row.get(verdict).equals("confirmed")), where);
            assertTrue(rows(figure, 1).stream().allMatch(row -> row.get(verdict).equals("")), where);
            int low = columns.indexOf("low");
            for (List<Object> row : rows(figure, 0)) {
                double width = (double) row.get(low + 1) - (double) row.get(low);
                assertTrue(width < 1e-3, where + " " + row);
            }
        }
    }

    /**
     * Theory is off by a hundredth of each brightness, of which some are large, or the network by a hundredth of white
     * at one image: pixels of the target lie in [0, 1], so that this adds a hundredth or more to a brightness whatever
     * it was. Ranges are narrower than 10⁻³, see above.
     */
    @Test
    void whatTheoryDidNotSayIsRefuted() throws IOException {
        StudyResults results = results(study(false, Map.of("depth", "1")));
        assertTrue(figures(results).get(0).caption().contains(CONFIRMED));
        StudyFigure off = figures(changed(results, TrainedBrightness.NAME, value -> 1.01 * value))
                .get(0);
        assertTrue(off.caption().contains("(refuted)"), off.caption());
        StudyFigure one =
                figures(changed(results, "output-0", value -> value + 0.01)).get(0);
        assertTrue(one.caption().contains("1 of " + rows(one, 0).size() + " lies outside (refuted)"), one.caption());
    }

    /** 1 on the training image itself and its multiple on a brighter one, as far as training came. */
    @Test
    void brightnessIsThatOfTheTarget() {
        double[] target = {0.5, 0, 2};
        assertEquals(1, TrainedBrightness.of(target, target));
        assertEquals(-3, TrainedBrightness.of(new double[] {-1.5, 7, -6}, target));
        assertEquals(0, TrainedBrightness.of(new double[] {-4, 7, 1}, target));
        double[] tiny = {1e-200, 0, 4e-200};
        assertEquals(1, TrainedBrightness.of(tiny, tiny));
    }

    @Test
    void otherStudiesHaveNoSuchFigure() throws IOException {
        List<Study> others = new ArrayList<>();
        others.add(study(true, Map.of("depth", "1")));
        others.add(study(false, Map.of("depth", "1", "train", "builtin", "examples", "2")));
        for (Study study : others) {
            assertTrue(figures(results(study)).isEmpty());
        }
        StudyFigure silent = figures(results(study(false, Map.of("depth", "1", "rule", "adam"))))
                .get(0);
        assertFalse(silent.caption().contains(CONFIRMED));
        assertTrue(silent.caption().contains("No theorem covers these networks"));
    }
}
