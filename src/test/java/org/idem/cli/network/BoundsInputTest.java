package org.idem.cli.network;

import java.io.IOException;
import java.util.Map;
import org.idem.cli.BadInputFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input of {@code bounds}. */
class BoundsInputTest extends BadInputFiles {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--train @missing.npy | --train: ~ missing.npy: there is no such file",
                "--train @vector.npy | vector.npy: images must have shape",
                "--test @nan.npy | --test must hold float64 numbers ~ got NaN at position 7",
                "--test @large.npy | --test must hold ~ got 3.53",
                "--test @grey.npy | --test must have as many channels as --train, got 1 and 2",
                "--train builtin#99 | builtin#99 ~ entries, counted from #0, got #99",
                "--train builtin:owl | builtin:owl: a drawn image must be one of",
                "--train @1e-170.npy | --train must hold zeros only or ~ got at most 1.0E-170",
                "--kernels 3,4 | --kernels: the kernel must be odd and positive, got 4",
                "--kernels -1 | --kernels: the kernel must be odd and positive, got -1",
                "--kernels three | --kernels must be whole numbers ~ 'three' is none",
                "--kernels 1,\"3 | --kernels must be whole numbers ~ '\"3' is none",
                "--kernels , | --kernels must name at least one side, got none",
                "--kernels 9 --padding valid | --kernels: with valid padding a kernel of side 9 must fit",
                "--networks -1 | --networks, --steps: networks and steps must be at least 0, got -1",
                "--steps -1 | --networks, --steps: networks and steps must be at least 0, got 200 and -1",
                "--init orthogonal | --init must be a law of independent weights ~ got orthogonal",
                "--init cauchy | --init ~ cauchy",
                "--seed soon | --seed ~ soon",
                "--csv @folder | --csv must name a file, but",
                "--csv @nowhere/table.csv | --csv must name a file in an existing folder",
                "--image 3 | Unknown option",
            })
    void ofBounds(String changes, String parts) throws IOException {
        Map<String, String> right = Map.of("--train", "@I.npy", "--test", "@I.npy", "--kernels", "3");
        refused(command("bounds", right, changes), parts.split(" ~ "));
    }
}
