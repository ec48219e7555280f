package org.idem.cli.network;

import java.io.IOException;
import org.idem.array.Array;
import org.idem.cli.terminal.BadInput;
import org.idem.network.LinearProblem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A training run of one linear map whose weights are given: {@code predict} and {@code check} share its arguments. */
class OneLayerOptions extends TrainingOptions {
    @Option(names = "--weights", description = "initial weights: (k,d) or (C_out,C_in,K,K)")
    @Nullable
    String weights;

    @Option(names = "--bias", description = "initial bias (k); without it the network has none")
    @Nullable
    String bias;

    @Option(names = "--seed", description = "accepted for uniformity; nothing here is random")
    @Nullable
    Long seed;

    /** Where the initial weights are. */
    String weights() {
        if (weights == null) {
            throw new BadInput("--weights must be given, the file of the initial weights");
        }
        return weights;
    }

    /** What is trained; every array is read and checked here. */
    LinearProblem problem() throws IOException {
        Array weightArray = numbers("--weights", weights());
        Array biasArray = bias == null ? null : numbers("--bias", bias);
        return problem(weightArray, biasArray);
    }
}
