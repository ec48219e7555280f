package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.LinearProblem;
import org.idem.network.Padding;

/** T2.rank-error against real training. */
class T2RankErrorProperties extends LimitFamily {
    T2RankErrorProperties() {
        super("T2.rank-error");
    }

    /** A start that is moved along a patch of the training image ends in the same place: the image sees that part. */
    @Property(tries = 15)
    void theStartAlongATrainingPatchIsForgotten(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Scene scene = draw(random);
        LinearProblem problem = scene.problem();
        Array image = problem.inputs();
        int kernel = ((Cnn) problem.map()).kernel();
        // the only patch that lies inside under every padding and on the smallest image begins in the first row
        int column = random.nextInt(image.size(3) - kernel + 1);
        double[] weights = problem.weights().values().clone();
        for (int i = 0; i < weights.length; i++) {
            int tap = i % (kernel * kernel);
            int channel = i / (kernel * kernel) % image.size(1);
            weights[i] += image.at(0, channel, tap / kernel, column + tap % kernel);
        }
        Scene moved = scene.with(
                problem.withWeights(Array.of(weights, problem.weights().shape())));
        assertEquals(exactLimit(scene), exactLimit(moved));
        assertSameLimit(scene, moved);
    }

    /** Under circular padding a shifted image has the same patches, and the same limit. */
    @Property(tries = 15)
    void aShiftedImageTeachesTheSame(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Scene drawn = draw(random);
        Cnn map = (Cnn) drawn.problem().map();
        LinearProblem problem = drawn.problem();
        if (map.padding() != Padding.CIRCULAR) {
            Cnn circular = new Cnn(map.channels(), map.outputs(), map.kernel(), Padding.CIRCULAR, false);
            problem = new LinearProblem(
                    circular, problem.inputs(), problem.inputs(), problem.weights(), null, problem.loss());
        }
        Scene scene = untilTheEnd(drawn.with(problem).withSafeRate());
        Array rolled =
                Examples.rolled(problem.inputs(), new int[] {random.nextInt(3)}, new int[] {1 + random.nextInt(3)});
        Scene shifted = scene.with(problem.withExamples(rolled, rolled));
        assertEquals(exactLimit(scene), exactLimit(shifted));
        assertSameLimit(scene, shifted);
    }
}
