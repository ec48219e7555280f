package org.idem.training.exact;

import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.Horizon;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalOptimizer;
import org.idem.network.exact.RationalParameters;
import org.idem.network.exact.RationalProblem;
import org.idem.network.exact.RationalRun;

/**
 * Trains one layer step by step in rational arithmetic.
 *
 * <p>Each step computes the outputs, the derivative of the loss by the outputs (f − y for half-sum, 2(f − y)/N over all
 * N residuals for mean), the derivative by the parameters, and moves as the optimiser says. Nothing is rounded, so the
 * number of digits grows in proportion to the steps.
 */
public final class ExactTrainer {
    private final RationalProblem problem;
    private final RationalOptimizer optimizer;
    private final boolean oneAtATime;
    private final ExactLayer layer;
    private RationalParameters parameters;
    private RationalParameters velocity;
    private int steps;

    /**
     * A trainer before its first step.
     *
     * @param problem network, data, initial parameters and loss
     * @param optimizer method
     * @param oneAtATime whether each step sees one example, in cyclic order; the mean loss then averages over that
     *     example alone
     */
    public ExactTrainer(RationalProblem problem, RationalOptimizer optimizer, boolean oneAtATime) {
        this.problem = problem;
        this.optimizer = optimizer;
        this.oneAtATime = oneAtATime;
        layer = ExactLayer.of(problem.network());
        parameters = problem.initial();
        velocity = parameters.times(BigFraction.ZERO);
    }

    /**
     * Trains as long as a run says.
     *
     * @param run its horizon must be a number of steps
     * @return parameters after the last step
     */
    public static RationalParameters train(RationalRun run) {
        if (!(run.horizon() instanceof Horizon.Steps horizon)) {
            throw new IllegalArgumentException("training takes finitely many steps, got " + run.horizon());
        }
        ExactTrainer trainer = new ExactTrainer(run.problem(), run.optimizer(), run.oneAtATime());
        for (int step = 0; step < horizon.count(); step++) {
            trainer.step();
        }
        return trainer.parameters();
    }

    /**
     * Parameters now.
     *
     * @return initial parameters before the first step
     */
    public RationalParameters parameters() {
        return parameters;
    }

    /** Takes one step. */
    public void step() {
        int example = steps % problem.examples();
        RationalParameters gradient = gradient(oneAtATime ? problem.onlyExamples(example, example + 1) : problem)
                .plus(parameters.times(optimizer.weightDecay()));
        velocity = velocity.times(optimizer.momentum()).plus(gradient);
        RationalParameters direction =
                optimizer.nesterov() ? gradient.plus(velocity.times(optimizer.momentum())) : velocity;
        parameters = parameters.plus(direction.times(optimizer.learningRate().negate()));
        steps++;
    }

    private RationalParameters gradient(RationalProblem batch) {
        RationalArray residuals = layer.forward(parameters, batch.inputs()).minus(batch.targets());
        RationalArray byOutputs = switch (batch.loss()) {
            case HALF_SUM -> residuals;
            case MEAN -> residuals.times(new BigFraction(2, residuals.length()));
            case SUM -> residuals.times(BigFraction.TWO);
        };
        return layer.backward(batch.inputs(), byOutputs);
    }
}
