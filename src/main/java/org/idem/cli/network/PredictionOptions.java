package org.idem.cli.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.idem.array.Array;
import org.idem.cli.argument.FileArguments;
import org.idem.cli.argument.OutputFile;
import org.idem.cli.terminal.BadInput;
import org.idem.image.ImageSource;
import org.idem.network.LinearProblem;
import org.idem.network.Network;
import org.idem.network.StageParameters;
import org.idem.network.StateDictionary;
import picocli.CommandLine.Option;

/** The arguments of {@code predict} but those of infinite width. */
final class PredictionOptions extends OneLayerOptions {
    @Option(names = "--test", required = true, description = "inputs to evaluate")
    String test = "";

    @Option(
            names = "--out",
            required = true,
            converter = OutputFile.class,
            description = "file for the outputs: .npy, .npz or, of a cnn, .png")
    Path out = Path.of("");

    /** The layers that --weights holds, the lowest first; biases only if there are several. */
    List<StageParameters> layers() throws IOException {
        String source = weights();
        Map<String, Array> named = FileArguments.read("--weights", source, ImageSource::readNamed);
        if (named.size() > 1 && named.keySet().stream().noneMatch(StateDictionary::isName)) {
            return List.of(new StageParameters(numbers("--weights", source), null));
        }
        for (Map.Entry<String, Array> entry : named.entrySet()) {
            String name = entry.getKey().isEmpty() ? source : source + ":" + entry.getKey();
            FileArguments.numbers("--weights", name, entry.getValue(), precision());
        }
        if (named.size() == 1) {
            return List.of(new StageParameters(named.values().iterator().next(), null));
        }
        try {
            return List.copyOf(StateDictionary.read(named).values());
        } catch (IllegalArgumentException e) {
            throw new BadInput("--weights " + source + ": " + e.getMessage());
        }
    }

    /** What the arguments describe for one layer, checked. */
    LinearTask task(StageParameters layer) throws IOException {
        Array given = bias == null ? layer.bias() : numbers("--bias", bias);
        LinearProblem problem = problem(layer.weights(), given);
        Array probes = batch("--test", test, Network.of(problem.map()));
        return LinearTask.of(this, problem, probes);
    }
}
