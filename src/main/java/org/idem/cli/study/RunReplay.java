package org.idem.cli.study;

import java.io.IOException;
import java.util.Locale;
import org.idem.cli.terminal.ExitCode;
import org.idem.laboratory.plan.Materials;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.RunLine;
import org.idem.laboratory.result.Measures;
import org.idem.laboratory.result.RunResult;
import org.idem.laboratory.run.StudyRunner;

/** Trains one network of a study again, from the line that its store keeps. */
public final class RunReplay {
    private RunReplay() {}

    /**
     * Trains the network and prints how it ended and its measures.
     *
     * @param line {@code fcn name=value … seed=S}, or cnn
     * @return exit code; 0 however training ended
     * @throws IOException if images cannot be read
     */
    public static int of(String line) throws IOException {
        Run run = read(line);
        RunResult result = StudyRunner.trained(run).result();
        System.out.println(run.line());
        print("outcome", result.ending() + (result.remark() == null ? "" : ", " + result.remark()));
        print("steps", String.valueOf(result.steps()));
        print("train_error", String.valueOf(result.trainError()));
        double[] measures = result.measures().map(Measures::values).orElse(new double[0]);
        for (int i = 0; i < measures.length; i++) {
            print(Measures.COLUMNS.get(i), Double.isNaN(measures[i]) ? "none" : String.valueOf(measures[i]));
        }
        return ExitCode.DONE;
    }

    private static Run read(String line) throws IOException {
        return Fitting.of(
                () -> {
                    RunLine read = RunLine.parse(line);
                    return new Run(new Materials(null).task(read.point()), read.seed(), read.stop());
                },
                message -> "LINE: " + message);
    }

    private static void print(String name, String value) {
        System.out.printf(Locale.ROOT, "%-21s %s%n", name, value);
    }
}
