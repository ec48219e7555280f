package org.idem.cli.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.NpzFile;
import org.idem.array.Precision;
import org.idem.cli.Run;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.StageParameters;
import org.idem.network.StateDictionary;
import org.idem.network.TrainingProblem;
import org.idem.network.UpdateRule;
import org.idem.theory.ClosedForm;
import org.idem.training.Trainer;
import org.idem.training.run.Outcome;
import org.idem.wording.Decimals;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code idem train} of networks of any depth does what the library does. */
class DeepTrainTest {
    @TempDir
    Path folder;

    private Array vectors = Array.zeros(1);
    private Array images = Array.zeros(1);

    @BeforeEach
    void data() throws IOException {
        vectors = saved("X.npy", 3, 6);
        images = saved("I.npy", 2, 2, 7, 9);
    }

    private Array saved(String name, int... shape) throws IOException {
        SplittableRandom random = new SplittableRandom(shape.length);
        Array array = Array.zeros(shape);
        Arrays.setAll(array.values(), i -> random.nextDouble());
        NpyFile.write(folder.resolve(name), array, Precision.FLOAT64);
        return array;
    }

    private Run train(String line) {
        return Run.of(("train " + line).replace("@", folder + "/").split(" +"));
    }

    private static Outcome.Trained trained(
            Network network, Initialization initialization, long seed, Array inputs, UpdateRule rule) {
        TrainingProblem problem = new TrainingProblem(
                network,
                inputs,
                TrainingProblem.identityTargets(network, inputs),
                initialization.draw(network, new SplittableRandom(seed)),
                Loss.MEAN);
        return (Outcome.Trained)
                new Trainer(problem, rule.optimizer(rule.usualLearningRate(), 0, false, 0), Precision.FLOAT64)
                        .train(new Horizon.Steps(20), inputs);
    }

    /** The bits of the library, drawn as a study draws them. */
    @ParameterizedTest
    @CsvSource({
        "SGD, RELU, false, false, HE",
        "ADAM, TANH, true, false, PYTORCH",
        "RMSPROP, LINEAR, true, true, ORTHOGONAL",
        "ADAGRAD, LEAKY_RELU, false, true, UNIFORM",
    })
    void aNetworkIsTheOneThatItsOptionsDescribe(
            UpdateRule rule, Activation activation, boolean bias, boolean residual, Initializer init)
            throws IOException {
        Initialization initialization = new Initialization(init, 1.5, null);
        String options = " --rule " + rule + " --activation " + activation + (bias ? " --bias" : "")
                + (residual ? " --residual" : "") + " --init " + init + " --gain 1.5 --seed 8 --loss mean --steps 20"
                + " --depth 3 --out @F.npy --weights-out @W.npz ";
        Network fcn = Architecture.fcn(3, activation, bias, residual).network(6, 6, 6);
        same(
                train("fcn --train @X.npy --test @X.npy --width 6" + options),
                fcn,
                trained(fcn, initialization, 8, vectors, rule));
        Network cnn = Architecture.cnn(3, 3, Padding.VALID, activation, bias, residual)
                .network(2, 4, 2);
        same(
                train("cnn --train @I.npy --test @I.npy --channels 4 --kernel 3 --padding valid" + options),
                cnn,
                trained(cnn, initialization, 8, images, rule));
    }

    private void same(Run run, Network network, Outcome.Trained expected) throws IOException {
        assertEquals(0, run.code(), run::toString);
        assertEquals(expected.outputs(), NpyFile.read(folder.resolve("F.npy")));
        Map<String, Array> named = StateDictionary.write(network, expected.parameters());
        Map<String, NpyFile.Content> written = NpzFile.readAll(folder.resolve("W.npz"));
        assertEquals(named.keySet(), written.keySet());
        named.forEach((name, array) -> assertEquals(array, written.get(name).array(), name));
        assertTrue(run.output().contains("last loss      " + Decimals.brief(expected.loss()) + "\n"), run::toString);
    }

    /** What was written goes on where it ended; the shapes may be told again. */
    @Test
    void writtenWeightsAreRead() {
        String task = "cnn --train @I.npy --test @I.npy --loss mean --out @F.npy --learning-rate 0.03 ";
        assertEquals(
                0,
                train(task + "--depth 4 --channels 3 --bias --init he --steps 5 --weights-out @W.npz")
                        .code());
        Run again = train(
                task + "--depth 4 --channels 3 --kernel 3 --bias --weights @W.npz --steps 7 --weights-out @V.npz");
        assertEquals(0, again.code(), again::toString);
        Run whole = train(task + "--depth 4 --channels 3 --bias --init he --steps 12");
        assertEquals(line(whole, "last loss"), line(again, "last loss"));
    }

    /** Weights of zero answer nothing, whatever they are asked. */
    @Test
    void deadNetworksAreNamed() throws IOException {
        String note = "the outputs are the same for all test inputs";
        String task = "fcn --train @X.npy --test @X.npy --out @F.npy --depth 2 --width 2 --steps 0 ";
        assertFalse(train(task + "--init he").output().contains(note));
        NpzFile.write(
                folder.resolve("dead.npz"),
                Map.of(
                        "0.weight", new NpyFile.Content(Array.zeros(2, 6), Precision.FLOAT64),
                        "2.weight", new NpyFile.Content(Array.zeros(6, 2), Precision.FLOAT64)));
        Run dead = train(task + "--weights @dead.npz");
        assertEquals(0, dead.code(), dead::toString);
        assertTrue(dead.output().contains(note), dead::toString);
    }

