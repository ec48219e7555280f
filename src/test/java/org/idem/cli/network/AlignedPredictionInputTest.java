package org.idem.cli.network;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.NpzFile;
import org.idem.array.Precision;
import org.idem.cli.BadInputFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input of {@code predict} for deep linear networks. */
class AlignedPredictionInputTest extends BadInputFiles {
    private static final Map<String, String> RIGHT = Map.of(
            "--train", "@one.npy", "--test", "@Z.npy", "--out", "@F.npy", "--weights", "@two.npz", "--steps", "5");

    /** Layers whose rows hold one number each, and others. */
    @BeforeEach
    void layers() throws IOException {
        save("one", 1, 5);
        saveAll("nothing", 0, 1, 5);
        save("target", 1, 4);
        save("C", 1, 2, 6, 7);
        layers("two", diagonal(0.5, 0.5), diagonal(0.5, 0.5));
        layers("crossed", diagonal(0.5, 1.5), diagonal(0.5, 0.5));
        layers("unmet", diagonal(0.5, 0.5), diagonal(0.25, 1.5));
        layers("null", Array.zeros(5, 5), Array.zeros(5, 5));
        layers("wild", shrunk(9), shrunk(9), shrunk(9));
        Map<String, NpyFile.Content> biased = new LinkedHashMap<>();
        for (int layer = 0; layer < 2; layer++) {
            biased.put(layer + ".weight", new NpyFile.Content(diagonal(0.5, 0.5), Precision.FLOAT64));
            biased.put(layer + ".bias", new NpyFile.Content(Array.zeros(5), Precision.FLOAT64));
        }
        NpzFile.write(folder.resolve("biased.npz"), biased);
        Map<String, NpyFile.Content> odd = new LinkedHashMap<>();
        odd.put("0.weight", new NpyFile.Content(diagonal(1, 1), Precision.FLOAT64));
        odd.put("kernel", new NpyFile.Content(diagonal(1, 1), Precision.FLOAT64));
        NpzFile.write(folder.resolve("odd.npz"), odd);
    }

    private void layers(String name, Array... weights) throws IOException {
        Map<String, NpyFile.Content> members = new LinkedHashMap<>();
        for (int layer = 0; layer < weights.length; layer++) {
            members.put(layer + ".weight", new NpyFile.Content(weights[layer], Precision.FLOAT64));
        }
        NpzFile.write(folder.resolve(name + ".npz"), members);
    }

    private static Array diagonal(double first, double others) {
        Array matrix = Array.zeros(5, 5);
        for (int i = 0; i < 5; i++) {
            matrix.values()[6 * i] = i == 0 ? first : others;
        }
        return matrix;
    }

    /** 1 along the vector of ones, and a number across it. */
    private static Array shrunk(double across) {
        Array matrix = diagonal(across, across);
        for (int i = 0; i < 25; i++) {
            matrix.values()[i] += (1 - across) / 5;
        }
        return matrix;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "fcn | --train @X.npy | --train must hold one example for the --weights of several layers, got (3, 5)",
                "fcn | --train @nothing.npy | --train must not be 0 everywhere for the --weights of several layers",
                "fcn | --target @nothing.npy | --target must not be 0 everywhere",
                "fcn | --target @target.npy | --train, --target and --weights must fit: ~ got [1, 4]",
                "fcn | --weights @crossed.npz | must be aligned with the example and its target ~ of layer 1 a share of",
                "fcn | --weights @unmet.npz | must be aligned with the example and its target ~ of layer 2 a share of",
                "fcn | --weights @null.npz | must be aligned ~ of layer 1 a share of 1.0",
                "fcn | --weights @biased.npz | biased.npz must hold no biases",
                "fcn | --bias @vector.npy | and --bias be left out, for several layers",
                "fcn | --weights @odd.npz | odd.npz: arrays must be named as PyTorch's state_dict ~ got 'kernel'",
                "fcn | --weights @wild.npz --learning-rate 0.01 | must keep rounding from growing across the path ~ below 2.0",
                "fcn | --learning-rate 30 --steps 400 | must keep the layers finite ~ stable below 2.0",
                "fcn | --learning-rate 0.24 --steps 900 --precision float32 | must leave a finite error budget ~ along the path",
                "fcn | --learning-rate -1 | --learning-rate: ~ got -1.0",
                "fcn | --learning-rate 1 --limit | --steps and --limit exclude each other",
                "fcn | --depth 3 | --depth must agree with --weights ~ which holds 2 layers, got 3",
                "fcn | --width 7 | --width must agree with --weights ~ a layer of 5 units, got '7'",
                "fcn | --kernel 3 | --kernel must go with cnn, got 3 with fcn",
                "fcn | --activation relu | --activation must be linear for several layers of finite width",
                "fcn | --residual | --residual must be no for several layers of finite width",
                "fcn | --variance-out @V.npy | --variance-out must go with --width infinite",
                "fcn | --steps 2000000000 | --steps must be a path that fits into the ~ MiB of memory",
                "fcn | --momentum 1 | --momentum",
                "cnn | --train @C.npy --test @C.npy | must hold one layer for cnn, got 2"
            })
    void isRefused(String kind, String changes, String parts) throws IOException {
        refused(command("predict " + kind, RIGHT, changes), parts.split(" ~ "));
    }
}
