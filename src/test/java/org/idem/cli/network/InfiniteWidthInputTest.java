package org.idem.cli.network;

import java.io.IOException;
import java.util.Map;
import org.idem.cli.BadInputFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input of {@code predict … --width infinite}. */
class InfiniteWidthInputTest extends BadInputFiles {
    private static final Map<String, String> FCN =
            Map.of("--train", "@X.npy", "--test", "@Z.npy", "--out", "@F.npy", "--width", "infinite");

    private static final Map<String, String> CNN =
            Map.of("--train", "@I.npy", "--test", "@I.npy", "--out", "@F.npy", "--width", "infinite");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "fcn | --width 256 | --width must be infinite; train takes networks of finite width, got '256'",
                "fcn | --weights @W.npy | --weights must be left out with --width infinite, got ~ W.npy; the mean over all",
                "fcn | --bias @vector.npy | --bias must be left out with --width infinite ~ --bias-variance says",
                "fcn | --seed 3 | --seed must be left out with --width infinite, got 3",
                "fcn | --depth 0 | --depth must be at least 1, got 0",
                "fcn | --kernel 3 | --kernel must go with cnn, got 3 with fcn",
                "cnn | --kernel 4 | --kernel must be odd and positive, got 4",
                "cnn | --padding valid | --padding must be same or circular with --width infinite, got valid",
                "cnn | --activation tanh | --activation: ~ linear, relu, leaky-relu and erf, got tanh",
                "fcn | --weight-variance 0 | --weight-variance must lie between 1e-100 and 1e100, got 0",
                "fcn | --weight-variance -2 | --weight-variance must lie between ~ got -2",
                "fcn | --bias-variance -1 | --bias-variance must be 0 or lie between ~ got -1",
                "fcn | --bias-variance 1e200 | --bias-variance must be 0 or lie between ~ got 1e200",
                "fcn | --train @1e39.npy --activation erf --weight-variance 1e100 | Z.npy, --activation erf, --weight-variance 1.0E100: erf needs signals ~ ; inputs of like size",
                "fcn | --residual perhaps | --residual must be yes or no, got 'perhaps'",
                "cnn | --residual | --residual must go with --depth 2 or more ~ got depth 1",
                "fcn | --precision float32 | --precision must be float64 with --width infinite, got float32",
                "fcn | --variance-out @F.npy | --variance-out must be another file than --out",
                "fcn | --variance-out @V.txt | --variance-out must end with .npy or .npz, got ~ V.txt",
                "fcn | --learning-rate 2 --depth 3 | --learning-rate must lie in the stable range (0, ~ got 2",
                "fcn | --learning-rate -1 | --learning-rate must lie in the stable range (0, ~ got -1",
                "fcn | --steps 3 --limit | --steps and --limit exclude each other",
                "fcn | --test @I.npy | --test must have the length of --train, got (2, 84) for (3, 5)",
                "cnn | --test @grey.npy | --test must have the channels of --train, got (2, 1, 6, 7) for (2, 2, 6, 7)",
                "cnn | --target @grey.npy#0 | --target must have one entry for each pixel of --train, got (1, 1, 6, 7) for",
                "fcn | --target @Z.npy | --target must have one entry for each example of --train, got (4, 5) for (3, 5)",
                "fcn | --train @vector.npy | --train must have shape (n, d), got (5)",
                "fcn | --train @nan.npy | --train must hold float64 numbers ~ got NaN at position 7",
                "cnn | --train @big.npy --test @big.npy | --train must have kernels that fit into the ~ MiB of memory, got 90000 pixels"
            })
    void isRefused(String kind, String changes, String parts) throws IOException {
        save("big", 1, 1, 300, 300);
        refused(command("predict " + kind, kind.equals("fcn") ? FCN : CNN, changes), parts.split(" ~ "));
    }

    @ParameterizedTest
    @CsvSource({
        "--depth 3,--depth must go with --width infinite",
        "--kernel 3,--kernel must go with --width infinite",
        "--activation erf,--activation must go with --width infinite",
        "--residual,--residual must go with --width infinite",
        "--weight-variance 2,--weight-variance must go with --width infinite",
        "--bias-variance 2,--bias-variance must go with --width infinite",
        "--variance-out @V.npy,--variance-out must go with --width infinite"
    })
    void isForInfiniteWidthOnly(String changes, String part) throws IOException {
        Map<String, String> right =
                Map.of("--train", "@X.npy", "--test", "@Z.npy", "--out", "@F.npy", "--weights", "@W.npy");
        refused(command("predict fcn", right, changes), part);
    }

    @ParameterizedTest
    @CsvSource({"predict fcn --train @X.npy --test @Z.npy --out @F.npy", "check fcn --train @X.npy --trained @W.npy"})
    void weightsAreNeededAtFiniteWidth(String line) throws IOException {
        refused(java.util.List.of(line.split(" ")), "--weights must be given, the file of the initial weights");
    }
}
