package org.idem.report.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.idem.laboratory.StudyResults;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static final List<String> WALKED = List.of("rule", "momentum", "nesterov", "learning-rate");

    private static StudySamples optimisers() {
        return new StudySamples(
                false,
                Map.of(
                        "depth", List.of("1", "3"),
                        "rule", List.of("sgd", "sgd", "sgd", "rmsprop", "adagrad", "adam"),
                        "momentum", List.of("0", "0.9", "0.9", "0", "0", "0"),
                        "nesterov", List.of("no", "no", "yes", "no", "no", "no"),
                        "learning-rate", List.of("0.3", "0.1", "0.1", "1e-4", "1e-2", "1e-3")),
                List.of(WALKED));
    }

    private static List<String> numbers(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(String::valueOf).toList();
    }

    @Test
    void axesWalkedTogetherAreOne() {
        Layout layout = Layout.of(optimisers().results());
        assertEquals("depth", layout.across());
        assertEquals(List.of("rule"), layout.others());
        assertEquals(Map.of("momentum", "rule", "nesterov", "rule", "learning-rate", "rule"), layout.followers());
        List<String> rules = List.of(
                "sgd 0.3",
                "sgd 0.1 momentum 0.9",
                "sgd 0.1 momentum 0.9 nesterov",
                "rmsprop 0.0001",
                "adagrad 0.01",
                "adam 0.001");
        assertEquals(rules, Layout.words(layout.networks(), "rule"));
        assertEquals(1, layout.slices().size());
        assertEquals(rules.size(), layout.strands().size());
        assertEquals("", layout.leftOut(false));
    }

    /** Pictures of networks that start equal differ where targets do. */
    @Test
    void linesAreAlikeWhereTheyAre() {
        Layout layout = Layout.of(optimisers().results());
        String words = "networks of one seed start equal";
        assertEquals(
                " Whatever the depth, " + words + ": their lines meet.",
                layout.alike("lines", "meet", List.of(List.of(1, 2), List.of(1, 2))));
        assertEquals(
                " Where lines meet, " + words + ".",
                layout.alike("lines", "meet", List.of(List.of(1, 2), List.of(1, 3), List.of(4))));
        assertEquals("", layout.alike("lines", "meet", List.of(List.of(1), List.of(2))));
        assertEquals("", layout.alike("lines", "meet", List.of(List.of(1))));
    }

    /** What is missing yet of a study makes no axes of one. */
    @Test
    void unfinishedStudiesKeepTheirAxes() {
        StudyResults all = StudySamples.cnn(Map.of("depth", numbers(2), "kernel", List.of("3", "5")))
                .seeds(1)
                .results();
        StudyResults some = new StudyResults("some", "", 4, all.rows().subList(0, 3), all.arrays());
        Layout layout = Layout.of(some);
        assertEquals("depth", layout.across());
        assertEquals(List.of("kernel"), layout.others());
        assertEquals(Map.of(), layout.followers());
    }

    /** Rates alone would not say which rule is meant. */
    @Test
    void wordsLeadNumbers() {
        Layout layout = Layout.of(new StudySamples(
                        false,
                        Map.of(
                                "depth", numbers(2),
                                "rule", List.of("sgd", "adam"),
                                "learning-rate", List.of("1e-2", "1e-3")),
                        List.of(List.of("rule", "learning-rate")))
                .results());
        assertEquals(Map.of("learning-rate", "rule"), layout.followers());
        assertEquals(
                List.of("rule sgd 0.01", "rule adam 0.001"),
                layout.strands().stream().map(Layout.Part::words).toList());
    }

    @Test
    void numbersThatTellTheOthersStandForThem() {
        Layout layout = Layout.of(new StudySamples(
                        true,
                        Map.of("depth", numbers(2), "channels", List.of("4", "8"), "bias", List.of("no", "yes")),
                        List.of(List.of("depth", "channels")))
                .results());
        assertEquals("depth", layout.across());
        assertEquals(List.of("bias"), layout.others());
        assertEquals(Map.of("channels", "depth"), layout.followers());
        assertEquals(numbers(2), Layout.words(layout.networks(), "depth"));
    }

    @Test
    void numbersThatDoNotTellTheOthersNameThem() {
        Layout layout = Layout.of(new StudySamples(
                        false,
                        Map.of(
                                "width", List.of("64", "64", "128"),
                                "learning-rate", List.of("1e-1", "1e-2", "1e-1"),
                                "bias", List.of("no", "yes", "no")),
                        List.of(List.of("width", "learning-rate", "bias")))
                .results());
        assertEquals(
                List.of(
                        "no bias width 64 learning rate 0.1",
                        "bias width 64 learning rate 0.01",
                        "no bias width 128 learning rate 0.1"),
                Layout.words(layout.networks(), layout.across()));
        assertTrue(layout.others().isEmpty());
    }

    @Test
    void imagesThatAreManyRunAcross() {
        Layout layout = Layout.of(StudySamples.cnn(Map.of(
                        "depth",
                        numbers(2),
                        "train",
                        IntStream.range(0, 9).mapToObj(i -> "builtin#" + i).toList()))
                .results());
        assertEquals("train", layout.across());
        assertEquals(List.of("depth"), layout.others());
    }

    @Test
    void theAxisOfMostLinesMakesThem() {
        Layout layout = Layout.of(StudySamples.fcn(Map.of(
                        "depth", numbers(2),
                        "activation", List.of("linear", "relu"),
                        "gain", List.of("1", "2", "3"),
                        "width", numbers(7)))
                .seeds(1)
                .results());
        assertEquals(List.of("gain", "depth", "activation"), layout.others());
        assertEquals("width", layout.across());
        assertEquals(
                " Of the 12 parts of the study, by gain, depth and activation, 4 are shown; the tables hold all.",
                layout.leftOut(false));
    }

    @Test
    void numbersAreWrittenOut() {
        assertEquals("0.0001", Layout.plain("1.0E-4"));
        assertEquals("100000", Layout.plain("1e5"));
        assertEquals("0", Layout.plain("0"));
        assertEquals("1.0E-9", Layout.plain("1.0E-9"));
        assertEquals("builtin#3", Layout.plain("builtin#3"));
    }
}
