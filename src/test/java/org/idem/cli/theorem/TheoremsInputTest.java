package org.idem.cli.theorem;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.idem.cli.BadInputFiles;
import org.idem.cli.Main;
import org.idem.cli.argument.Numbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Bad input of the commands that take theorems, and of the program itself. */
class TheoremsInputTest extends BadInputFiles {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--trials 0 | --trials must be at least 1, got 0",
                "--trials few | --trials must be a whole number ~ got 'few'",
                "--confidence 2 | --confidence must lie in (0, 1), got 2.0",
                "--confidence 0 | --confidence must lie in (0, 1), got 0.0",
                "--confidence NaN | --confidence must be a finite number ~ got 'NaN'",
                "--images @missing.npy | --images: ~ missing.npy: there is no such file",
                "--images @vector.npy | vector.npy: images must have shape",
                "--images @nan.npy | nan.npy: pixels must be finite, got NaN at position 7",
                "--images @1e39.npy | --images must hold images ~ got 1.0E39 at position 7 ~ another unit",
                "--images @1e-23.npy | --images must hold images ~ got 1.0E-23 at position 0 ~ another unit",
                "--images @corrupt.png | corrupt.png ~ checksum",
                "--json @nowhere/r.json | --json must name a file in an existing folder, got ~ nowhere/r.json; make the folder",
                "--json @folder | --json must name a file, but ~ folder is a folder; name a file in it",
                "--report @X.npy | --report must name a folder, but ~ X.npy is a file",
                "--report @X.npy/deeper | --report must name a folder, but ~ X.npy is a file",
                "--theorem T1 | Unknown option",
            })
    void ofVerify(String changes, String parts) throws IOException {
        refused(command("verify T1", Map.of("--report", "@report"), changes), parts.split(" ~ "));
    }

    @Test
    void ofTheRest() throws IOException {
        refused(
                List.of("verify", "T1", "T9", "--report", "@report"),
                "got 'T9'; nearest: T0, T1, T2, T3, T4, T5, T6, T7; known: T0, T1, ");
        refused(List.of("theorems", "T9"), "got 'T9'; nearest: T0, T1, T2, T3, T4, T5, T6, T7; known: T0, T1, ");
        refused(List.of("theorems", "T1", "t2.law"), "got 't2.law'; nearest: T2.law");
        refused(List.of("power", "T1.step"), "got 'T1.step'; nearest: T1.steps");
        refused(List.of("verify", "T1,T9", "--report", "@report"), "got 'T9'");
        refused(List.of("replay", "T1.stpes seed=1"), "got 'T1.stpes'; nearest: T1.steps");
        refused(List.of("verfiy"), "'verfiy'; nearest: verify; idem --help");
        refused(
                List.of("predict", "fcn", "--trian", "@X.npy"),
                "Missing required",
                "unknown: '--trian'; nearest: --train");
        refused(List.of("replay", "T9 seed=1"), "THEOREM must be a known identifier");
        refused(List.of("replay", "T1"), "LINE: ");
        refused(List.of("replay", "T1 height=1"), "LINE: the replay line lacks width");
        refused(List.of("replay"), "LINE");
        refused(List.of("replay", ""), "LINE must begin with the identifier of a theorem", "got ''");
        refused(List.of("replay", " \t"), "LINE must begin with the identifier of a theorem");
        refused(List.of("nonsense"), "nonsense");
        refused(List.of(), "COMMAND must be given, got none; commands: verify, predict");
        refused(List.of("train", "fcn", "--train", "@X.npy", "--train", "@X.npy", "--weights", "@W.npy"), "--train");
        refused(List.of("help", "verfiy"), "COMMAND must be one of verify, ", "got 'verfiy'; nearest: verify");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seed=x | LINE: the replay line needs seed from -9223372036854775808 to ~ got x; idem theorems T1",
                "seed=1e3 | needs seed from ~ got 1e3",
                "seed= | needs seed from ~ got nothing",
                "seed=9223372036854775808 | needs seed from ~ got 9223372036854775808",
                "width=x | needs width from 1 to ~ got x",
                "width=1.5 | needs width from 1 to ~ got 1.5",
                "width=1e999 | needs width from 1 to ~ got 1e999",
                "rate=nan | needs rate between ~ got nan",
                "rate= | needs rate between ~ got nothing",
                "loss=huber | needs loss half-sum or ~ got huber",
                "losss=mean | unknown [losss]",
                "mean | holds each name=value once, got 'mean'",
            })
    void ofReplayLines(String word, String parts) throws IOException {
        Map<String, String> line = new LinkedHashMap<>();
        for (String right :
                "height=1 width=2 image=noise rate=0.5 loss=half-sum initializer=gaussian precision=float64 seed=7"
                        .split(" ")) {
            line.put(right.split("=")[0], right);
        }
        line.put(word.split("=")[0], word);
        refused(List.of("replay", "T1 " + String.join(" ", line.values())), parts.split(" ~ "));
    }

    /** Every option of every command that takes a number, with whatever is none. */
    @Test
    void numbersOfAllCommands() throws IOException {
        int options = 0;
        for (CommandLine command : Main.line().getSubcommands().values()) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (Numbers.problem(option.type(), "").isEmpty()) {
                    continue;
                }
                options++;
                boolean whole = option.type() != double.class && option.type() != Double.class;
                for (String word : List.of(
                        "",
                        " ",
                        "x",
                        "inf",
                        "-inf",
                        "nan",
                        "NaN",
                        "Infinity",
                        "1e999",
                        "-1e999",
                        "0x10",
                        "1,5",
                        "1_000",
                        "١",
                        "5d",
                        "1f",
                        "1e999999999")) {
                    String name = option.longestName();
                    refused(
                            List.of(command.getCommandName(), name + "=" + word),
                            name + " must be a " + (whole ? "whole number, " : "finite number such as "),
                            "got '" + word + "'; idem " + command.getCommandName() + " --help explains");
                }
                if (whole) {
                    refused(
                            List.of(command.getCommandName(), option.longestName() + "=2.5e3"),
                            "got '2.5e3'; write 2500; idem ");
                }
            }
        }
        assertTrue(options >= 15, options + " options");
    }
}
