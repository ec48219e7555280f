package org.idem.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.idem.array.Precision;
import org.idem.network.Adagrad;
import org.idem.network.Adam;
import org.idem.network.LinearMethod;
import org.idem.network.Optimizer;
import org.idem.network.RmsProp;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.training.deep.DeepTrainer;
import org.idem.training.run.Training;
import org.idem.training.witness.Witness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps of one network follow the formulas of their rule, up to proved roundings. */
class DeepStepsTest {
    static Stream<Optimizer> rules() {
        return Stream.of(
                LinearMethod.gradientDescent(1e-4),
                new LinearMethod(1e-4, 0, false, 0.1),
                new LinearMethod(1e-4, 0.5, false, 0.1),
                new LinearMethod(1e-4, 0.5, true, 0),
                Adam.of(0.01),
                new RmsProp(0.01, 0.9, 1e-6),
                new Adagrad(0.01, 1e-6));
    }

    private static List<double[]> flat(List<StageParameters> parameters) {
        List<double[]> all = new ArrayList<>();
        for (StageParameters part : parameters) {
            all.add(part.weights().values());
            if (part.bias() != null) {
                all.add(part.bias().values());
            }
        }
        return all;
    }

    /** 1 − βᵗ, with a power that is correct to an ulp. */
    private static Rounded bias(double decay, int step) {
        return Rounded.exact(1).minus(Rounded.of(Math.pow(decay, step), 2));
    }

    /** βs + (1 − β)x. */
    private static Rounded mean(double decay, Rounded state, Rounded next) {
        Rounded beta = Rounded.exact(decay);
        return beta.times(state).plus(Rounded.exact(1).minus(beta).times(next));
    }

    /** The move ηg/(√s + ε). */
    private static Rounded scaled(double rate, Rounded gradient, Rounded square, double epsilon) {
        return Rounded.exact(rate).times(gradient).over(square.root().plus(Rounded.exact(epsilon)));
    }

    /** State of one number, in the rules' own formulas. */
    private static Rounded moved(Optimizer rule, Rounded[] state, Rounded position, Rounded gradient, int step) {
        if (rule instanceof LinearMethod o) {
            Rounded rate = Rounded.exact(o.learningRate());
            Rounded momentum = Rounded.exact(o.momentum());
            Rounded g = gradient.plus(Rounded.exact(o.weightDecay()).times(position));
            state[0] = momentum.times(state[0]).plus(g);
            return o.nesterov()
                    ? position.minus(rate.times(g)).minus(rate.times(momentum).times(state[0]))
                    : position.minus(rate.times(state[0]));
        }
        Rounded square = gradient.times(gradient);
        if (rule instanceof Adam a) {
            state[0] = mean(a.meanDecay(), state[0], gradient);
            state[1] = mean(a.squareDecay(), state[1], square);
            Rounded mean = state[0].over(bias(a.meanDecay(), step));
            Rounded meanSquare = state[1].over(bias(a.squareDecay(), step));
            return position.minus(scaled(a.learningRate(), mean, meanSquare, a.epsilon()));
        }
        if (rule instanceof RmsProp r) {
            state[0] = mean(r.squareDecay(), state[0], square);
            return position.minus(scaled(r.learningRate(), gradient, state[0], r.epsilon()));
        }
        Adagrad a = (Adagrad) rule;
        state[0] = state[0].plus(square);
        return position.minus(scaled(a.learningRate(), gradient, state[0], a.epsilon()));
    }

    /**
     * What may lie between the gradient that the trainer shows and the one that it uses. On one example layers move
     * block by block, and plain gradient descent multiplies in another order; both gradients are within the budget of
     * the true one.
     */
    private static List<double[]> gradientErrors(TrainingProblem problem, Training trainer, Optimizer rule) {
        GradientBudget budget = new GradientBudget(
                new TrainingProblem(
                        problem.network(), problem.inputs(), problem.targets(), trainer.parameters(), problem.loss()),
                problem.examples() == 1 || rule instanceof LinearMethod o && o.momentum() == 0
                        ? Precision.FLOAT64.unitRoundoff()
                        : 0);
        List<double[]> errors = new ArrayList<>();
        for (int stage = 0; stage < problem.network().depth(); stage++) {
            errors.add(budget.weights.get(stage));
            if (budget.biases.get(stage).length > 0) {
                errors.add(budget.biases.get(stage));
            }
        }
        return errors;
    }

    /** Every step, from the parameters before it and the engine's own gradient there, up to the roundings of both. */
    @ParameterizedTest
    @MethodSource("rules")
    void stepsFollowTheRule(Optimizer rule) {
        assertFollows(
                rule, 20, (problem, ruled, precision, batch) -> new DeepTrainer(problem, ruled, precision, 1, batch));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void stepsOfTheWitnessFollowTheRule(Optimizer rule) {
        assertFollows(rule, 4, Witness::new);
    }

    private static void assertFollows(Optimizer rule, int draws, TrainingEngine engine) {
        long seed = Long.getLong("idem.steps.seed", new SplittableRandom().nextLong());
        System.out.println("DeepStepsTest: -Didem.steps.seed=" + seed + " repeats the draws for " + rule);
        int left = 0;
        for (int draw = 0; draw < draws; draw++) {
            TrainingProblem problem = DrawnNetwork.small(seed + draw, draw % 2 == 0);
            Training trainer = engine.start(problem, rule, Precision.FLOAT64, problem.examples());
            List<Rounded[]> states = new ArrayList<>();
            for (double[] part : flat(trainer.parameters())) {
                Rounded[] zeros = new Rounded[2 * part.length];
                Arrays.fill(zeros, Rounded.exact(0));
                states.add(zeros);
            }
            for (int step = 1; step <= 5; step++) {
                List<double[]> before = flat(trainer.parameters());
                List<double[]> gradient = flat(trainer.gradient());
                List<double[]> errors = gradientErrors(problem, trainer, rule);
                // networks that explode leave the range of doubles, and their budgets with them
                if (!isFinite(gradient) || !isFinite(errors)) {
                    left++;
                    break;
                }
                trainer.step();
                List<double[]> after = flat(trainer.parameters());
                for (int part = 0; part < before.size(); part++) {
                    for (int i = 0; i < before.get(part).length; i++) {
                        Rounded[] state = {states.get(part)[2 * i], states.get(part)[2 * i + 1]};
                        Rounded position = Rounded.exact(before.get(part)[i]);
                        Rounded slope = new Rounded(gradient.get(part)[i], errors.get(part)[i]);
                        Rounded expected = moved(rule, state, position, slope, step);
                        states.get(part)[2 * i] = state[0];
                        states.get(part)[2 * i + 1] = state[1];
                        String where = "seed " + (seed + draw) + ", step " + step;
                        assertEquals(expected.value(), after.get(part)[i], expected.apart(), where);
                    }
                }
            }
        }
        assertTrue(left < draws / 2, "most networks exploded, seed " + seed);
    }

    private static boolean isFinite(List<double[]> parts) {
        return parts.stream().allMatch(part -> Arrays.stream(part).allMatch(Double::isFinite));
    }
}
