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
import org.idem.network.DeepNetwork;
import org.idem.network.DeepProblem;
import org.idem.network.Initializer;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.training.DeepTrainer;
import org.idem.training.run.Checkpoint;

/**
 * A CNN of four layers learns to copy one drawn digit; a checkpoint is taken on the way and training resumed from it.
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
        DeepNetwork network = DeepNetwork.cnn(Activation.RELU, false, 3, Padding.SAME, 1, 16, 16, 16, 1);
        DeepProblem problem = new DeepProblem(
                network, image, image, network.draw(Initializer.HE, new SplittableRandom(1)), Loss.MEAN);
        DeepTrainer trainer = new DeepTrainer(problem, Adam.of(1e-3), Precision.FLOAT32, 1)
                .onStep(50, (step, loss, at) -> System.out.printf(Locale.ROOT, "step %3d, loss %.3g%n", step, loss));
        trainer.train(100);
        trainer.checkpoint().write(file);
        trainer.train(100);
        DeepTrainer resumed =
                new DeepTrainer(problem, Adam.of(1e-3), Precision.FLOAT32, 1).resume(Checkpoint.read(file));
        resumed.train(100);
        List<Array> signals = resumed.signals(image);
        System.out.println("the last of " + signals.size() + " stages gives the same bits: "
                + signals.get(signals.size() - 1).equals(trainer.outputs(image)));
    }
}
