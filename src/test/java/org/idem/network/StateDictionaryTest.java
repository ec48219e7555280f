package org.idem.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.junit.jupiter.api.Test;

/** Parameters by the names of PyTorch. */
class StateDictionaryTest {
    private static Map<String, Array> arrays(Object... namesAndArrays) {
        Map<String, Array> arrays = new LinkedHashMap<>();
        for (int i = 0; i < namesAndArrays.length; i += 2) {
            arrays.put((String) namesAndArrays[i], (Array) namesAndArrays[i + 1]);
        }
        return arrays;
    }

    /** 10 follows 2, whatever the order of the archive and of the letters. */
    @Test
    void numbersGiveTheOrder() {
        Array first = Array.zeros(4, 3);
        Array second = Array.zeros(2, 4);
        Array bias = Array.zeros(2);
        var stages = StateDictionary.read(arrays("10.bias", bias, "10.weight", second, "2.weight", first));
        assertEquals(List.of(2, 10), List.copyOf(stages.keySet()));
        assertEquals(
                List.of(new StageParameters(first, null), new StageParameters(second, bias)),
                List.copyOf(stages.values()));
        Network network = StateDictionary.network(List.copyOf(stages.values()), Padding.SAME, Activation.TANH, true);
        assertEquals(
                new Network(List.of(
                        new Stage(new Fcn(3, 4, false), Activation.TANH, false),
                        new Stage(new Fcn(4, 2, true), Activation.LINEAR, false))),
                network);
    }

    @Test
    void convolutionsKnowTheirKernelAndMayBeResidual() {
        var stages =
                StateDictionary.read(arrays("0.weight", Array.zeros(2, 2, 5, 5), "1.weight", Array.zeros(1, 2, 1, 1)));
        Network network =
                StateDictionary.network(List.copyOf(stages.values()), Padding.CIRCULAR, Activation.RELU, true);
        assertEquals(
                new Stage(new Cnn(2, 2, 5, Padding.CIRCULAR, false), Activation.RELU, true),
                network.stages().get(0));
        assertEquals(
                new Stage(new Cnn(2, 1, 1, Padding.CIRCULAR, false), Activation.LINEAR, false),
                network.stages().get(1));
    }

    @Test
    void activationsCount() {
        for (Activation activation : Activation.values()) {
            Network network = Network.fcn(activation, true, 3, 2, 2, 1);
            List<StageParameters> parameters = Initialization.of(Initializer.HE).draw(network, new SplittableRandom(1));
            Map<String, Array> written = StateDictionary.write(network, parameters);
            List<Integer> places = activation == Activation.LINEAR ? List.of(0, 1, 2) : List.of(0, 2, 4);
            assertEquals(
                    places.stream()
                            .flatMap(place -> List.of(place + ".weight", place + ".bias").stream())
                            .toList(),
                    List.copyOf(written.keySet()));
            assertEquals(parameters, List.copyOf(StateDictionary.read(written).values()));
        }
    }

    @Test
    void namesOfPyTorch() {
        for (String name : List.of("0.weight", "12.bias")) {
            assertTrue(StateDictionary.isName(name), name);
        }
        for (String name :
                List.of("", "w", "00.weight", "-1.weight", "0.weights", "a.0.weight", "1.running_mean", "0.weight ")) {
            assertFalse(StateDictionary.isName(name), name);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Array weights = Array.zeros(3, 4);
        Refusal.says("there must be an array 0.weight, got no arrays", () -> StateDictionary.read(Map.of()));
        Refusal.says(
                "arrays must be named as PyTorch's state_dict names those of nn.Sequential, 0.weight, 0.bias, 2.weight, …,"
                        + " got 'fc.weight'",
                () -> StateDictionary.read(arrays("0.weight", weights, "fc.weight", weights)));
        Refusal.says(
                "2.bias must go with an array 2.weight",
                () -> StateDictionary.read(arrays("0.weight", weights, "2.bias", Array.zeros(3))));
        Refusal.says(
                "0.bias must have shape (3) as 0.weight has so many outputs, got [4]",
                () -> StateDictionary.read(arrays("0.weight", weights, "0.bias", Array.zeros(4))));
        Refusal.says(
                "7.weight must take the 3 outputs of 0.weight, of shape [3, 4], got [3, 4]",
                () -> StateDictionary.read(arrays("7.weight", weights, "0.weight", weights)));
        Refusal.says(
                "1.weight must take the 3 outputs of 0.weight, of shape [3, 4], got [2, 3, 1, 1]",
                () -> StateDictionary.read(arrays("0.weight", weights, "1.weight", Array.zeros(2, 3, 1, 1))));
        for (int[] shape : new int[][] {{3}, {0, 4}, {3, 4, 5}, {2, 2, 3, 1}, {2, 2, 2, 2}, {}}) {
            Refusal.says(
                    "0.weight must have shape (k, d) or (C_out, C, K, K) with K odd and nothing of size 0, got "
                            + java.util.Arrays.toString(shape),
                    () -> StateDictionary.read(arrays("0.weight", Array.zeros(shape))));
        }
    }

    /** Two layers of kernel 3 lose two rows on each side; channels and examples stay. */
    @Test
    void theIdentityUnderValidPaddingIsTheCentralPart() {
        Network network = Network.cnn(Activation.RELU, false, 3, Padding.VALID, 2, 5, 2);
        Array images = Array.zeros(3, 2, 7, 6);
        java.util.Arrays.setAll(images.values(), i -> i);
        Array targets = TrainingProblem.identityTargets(network, images);
        assertEquals(
                List.of(3, 2, 3, 2),
                java.util.Arrays.stream(targets.shape()).boxed().toList());
        assertEquals(images.at(1, 1, 2, 2), targets.at(1, 1, 0, 0));
        assertEquals(images.at(2, 0, 4, 3), targets.at(2, 0, 2, 1));
    }
}
