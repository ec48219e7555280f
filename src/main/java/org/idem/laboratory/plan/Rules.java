package org.idem.laboratory.plan;

import org.idem.network.Optimizer;
import org.idem.network.UpdateRule;

/** How the words of a point fit together. */
public final class Rules {
    private Rules() {}

    /** Refuses settings that a rule cannot have. */
    static void check(Point point) {
        UpdateRule rule = point.get(StudyAxes.RULE);
        boolean sgd = rule == UpdateRule.SGD;
        if (!sgd && point.get(StudyAxes.MOMENTUM) > 0) {
            throw new IllegalArgumentException("--momentum is for --rule sgd, got " + point.get(StudyAxes.MOMENTUM)
                    + " with " + rule + "; --zip rule,momentum walks the two together");
        }
        if (!sgd && point.get(StudyAxes.WEIGHT_DECAY) > 0) {
            throw new IllegalArgumentException("--weight-decay is for --rule sgd, got "
                    + point.get(StudyAxes.WEIGHT_DECAY) + " with " + rule
                    + "; --zip rule,weight-decay walks the two together");
        }
        if (point.get(StudyAxes.NESTEROV) && !(point.get(StudyAxes.MOMENTUM) > 0)) {
            throw new IllegalArgumentException(
                    "--nesterov needs a momentum above 0, got 0; --zip momentum,nesterov walks the two together");
        }
    }

    /**
     * The optimiser of a point, with the constants of PyTorch.
     *
     * @param point any
     * @return how gradients move parameters
     */
    public static Optimizer optimizer(Point point) {
        return point.get(StudyAxes.RULE)
                .optimizer(
                        point.get(StudyAxes.LEARNING_RATE),
                        point.get(StudyAxes.MOMENTUM),
                        point.get(StudyAxes.NESTEROV),
                        point.get(StudyAxes.WEIGHT_DECAY));
    }
}
