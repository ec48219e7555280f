package org.idem.laboratory.run;

import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.TrainingProblem;
import org.idem.training.Trainer;
import org.idem.training.run.ResumableTraining;

/** One step of a tiny network, to see whether a machine can train at all. */
public final class TryOut {
    private static final int INPUTS = 2;

    private TryOut() {}

    /**
     * Trains here.
     *
     * @throws RuntimeException if numerical libraries refuse to work
     * @throws LinkageError if they are missing
     */
    public static void here() {
        Network network = Architecture.fcn(2, Activation.RELU, false, false).network(INPUTS, INPUTS, INPUTS);
        Array inputs = Array.of(new double[] {1, 2}, 1, INPUTS);
        TrainingProblem problem = new TrainingProblem(
                network,
                inputs,
                inputs,
                Initialization.of(Initializer.PYTORCH).draw(network, new SplittableRandom(1)),
                Loss.MEAN);
        Trainer trainer = new Trainer(problem, LinearMethod.gradientDescent(0.1), Precision.FLOAT32);
        try (ResumableTraining training = trainer.start()) {
            training.step();
        }
    }
}