    /** A file in which only some layers have a bias may be meant so or be incomplete: the terminal says it. */
    @Test
    void aBiasThatSomeLayersLackIsSaid() throws IOException {
        String task = "fcn --train @X.npy --test @X.npy --out @F.npy --depth 2 --width 2 --steps 0 ";
        String note = "1 of 2 layers have a bias";
        NpzFile.write(
                folder.resolve("mixed.npz"),
                Map.of(
                        "0.weight", new NpyFile.Content(Array.zeros(2, 6), Precision.FLOAT64),
                        "0.bias", new NpyFile.Content(Array.zeros(2), Precision.FLOAT64),
                        "2.weight", new NpyFile.Content(Array.zeros(6, 2), Precision.FLOAT64)));
        Run mixed = train(task + "--weights @mixed.npz");
        assertEquals(0, mixed.code(), mixed::toString);
        assertTrue(mixed.output().contains(note), mixed::toString);
        for (String every : List.of("--bias no", "--bias yes")) {
            Run run = train(task + "--init he " + every);
            assertEquals(0, run.code(), run::toString);
            assertFalse(run.output().contains("layers have a bias"), run::toString);
        }
    }

    private static String line(Run run, String name) {
        return run.output()
                .lines()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .orElse(run.toString());
    }

    /** Bias and residual take yes and no; the kind may follow either. */
    @Test
    void optionsThatAloneMeanYesLeaveWhatFollowsAlone() throws IOException {
        String rest = " --train @X.npy --test @X.npy --out @F.npy --init pytorch --depth 2 --width 6 --steps 3";
        List<Array> outputs = new ArrayList<>();
        for (String line : List.of(
                "--bias fcn --residual" + rest,
                "fcn --residual --bias" + rest,
                "--residual fcn" + rest + " --bias yes",
                "--residual yes --bias=yes fcn" + rest,
                "fcn" + rest + " --bias --residual")) {
            Run run = train(line);
            assertEquals(0, run.code(), () -> line + ": " + run);
            outputs.add(NpyFile.read(folder.resolve("F.npy")));
        }
        for (Array other : outputs) {
            assertEquals(outputs.get(0), other);
        }
        train("--bias no --residual no fcn" + rest);
        Array without = NpyFile.read(folder.resolve("F.npy"));
        train("fcn" + rest);
        assertEquals(without, NpyFile.read(folder.resolve("F.npy")));
        assertFalse(without.equals(outputs.get(0)));
    }

    /** Without activation one layer is a linear map, and theory knows its limit and its rate, whoever drew it. */
    @Test
    void oneDrawnLayerHasALimit() throws IOException {
        String task = "fcn --train @X.npy --test @X.npy --out @F.npy --weights-out @W.npz --bias --init pytorch";
        Run run = train(task);
        assertEquals(0, run.code(), run::toString);
        // the limit interpolates three examples
        double[] trained = NpyFile.read(folder.resolve("F.npy")).values();
        double[] budget = budgetOfLimit(run);
        for (int i = 0; i < trained.length; i++) {
            assertEquals(vectors.values()[i], trained[i], budget[i]);
            assertTrue(budget[i] < 1e-9);
        }
        assertEquals(
                java.util.Set.of("0.weight", "0.bias"),
                NpzFile.readAll(folder.resolve("W.npz")).keySet());
        assertEquals(
                0,
                train("fcn --train @X.npy --test @X.npy --out @G.npy --weights @W.npz --steps 0")
                        .code());
        assertEquals(NpyFile.read(folder.resolve("F.npy")), NpyFile.read(folder.resolve("G.npy")));
        Files.delete(folder.resolve("W.npz"));
        // under another rule, or with a residual connection, the same layer has none
        assertEquals(2, train(task + " --rule adam").code());
        assertEquals(2, train(task + " --residual").code());
        assertEquals(0, train(task + " --residual --steps 3").code());
    }

    @Test
    void imagesAreVectorsForAnFcn() throws IOException {
        Run run = train("fcn --train @I.npy --test @I.npy --out @F.npy --init he --depth 2 --width 3 --steps 2");
        assertEquals(0, run.code(), run::toString);
        assertArrayEquals(
                new int[] {2, 126}, NpyFile.read(folder.resolve("F.npy")).shape());
    }

    /**
     * How far the outputs may lie from the exact limit: training from the computed limit, and that from the exact one.
     */
    private double[] budgetOfLimit(Run run) {
        Network network = Network.of(new Fcn(6, 6, true));
        StageParameters drawn = Initialization.of(Initializer.PYTORCH)
                .draw(network, new SplittableRandom(1))
                .get(0);
        ClosedForm form = new ClosedForm(
                new LinearProblem(new Fcn(6, 6, true), vectors, vectors, drawn.weights(), drawn.bias(), Loss.HALF_SUM));
        LinearMethod method = LinearMethod.gradientDescent(run.number("learning rate"));
        double[] trained = form.inTheLimit(method, (int) run.number("steps"), Precision.FLOAT64, vectors)
                .budget()
                .values();
        double[] exact = form.exactLimit(method, vectors).budget().values();
        double[] both = new double[exact.length];
        Arrays.setAll(both, i -> trained[i] + exact[i]);
        return both;
    }

    /** Drawn images of other sizes cannot stand in one array; the command says that they are missing. */
    @Test
    void imagesThatAreLeftOutAreCounted() {
        String network =
                "fcn --depth 2 --width 3 --init he --train builtin#3 --steps 1 --learning-rate 0.01 --out @o.npy";
        String all = train(network + " --test builtin").error();
        assertTrue(
                all.matches("idem: --test builtin takes [0-9]+ of the [0-9]+ drawn images, those of 28 × 28 .*\n"),
                all);
        assertEquals("", train(network + " --test builtin#3").error());
    }
}
