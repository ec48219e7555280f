package org.idem.cli.theorem;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.idem.cli.argument.FileArguments;
import org.idem.cli.terminal.ExitCode;
import org.idem.report.ResultsFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the results of two runs of {@code verify} side by side. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Shows two result files of verify side by side.",
            "",
            "First come the settings of the two runs, then a line for each theorem: the verdict of each run, how many of its"
                    + " trials decided, and how many false variants it refuted. The last column says where verdicts differ;"
                    + " - stands for what a file does not have."
        },
        footer = {
            "",
            "Exit codes: 0 done, whatever differs; 2 bad usage or input.",
            "Examples:",
            "  idem compare yesterday.json today.json"
        })
public final class CompareCommand implements Callable<Integer> {
    private static final String NONE = "-";

    @Parameters(index = "0", paramLabel = "A.json", description = "results that verify --json wrote")
    private Path first = Path.of("");

    @Parameters(index = "1", paramLabel = "B.json", description = "other results")
    private Path second = Path.of("");

    @Override
    public Integer call() throws IOException {
        ResultsFile one = FileArguments.read("A.json", first.toString(), name -> ResultsFile.read(first));
        ResultsFile other = FileArguments.read("B.json", second.toString(), name -> ResultsFile.read(second));
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "A", "B", ""));
        for (String name : union(one.settings().keySet(), other.settings().keySet())) {
            rows.add(List.of(
                    name,
                    one.settings().getOrDefault(name, NONE),
                    other.settings().getOrDefault(name, NONE),
                    ""));
        }
        int differing = 0;
        Set<String> theorems = union(one.verdicts().keySet(), other.verdicts().keySet());
        for (String id : theorems) {
            ResultsFile.Verdict left = one.verdicts().get(id);
            ResultsFile.Verdict right = other.verdicts().get(id);
            boolean same = left != null && right != null && left.word().equals(right.word());
            rows.add(List.of(id, cell(left), cell(right), same ? "" : "differs"));
            differing += same ? 0 : 1;
        }
        print(rows);
        System.out.println(differing + " of " + theorems.size() + " verdicts differ");
        return ExitCode.DONE;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new LinkedHashSet<>(one);
        all.addAll(other);
        return all;
    }

    private static String cell(ResultsFile.@Nullable Verdict verdict) {
        return verdict == null
                ? NONE
                : verdict.word() + ", " + verdict.decided() + " of " + verdict.trials() + " trials, "
                        + verdict.refuted() + " of " + verdict.variants() + " variants";
    }

    private static void print(List<List<String>> rows) {
        int[] widths = new int[3];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        String format = "%-" + widths[0] + "s  %-" + widths[1] + "s  %-" + widths[2] + "s  %s";
        for (List<String> row : rows) {
            System.out.println(String.format(Locale.ROOT, format, row.toArray()).stripTrailing());
        }
    }
}
