package org.idem.cli.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.Precision;
import org.idem.cli.BadInputFiles;
import org.idem.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input of {@code predict} and {@code train}, which take the same arguments. */
class PredictAndTrainInputTest extends BadInputFiles {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--train @missing.npy | --train: ~ missing.npy: there is no such file",
                "--target @missing.npy | --target: ~ missing.npy: there is no such file",
                "--train @folder | folder: must be a file, but is a folder",
                "--train @nan.npy | --train must hold float64 numbers ~ got NaN at position 7",
                "--target @nan.npy | --target must hold ~ got NaN at position 7",
                "--test @infinite.npy | --test must hold ~ got -Infinity at position 7",
                "--train @large.npy | magnitude at most 1.7668470647783843E72 ~ got 3.53",
                "--precision float32 --train @1e39.npy | --train must hold float32 numbers ~ got 1.0E39",
                "--train @short.npy | short.npy ~ needs 120 bytes after the header, got 117",
                "--train @long.npy | long.npy ~ needs 120 bytes after the header, got 123",
                "--weights @header.npy | header.npy: npy header must have the 118 bytes it announces, got 10",
                "--train @X.npz:y | --train: ~ X.npz: has no array 'y'; it holds x",
                "--weights @none.npz:y | --weights: ~ none.npz: there is no such file",
                "--train @empty.npy | empty.npy ~ must be IDX images, PNG or npy ~ it is empty",
                "--train @text.npy | text.npy ~ must be IDX images, PNG or npy",
                "--train @short.idx | short.idx: IDX sizes [2, 2, 3] need 12 bytes of pixels, got 11",
                "--train @short.png | short.png: a PNG must end with a chunk IEND, but it is truncated",
                "--train @corrupt.png | corrupt.png ~ checksum",
                "--train @short.gz | short.gz ~ gzip data must be whole",
                "--train @X.npy#3 | X.npy ~ has 3 entries, counted from #0, got #3",
                "--train @X.npy#last | X.npy#last ~ must be the number of an entry",
                "--train @W4.npy#0 --weights @W4.npy | --train: the identity task needs as many outputs as inputs, got 4 and 5",
                "--train @vector.npy | --train: inputs must have shape (n, 5), got [5]",
                "--test @I.npy | --test: inputs must have shape (n, 5), got [2, 84]",
                "--train @none.npy | --train must hold at least one example, got shape (0, 5)",
                "--target @none.npy | --target must hold at least one example, got shape (0, 5)",
                "--target @W4.npy | --target ~ targets must have the shape of the outputs [3, 5], got [4, 5]",
                "--bias @W.npy | --bias ~ bias must have shape [5], got [5, 5]",
                "--weights @vector.npy | --weights must have shape (k,d), got (5)",
                "--weights @none.npy | --weights must have shape (k,d), got (0, 5)",
                "--steps -1 | --steps must be at least 0, got -1",
                "--steps 3 --limit | --steps and --limit exclude each other",
                "--steps many | --steps must be a whole number, got 'many'; idem ",
                "--learning-rate 0 | --learning-rate must lie in the stable range (0, ~ got 0 in float64",
                "--learning-rate -1 | --learning-rate must lie in the stable range (0, ~ got -1 in float64",
                "--learning-rate NaN | --learning-rate must be a finite number such as 0.01 or 1e-3, got 'NaN'",
                "--learning-rate 1e9 | --learning-rate must lie in the stable range (0, ~ got 1e9 in float64",
                "--learning-rate 1e-50 --precision float32 | --learning-rate must be a number that float32 can hold ~ got 1e-50 ~ rounds to 0",
                "--learning-rate 1e50 --precision float32 | --learning-rate must be a number that float32 can hold ~ got 1e50 ~ rounds to Infinity",
                "--learning-rate 1e999 | --learning-rate must be a finite number such as 0.01 or 1e-3, got '1e999'",
                "--train @1e-170.npy --test @1e-170.npy | --train must hold zeros only or ~ at least 6.223015277861142E-61 in float64, got at most 1.0E-170 ~ rescale",
                "--test @1e-170.npy | --test must hold zeros only or ~ got at most 1.0E-170",
                "--train @1e-23.npy --precision float32 | --train must hold zeros only or ~ at least 3.552713678800501E-15 in float32, got at most 1.0E-23",
                "--target @1e-170.npy --weights @zero.npy | --weights, --bias and --target must be zero or reach ~ got at most 1.0E-170 for output 0",
                "--target @1e-170.npy --weights @1e-300.npy | --weights, --bias and --target must ~ got at most 1.0E-170 for output 0",
                "--target @1e-40.npy --weights @zero.npy --precision float32 | --weights, --bias and --target must ~ got at most 1.0E-40 for output 0",
                "--train @zero.npy --weight-decay 1e-320 | --learning-rate must be given, because ~ is no float64 number for a curvature of 1e-320",
                "--weight-decay 1e-60 --precision float32 | --weight-decay must be a number that float32 can hold, got 1e-60, which rounds to 0",
                "--momentum 1e-60 --precision float32 | --momentum must be a number that float32 can hold, got 1e-60, which rounds to 0",
                "--momentum 1 | --momentum ~ must lie in [0, 1), got 1.0",
                "--momentum 0.99999999 --precision float32 | --momentum must lie in [0, 1) in float32, got 0.99999999, which rounds to 1",
                "--momentum nan | --momentum must be a finite number ~ got 'nan'",
                "--nesterov | --nesterov ~ needs a momentum above 0, got 0",
                "--weight-decay -0.5 | --weight-decay ~ must be at least 0 and finite, got -0.5",
                "--weight-decay Infinity | --weight-decay must be a finite number ~ got 'Infinity'",
                "--loss huber | --loss must be one of half-sum, mean, sum, got 'huber'",
                "--precision float16 | --precision ~ float16",
                "--padding mirror | --padding ~ mirror",
                "--out @nowhere/F.npy | --out must name a file in an existing folder, got ~ nowhere/F.npy",
                "--out @folder | --out must name a file, but ~ folder is a folder",
                "--steps | --steps",
                "--step-count 3 | Unknown option ~ --step-count ~ ; idem ",
                "--stpes 3 | Unknown option: '--stpes'; nearest: --steps; idem ",
                "--stpes 3 --sede=2 | Unknown options: '--stpes', '--sede=2'; nearest: --steps; idem ",
                "--loss mena | --loss must be one of half-sum, mean, sum, got 'mena'; nearest: mean; ",
                "--padding sane | --padding must be one of same, circular, valid, got 'sane'; nearest: same",
                "--out @F.jpg | --out must end with .npy or .npz, got ~ F.jpg",
                "--out @F | --out must end with .npy or .npz, got ~ F",
                "--out @F.png | --out can be a picture (.png) only where a cnn has images as outputs",
            })
    void ofPredictAndTrain(String changes, String parts) throws IOException {
        Map<String, String> right =
                Map.of("--train", "@X.npy", "--weights", "@W.npy", "--test", "@Z.npy", "--out", "@F.npy");
        for (String name : List.of("predict fcn", "train fcn")) {
            refused(command(name, right, changes), parts.split(" ~ "));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--weights @W.npy | --weights must have shape (C_out,C_in,K,K), got (5, 5)",
                "--weights @even.npy | --weights must have square kernels of odd side, got (2, 2, 2, 2)",
                "--weights @oblong.npy | --weights must have square kernels of odd side, got (2, 2, 3, 5)",
                "--train @X.npy | --train: inputs must have shape (n, 2, H, W), got [3, 5]",
                "--train @grey.npy | --train: inputs must have shape (n, 2, H, W), got [2, 1, 6, 7]",
                "--test @grey.npy | --test: inputs must have shape (n, 2, H, W), got [2, 1, 6, 7]",
                "--weights @K9.npy --padding valid | --train: with valid padding a kernel of side 9 must fit",
            })
    void ofConvolutions(String changes, String parts) throws IOException {
        Map<String, String> right =
                Map.of("--train", "@I.npy", "--weights", "@K.npy", "--test", "@I.npy", "--out", "@F.npy");
        for (String name : List.of("predict cnn", "train cnn")) {
            refused(command(name, right, changes), parts.split(" ~ "));
        }
    }

    @Test
    void weightsNeedAPlaceOfTheirOwn() throws IOException {
        Map<String, String> right = Map.of(
                "--train", "@X.npy", "--weights", "@W.npy", "--test", "@Z.npy", "--out", "@F.npy", "--steps", "3");
        refused(
                command("train fcn", right, "--weights-out @nowhere/WT.npy"),
                "--weights-out must name a file in an existing folder");
        refused(command("train fcn", right, "--weights-out @WT.png"), "--weights-out can be a picture (.png) only");
        refused(command("train fcn", right, "--weights-out @WT"), "--weights-out must end with .npy or .npz, got");
        refused(
                command("train fcn", right, "--weights-out @folder/../F.npy"),
                "--weights-out must be another file than --out");
    }

    /** λ = 4 and no other curvature: the range ends at 1/2 and everything below it is accepted. */
    @Test
    void theStableRangeEndsWhereTheTheorySays() throws IOException {
        NpyFile.write(folder.resolve("two.npy"), Array.of(new double[] {2}, 1, 1), Precision.FLOAT64);
        Map<String, String> right = Map.of(
                "--train",
                "@two.npy",
                "--weights",
                "@two.npy",
                "--test",
                "@two.npy",
                "--out",
                "@F.npy",
                "--steps",
                "1");
        refused(command("predict fcn", right, "--learning-rate 0.5"), "(0, 0.5), got 0.5 in float64");
        String below = "--learning-rate " + Math.nextDown(0.5);
        List<String> accepted = command("predict fcn", right, below);
        assertEquals(
                0,
                Run.of(accepted.stream()
                                .map(word -> word.replace("@", folder + "/"))
                                .toArray(String[]::new))
                        .code());
        Files.delete(folder.resolve("F.npy"));
        // in float32 it rounds to the end of the range
        refused(command("predict fcn", right, below + " --precision float32"), "(0, 0.5), got 0.5 in float32");
    }
}
