package org.idem.cli.network;

import java.io.IOException;
import java.util.Map;
import org.idem.cli.BadInputFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input of {@code check}. */
class CheckInputTest extends BadInputFiles {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--trained @missing.npy | missing.npy: there is no such file",
                "--trained @nan.npy | --trained must hold float64 numbers ~ got NaN at position 7",
                "--precision float32 --trained @1e39.npy | --trained must hold float32 numbers ~ got 1.0E39",
                "--trained @W4.npy | --trained ~ must fit ~ trained weights must have shape [5, 5], got [4, 5]",
                "--trained-bias @v5.npy | --bias and --trained-bias must be given together, got only --trained-bias",
                "--bias @v5.npy | --bias and --trained-bias must be given together, got only --bias",
                "--bias @v5.npy --trained-bias @W.npy | the trained bias must have shape [5], got [5, 5]",
                "--weights @vector4.npy | --weights must have shape (k,d)",
                "--train @short.npy | short.npy ~ needs 120 bytes after the header, got 117",
                "--target @W4.npy | --target ~ targets must have the shape of the outputs [3, 5], got [4, 5]",
                "--train @1e-170.npy | --train must hold zeros only or ~ got at most 1.0E-170",
                "--steps -1 | --steps must be at least 0, got -1",
                "--steps 3 --limit | --steps and --limit exclude each other",
                "--learning-rate 0 | --learning-rate ~ must be positive and finite, got 0.0",
                "--learning-rate NaN | --learning-rate must be a finite number ~ got 'NaN'",
                "--momentum 1 | --momentum ~ must lie in [0, 1), got 1.0",
                "--nesterov | --nesterov ~ needs a momentum above 0, got 0",
                "--loss huber | --loss must be one of half-sum, mean, sum, got 'huber'",
                "--report @X.npy | --report must name a folder, but ~ X.npy is a file",
                "--json @nowhere/r.json | --json must name a file in an existing folder, got ~ nowhere/r.json; make the folder",
                "--json @folder | --json must name a file, but ~ folder is a folder; name a file in it",
                "--test @X.npy | Unknown option",
            })
    void ofCheck(String changes, String parts) throws IOException {
        save("v5", 5);
        save("vector4", 4);
        Map<String, String> right = Map.of("--train", "@X.npy", "--weights", "@W.npy", "--trained", "@W.npy");
        refused(command("check fcn", right, changes), parts.split(" ~ "));
    }
}
