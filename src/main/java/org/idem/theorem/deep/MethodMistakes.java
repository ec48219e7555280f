package org.idem.theorem.deep;

import java.util.ArrayList;
import java.util.List;
import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.network.LinearMethod;
import org.idem.network.Network;
import org.idem.network.Stage;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;

/** What people get wrong about methods and about how layers follow each other. */
final class MethodMistakes {
    private MethodMistakes() {}

    static LinearMethod withoutDecay(LinearMethod method) {
        return new LinearMethod(method.learningRate(), method.momentum(), method.nesterov(), 0);
    }

    static LinearMethod withoutMomentum(LinearMethod method) {
        return new LinearMethod(method.learningRate(), 0, false, method.weightDecay());
    }

    /** Momentum as a longer step. */
    static LinearMethod longer(LinearMethod method) {
        return withoutMomentum(method.withLearningRate(method.learningRate() / (1 - method.momentum())));
    }

    /** Heavy ball for Nesterov's method and the other way round. */
    static LinearMethod exchanged(LinearMethod method) {
        boolean nesterov = method.momentum() > 0 && !method.nesterov();
        return new LinearMethod(method.learningRate(), method.momentum(), nesterov, method.weightDecay());
    }

    /** ReLU between the layers. */
    static DeepRun activated(DeepRun run) {
        TrainingProblem problem = run.problem();
        List<Stage> stages = problem.network().stages().stream()
                .map(stage -> new Stage(stage.map(), Activation.RELU, false))
                .toList();
        return run.with(problem.withNetwork(new Network(stages)));
    }

    /** Each layer reads the reverse of what the layer below writes. */
    static DeepRun turned(DeepRun run) {
        TrainingProblem problem = run.problem();
        List<StageParameters> initial = new ArrayList<>(problem.initial().subList(0, 1));
        for (StageParameters stage :
                problem.initial().subList(1, problem.initial().size())) {
            Array weights = stage.weights();
            int columns = weights.size(1);
            double[] reversed = new double[weights.length()];
            for (int i = 0; i < reversed.length; i++) {
                reversed[i] = weights.values()[i / columns * columns + columns - 1 - i % columns];
            }
            initial.add(new StageParameters(Array.of(reversed, weights.shape()), null));
        }
        return run.with(problem.withInitial(initial));
    }
}
