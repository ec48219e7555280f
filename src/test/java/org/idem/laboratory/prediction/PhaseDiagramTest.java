package org.idem.laboratory.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.idem.array.Array;
import org.idem.array.SquaredErrors;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Task;
import org.idem.network.LinearMethod;
import org.idem.theory.kernel.InfiniteNetwork;
import org.junit.jupiter.api.Test;

/** The closed-form diagram of a study's networks. */
class PhaseDiagramTest {
    private static Task task(String... pairs) throws IOException {
        Map<String, String> words = new LinkedHashMap<>(Map.of("rule", "sgd", "init", "he", "size", "9"));
        for (int i = 0; i < pairs.length; i += 2) {
            words.put(pairs[i], pairs[i + 1]);
        }
        return DrawnRuns.task(true, words);
    }

    private static PhaseDiagram diagram(Task task, int deepest, List<Integer> kernels) {
        List<PhaseDiagram.Test> tests = task.tests().stream()
                .map(test -> new PhaseDiagram.Test(
                        test.input().slice(0), test.target().slice(0)))
                .toList();
        return PhaseDiagram.of(
                        task.point(),
                        deepest,
                        kernels,
                        task.inputs().slice(0),
                        task.targets().slice(0),
                        tests)
                .orElseThrow();
    }

    /** Depth and large kernels draw the mean from the identity to the training image. */
    @Test
    void depthLeadsFromIdentityToConstant() throws IOException {
        PhaseDiagram diagram = diagram(task(), 12, List.of(3, 5));
        assertEquals(2 * 12 * 3, diagram.cells().size());
        for (int kernel : List.of(3, 5)) {
            List<PhaseDiagram.Cell> trained = diagram.cells().stream()
                    .filter(cell -> cell.kernel() == kernel && cell.steps() == 3000)
                    .toList();
            PhaseDiagram.Cell shallow = trained.get(1);
            PhaseDiagram.Cell deep = trained.get(11);
            assertEquals(2, shallow.depth());
            assertEquals(12, deep.depth());
            assertTrue(deep.trainError() < 1e-3, "the image is learnt at depth 12");
            assertTrue(
                    shallow.measures().identityCorrelation() > deep.measures().identityCorrelation());
            assertTrue(
                    shallow.measures().constantCorrelation() < deep.measures().constantCorrelation());
        }
    }

    /** What T7.mean says of a run at the rate 1/(c·λmax) after so many steps is what the diagram says. */
    @Test
    void cellsAreThoseOfTheRun() throws IOException {
        Task first = task("depth", "3", "channels", "16");
        PhaseDiagram.Cell cell = diagram(first, 3, List.of(3)).cells().get(2 * 3 + 1);
        assertEquals(300, cell.steps());
        double rate = first.targets().length() / 2.0 / cell.largestEigenvalue();
        Task same = task("depth", "3", "channels", "16", "learning-rate", String.valueOf(rate));
        KernelOfTask kernel = new KernelOfTask(
                InfiniteNetwork.ofCommonRate(same.architecture(), same.network(), Run.initialization(same.point())),
                same);
        LinearMethod method = LinearMethod.gradientDescent(rate);
        assertEquals(1, kernel.steepness(method), 1e-9);
        Array output = kernel.learned(method, 300, same.targets()).get(0);
        double error = SquaredErrors.mean(output, same.targets()) / same.unit();
        assertEquals(cell.trainError(), error, 1e-7);
    }

    @Test
    void onlyNetworksOfWhichTheKernelSpeaksHaveADiagram() throws IOException {
        assertTrue(PhaseDiagram.speaksOf(task().point()));
        for (List<String> other : List.of(
                List.of("rule", "adam"),
                List.of("weight-decay", "0.1"),
                List.of("padding", "valid"),
                List.of("activation", "tanh"),
                List.of("init", "pytorch"))) {
            assertFalse(PhaseDiagram.speaksOf(task(other.get(0), other.get(1)).point()), other + "");
        }
        assertFalse(
                PhaseDiagram.speaksOf(task("train", "builtin", "examples", "2").point()));
        assertFalse(PhaseDiagram.speaksOf(
                DrawnRuns.task(false, Map.of("rule", "sgd", "init", "he")).point()));
        Array large = Array.zeros(1, 33, 33);
        assertTrue(PhaseDiagram.of(task().point(), 2, List.of(3), large, large, List.of())
                .isEmpty());
    }

    @Test
    void timeIsToldInStepsOfTheKernelsOwnRate() throws IOException {
        PhaseDiagram diagram = diagram(task(), 2, List.of(3));
        PhaseDiagram.Cell cell = diagram.cells().get(3);
        double rate = 1 / (0.5 * cell.largestEigenvalue());
        assertEquals(30, diagram.nearest(cell, LinearMethod.gradientDescent(rate), 0.5, 20));
        assertEquals(300, diagram.nearest(cell, LinearMethod.gradientDescent(rate), 0.5, 250));
        assertEquals(3000, diagram.nearest(cell, new LinearMethod(rate, 0.9, false, 0), 0.5, 250));
        assertEquals(30, diagram.nearest(cell, LinearMethod.gradientDescent(rate), 0.5, 0));
    }
}
