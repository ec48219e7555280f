package org.idem.theorem.initialisation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Initialization;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Model;
import org.idem.network.Network;
import org.idem.network.TrainingProblem;
import org.idem.theorem.Engine;
import org.idem.theorem.Observation;
import org.idem.training.Trainer;
import org.idem.training.witness.Witness;

/**
 * Networks that differ in their weights and biases only, and the input that all of them see.
 *
 * @param network the architecture
 * @param initialization law of the weights and biases
 * @param input x, as a batch of one
 * @param networks how many
 * @param precision of every network
 * @param engine what computes the outputs
 * @param seed of the weights
 */
record Ensemble(
        Network network,
        Initialization initialization,
        Array input,
        int networks,
        Precision precision,
        Engine engine,
        long seed) {
    double squaredNorm() {
        return NetworkSpace.squaredNorm(input);
    }

    /** Draws the networks and gives one number of the outputs of each. */
    Observation observe(ToDoubleFunction<Array> number) {
        SplittableRandom random = new SplittableRandom(seed);
        Array numbers = Array.zeros(networks);
        for (int i = 0; i < networks; i++) {
            Model model = new Model(network, initialization.draw(network, random));
            numbers.values()[i] = number.applyAsDouble(outputs(model));
        }
        return new Observation.Seen(numbers);
    }

    private Array outputs(Model model) {
        if (engine != Engine.ND4J) {
            return Trainer.outputs(model, input, precision);
        }
        Array targets = Array.zeros(network.outputShape(input.shape()));
        TrainingProblem problem = new TrainingProblem(network, input, targets, model.parameters(), Loss.HALF_SUM);
        try (Witness witness = new Witness(problem, LinearMethod.gradientDescent(1), precision, 1)) {
            return witness.outputs(input);
        }
    }

    List<String> describe() {
        List<String> lines = new ArrayList<>();
        lines.add("network       " + network);
        lines.add("law           " + initialization);
        lines.add(String.format(Locale.ROOT, "input         squared norm %s", squaredNorm()));
        lines.add("networks      " + networks + " by " + engine);
        return lines;
    }
}
