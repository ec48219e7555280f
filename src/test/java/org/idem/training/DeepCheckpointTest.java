package org.idem.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import org.idem.array.Array;
import org.idem.array.DataFormatException;
import org.idem.array.Precision;
import org.idem.network.Adam;
import org.idem.network.LinearMethod;
import org.idem.network.Optimizer;
import org.idem.network.TrainingProblem;
import org.idem.training.deep.DeepTrainer;
import org.idem.training.run.Checkpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Training goes on from a checkpoint as if it had never stopped. */
class DeepCheckpointTest {
    @ParameterizedTest
    @MethodSource("org.idem.training.DeepStepsTest#rules")
    void goesOnFromACheckpointWithTheSameBits(Optimizer rule, @TempDir Path folder) throws Exception {
        for (Precision precision : Precision.values()) {
            for (boolean convolution : new boolean[] {false, true}) {
                TrainingProblem problem = DrawnNetwork.small(11, convolution);
                DeepTrainer whole = new DeepTrainer(problem, rule, precision, 1, 1);
                whole.train(7);
                Path file = folder.resolve(precision + "" + convolution + ".npz");
                whole.checkpoint().write(file);
                double[] losses = {whole.step(), whole.step(), whole.step()};
                DeepTrainer resumed = new DeepTrainer(problem, rule, precision, 1, 1).resume(Checkpoint.read(file));
                assertEquals(7, resumed.steps());
                assertArrayEquals(losses, new double[] {resumed.step(), resumed.step(), resumed.step()});
                assertEquals(whole.parameters(), resumed.parameters());
                assertEquals(whole.checkpoint(), resumed.checkpoint());
            }
        }
    }

    @Test
    void refusesCheckpointsOfOtherRuns(@TempDir Path folder) throws Exception {
        TrainingProblem problem = DrawnNetwork.small(3, false);
        Checkpoint plain =
                new DeepTrainer(problem, LinearMethod.gradientDescent(0.1), Precision.FLOAT64, 1).checkpoint();
        DeepTrainer other = new DeepTrainer(problem, Adam.of(0.1), Precision.FLOAT64, 1);
        DeepTrainer coarse = new DeepTrainer(problem, LinearMethod.gradientDescent(0.1), Precision.FLOAT32, 1);
        assertThrows(IllegalArgumentException.class, () -> other.resume(plain));
        assertThrows(IllegalArgumentException.class, () -> coarse.resume(plain));
        Path file = folder.resolve("no-checkpoint.npz");
        Files.writeString(file, "PK");
        assertThrows(DataFormatException.class, () -> Checkpoint.read(file));
        assertThrows(IllegalArgumentException.class, () -> new Checkpoint(-1, Precision.FLOAT64, plain.state()));
        assertThrows(IllegalArgumentException.class, () -> new Checkpoint(1, Precision.FLOAT64, Array.zeros(3)));
    }
}
