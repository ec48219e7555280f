package org.idem.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.idem.cli.study.RunReplay;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.theorem.TheoremOptions;
import org.idem.cli.theorem.TrialReplay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs one trial of a theorem, or one network of a study, again. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Runs one trial of a theorem again from the line that a verdict or a report prints, or trains one network of a"
                    + " study again from the line that its store keeps.",
            "",
            "Each record of a network in a store's results.jsonl holds its line under \"run\". Networks are tested on the"
                    + " images that the program draws, whatever --test was."
        },
        footer = {
            "",
            "Examples:",
            "  idem replay 'T1 height=1 width=2 image=noise rate=0.5 loss=half-sum initializer=gaussian precision=float64 seed=7'",
            "  idem replay 'fcn depth=2 width=16 activation=relu bias=no residual=no init=pytorch gain=1 rule=sgd learning-rate=0.1 momentum=0 nesterov=no weight-decay=0 loss=mean batch=all examples=1 size=8 train=builtin#3 input=raw target=raw precision=float32 threads=1 until=1.0E-4 most-steps=500 seed=7'"
        })
public final class ReplayCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "LINE",
            description = "'ID name=value … seed=S' or 'fcn|cnn name=value … seed=S', in quotes or not")
    private List<String> words = List.of();

    @Mixin
    private TheoremOptions options = new TheoremOptions();

    @Override
    public Integer call() throws Exception {
        String line = String.join(" ", words);
        String first = line.strip().split("\\s+", 2)[0];
        if (first.isEmpty()) {
            throw new BadInput("LINE must begin with the identifier of a theorem, or with fcn or cnn, as the lines that"
                    + " verdicts, reports and stores hold, got '" + line + "'");
        }
        if (!first.equals("fcn") && !first.equals("cnn")) {
            return TrialReplay.of(line, options);
        }
        if (options.areGiven()) {
            throw new BadInput("--images and --classpath go with lines of theorems, not with networks of a study; their"
                    + " line names the images");
        }
        return RunReplay.of(line);
    }
}
