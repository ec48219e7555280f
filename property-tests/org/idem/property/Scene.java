package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalLayer;
import org.idem.network.exact.RationalOptimizer;
import org.idem.network.exact.RationalParameters;
import org.idem.network.exact.RationalProblem;
import org.idem.network.exact.RationalRun;
import org.idem.theory.BoundedOutputs;
import org.idem.theory.ClosedForm;
import org.idem.theory.CyclicForm;
import org.idem.theory.exact.ExactClosedForm;
import org.idem.training.SmallNetworks;
import org.idem.training.Trainer;
import org.idem.training.exact.ExactForwardPass;
import org.idem.training.exact.ExactTrainer;
import org.idem.training.run.Outcome;
import org.idem.training.run.Run;

/**
 * The training of one linear map and the inputs on which it is asked. Metamorphic properties compare two scenes.
 *
 * @param problem numbers of the precision
 * @param method inside its stable range
 * @param steps of one example or of all
 * @param oneAtATime whether a step takes one example
 * @param precision of the trainings
 * @param tests numbers of the precision
 */
record Scene(
        LinearProblem problem, LinearMethod method, int steps, boolean oneAtATime, Precision precision, Array tests) {
    private static final int MOST_STEPS = 5;

    /** Plain descent on a network with or without bias. */
    static Scene draw(SplittableRandom random, boolean convolution) {
        return draw(random, convolution, random.nextBoolean());
    }

    /** Plain descent on data in multiples of 1/64, which both precisions hold and fractions keep short. */
    static Scene draw(SplittableRandom random, boolean convolution, boolean bias) {
        int outputs = random.nextInt(1, 4);
        Padding padding = Padding.values()[random.nextInt(Padding.values().length)];
        LinearMap map = convolution
                ? new Cnn(random.nextInt(1, 3), outputs, 1 + 2 * random.nextInt(2), padding, bias)
                : new Fcn(random.nextInt(1, 5), outputs, bias);
        return draw(random, map, random.nextInt(1, 4));
    }

    /** Plain descent of a given map on so many examples. */
    static Scene draw(SplittableRandom random, LinearMap map, int examples) {
        int[] shape =
                map instanceof Cnn cnn ? new int[] {examples, cnn.channels(), 3, 4} : new int[] {examples, map.fanIn()};
        int[] testShape = shape.clone();
        testShape[0] = 2;
        LinearProblem problem = new LinearProblem(
                map,
                numbers(random, shape),
                numbers(random, map.outputShape(shape)),
                numbers(random, map.weightShape()),
                map.bias() ? numbers(random, map.outputs()) : null,
                Loss.values()[random.nextInt(Loss.values().length)]);
        Precision precision = Precision.values()[random.nextInt(Precision.values().length)];
        return new Scene(
                        problem,
                        LinearMethod.gradientDescent(1),
                        random.nextInt(1, MOST_STEPS + 1),
                        false,
                        precision,
                        numbers(random, testShape))
                .withSafeRate();
    }

    static Array numbers(SplittableRandom random, int... shape) {
        Array array = Array.zeros(shape);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = random.nextInt(-64, 65) / 64.0;
        }
        return array;
    }

    Scene with(LinearProblem other) {
        return new Scene(other, method, steps, oneAtATime, precision, tests);
    }

    Scene with(LinearMethod other) {
        return new Scene(problem, other, steps, oneAtATime, precision, tests);
    }

    Scene withSteps(int count) {
        return new Scene(problem, method, count, oneAtATime, precision, tests);
    }

    Scene withTests(Array others) {
        return new Scene(problem, method, steps, oneAtATime, precision, others);
    }

    Scene oneByOne() {
        return new Scene(problem, method, steps, true, precision, tests).withSafeRate();
    }

    Scene allAtOnce() {
        return new Scene(problem, method, steps, false, precision, tests);
    }

    /** A learning rate that is a power of two, between a half and a whole of the inverse of the largest curvature. */
    Scene withSafeRate() {
        double curvature =
                oneAtATime ? new CyclicForm(problem).largestCurvature() : new ClosedForm(problem).largestCurvature();
        return with(method.withLearningRate(curvature == 0 ? 1 : Math.scalb(1.0, -Math.getExponent(curvature) - 1)));
    }

    Scene withRate(double rate) {
        return with(method.withLearningRate(rate));
    }

    /** Heavy ball or Nesterov's method with β = 1/2. */
    Scene withMomentum(boolean nesterov) {
        return with(new LinearMethod(method.learningRate(), 0.5, nesterov, method.weightDecay()));
    }

    /** Weight decay that adds an eighth to the product of curvature and rate. */
    Scene withDecay() {
        return with(new LinearMethod(
                method.learningRate(), method.momentum(), method.nesterov(), 0.125 / method.learningRate()));
    }

    /** Inputs in another unit, a power of two: weights in its inverse, rate and inverse decay in its inverse square. */
    Scene inUnitsOf(double unit) {
        LinearProblem scaled = problem.withExamples(Examples.scaled(problem.inputs(), unit), problem.targets())
                .withWeights(Examples.scaled(problem.weights(), 1 / unit));
        return with(scaled)
                .with(new LinearMethod(
                        method.learningRate() / unit / unit,
                        method.momentum(),
                        method.nesterov(),
                        method.weightDecay() * unit * unit))
                .withTests(Examples.scaled(tests, unit));
    }

    /** What theory says of the outputs on the tests. */
    BoundedOutputs predicted() {
        if (!oneAtATime) {
            return new ClosedForm(problem).afterSteps(method, steps, precision, tests);
        }
        CyclicForm form = new CyclicForm(problem);
        return new BoundedOutputs(
                form.outputs(form.parameters(method, new Horizon.Steps(steps)), tests),
                form.budget(method, steps, precision, tests));
    }

    Outcome.Trained trained() {
        Trainer trainer = new Trainer(problem, method, precision);
        return assertInstanceOf(
                Outcome.Trained.class,
                (oneAtATime ? trainer.inBatchesOf(1) : trainer).train(new Horizon.Steps(steps), tests));
    }

    /** The same by the engine for many small networks. */
    Outcome.Trained trainedInCompany() {
        return assertInstanceOf(
                Outcome.Trained.class,
                SmallNetworks.train(new Run(problem, method, steps, oneAtATime, precision, tests)));
    }

    RationalRun exactly() {
        return new RationalRun(
                RationalProblem.of(problem), RationalOptimizer.of(method), new Horizon.Steps(steps), oneAtATime);
    }

    /** Outputs on the tests without any rounding, on which theory and training agree. */
    RationalArray exactOutputs() {
        RationalParameters trained = ExactTrainer.train(exactly());
        assertEquals(trained, ExactClosedForm.predict(exactly()), "theory and training in fractions");
        return ExactForwardPass.outputs(
                List.of(new RationalLayer(problem.map(), trained, false)), RationalArray.of(tests));
    }
}
