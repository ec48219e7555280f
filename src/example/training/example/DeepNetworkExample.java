package example;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.image.ImageSource;
import org.idem.network.Activation;
import org.idem.network.Adam;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.TrainingProblem;
import org.idem.training.Trainer;
import org.idem.training.run.Checkpoint;
import org.idem.training.run.ResumableTraining;

/**
 * A CNN of four layers learns to copy one drawn digit; a checkpoint is taken on the way, written to the file that is
 * named, and training resumed from it: {@code java -cp target/dn:target/idem.jar:"target/lib/*"
 * example.DeepNetworkExample FILE}, compiled by {@code javac -d target/dn -cp target/idem.jar:"target/lib/*"
 * src/example/training/example/DeepNetworkExample.java}.
 */
public final class DeepNetworkExample {
    private DeepNetworkExample() {}

    /**
     * Trains.
     *
     * @param arguments file of the checkpoint
     * @throws java.io.IOException if it cannot be written
     */
    public static void main(String[] arguments) throws java.io.IOException {
        Path file = Path.of(arguments[0]);
        Array image = ImageSource.readImages("builtin#3");
        Network network = Network.cnn(Activation.RELU, false, 3, Padding.SAME, 1, 16, 16, 16, 1);
        TrainingProblem problem = new TrainingProblem(
                network,
                image,
                image,
                Initialization.of(Initializer.HE).draw(network, new SplittableRandom(1)),
                Loss.MEAN);
        Trainer trainer = new Trainer(problem, Adam.of(1e-3), Precision.FLOAT32);
        ResumableTraining training = trainer.onStep(
                        50, (step, loss, at) -> System.out.printf(Locale.ROOT, "step %3d, loss %.3g%n", step, loss))
                .start();
        training.train(100);
        training.checkpoint().write(file);
        training.train(100);
        ResumableTraining resumed = new Trainer(problem, Adam.of(1e-3), Precision.FLOAT32)
                .resume(Checkpoint.read(file))
                .start();
        resumed.train(100);
        List<Array> signals = resumed.signals(image);
        System.out.println("the last of " + signals.size() + " stages gives the same bits: "
                + signals.get(signals.size() - 1).equals(training.outputs(image)));
    }
}
