package org.idem.property;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.LinearMap;
import org.idem.network.Model;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.Stage;
import org.idem.network.StageParameters;

/** Small networks of several layers with parameters in multiples of 1/64. */
final class DeepDraw {
    private DeepDraw() {}

    /** One to three convolutions; inputs have two channels. */
    static Model cnn(SplittableRandom random, Padding padding, boolean bias, Activation... activations) {
        List<Stage> stages = new ArrayList<>();
        int channels = 2;
        for (int depth = random.nextInt(1, 4); depth > 0; depth--) {
            int next = random.nextInt(1, 4);
            Cnn map = new Cnn(channels, next, 1 + 2 * random.nextInt(2), padding, bias);
            Activation activation = activations[random.nextInt(activations.length)];
            stages.add(new Stage(map, activation, Stage.keepsShape(map) && random.nextBoolean()));
            channels = next;
        }
        return model(random, stages);
    }

    /** Two dense layers. */
    static Model fcn(SplittableRandom random, Activation activation, boolean bias) {
        int hidden = random.nextInt(1, 5);
        return model(
                random,
                List.of(
                        new Stage(new Fcn(3, hidden, bias), activation, false),
                        new Stage(new Fcn(hidden, 2, bias), Activation.LINEAR, false)));
    }

    private static Model model(SplittableRandom random, List<Stage> stages) {
        List<StageParameters> parameters = new ArrayList<>();
        for (Stage stage : stages) {
            LinearMap map = stage.map();
            Array bias = map.bias() ? Scene.numbers(random, map.outputs()) : null;
            parameters.add(new StageParameters(Scene.numbers(random, map.weightShape()), bias));
        }
        return new Model(new Network(stages), parameters);
    }
}
