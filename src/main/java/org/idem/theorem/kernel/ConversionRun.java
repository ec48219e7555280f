package org.idem.theorem.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.network.Optimizer;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.theorem.Evidence;
import org.idem.theorem.Observation;
import org.idem.training.TrainingEngine;
import org.idem.training.run.Training;

/**
 * One network twice: in the tangent-kernel parametrisation, h = a_l·ω z + σ_b β with one rate for all ω and β, and in
 * the standard one, W = a_l ω, b = σ_b β.
 *
 * <p>The first is trained as a network with weights aω and biases aβ on inputs and targets times powers of two; as φ is
 * positively homogeneous, its signals are those of the network times κ, to the last bit, where all factors are powers
 * of two. The gradients of the second are taken at the same parameters before every step.
 *
 * @param standard data, network and initial parameters W and b, in the run's precision
 * @param scaled the same network with parameters aω and aβ
 * @param common a, the factor of all parameters of the scaled network
 * @param factors a_l = σ_w/√fan-in
 * @param biasDeviation σ_b, 0 without biases
 * @param rate η, that of all ω and β
 * @param rule how the scaled network is trained, its rate that of all its parameters
 * @param steps t
 * @param precision arithmetic
 * @param engine what trains
 */
record ConversionRun(
        TrainingProblem standard,
        TrainingProblem scaled,
        double common,
        double[] factors,
        double biasDeviation,
        double rate,
        Optimizer rule,
        int steps,
        Precision precision,
        TrainingEngine engine) {
    /** Data and parameters are of order one; a run has diverged if numbers grow beyond this. */
    private static final double LARGEST = 0x1p24;

    /**
     * What is seen of both.
     *
     * @param parameters W and b of the trained network before each step and after the last
     * @param losses of the standard network before each step
     * @param gradients of the standard network before each step
     */
    record Both(List<List<StageParameters>> parameters, List<Double> losses, List<List<StageParameters>> gradients)
            implements Observation.Recorded {}

    ConversionRun with(Optimizer other) {
        return new ConversionRun(
                standard, scaled, common, factors, biasDeviation, rate, other, steps, precision, engine);
    }

    ConversionRun with(TrainingProblem otherStandard, TrainingProblem otherScaled) {
        return new ConversionRun(
                otherStandard, otherScaled, common, factors, biasDeviation, rate, rule, steps, precision, engine);
    }

    /** Parameters of the scaled network as W and b. */
    private List<StageParameters> converted(List<StageParameters> parameters) {
        List<StageParameters> converted = new ArrayList<>();
        for (int layer = 0; layer < factors.length; layer++) {
            Array bias = parameters.get(layer).bias();
            converted.add(new StageParameters(
                    times(factors[layer] / common, parameters.get(layer).weights()),
                    bias == null ? null : times(biasDeviation / common, bias)));
        }
        return converted;
    }

    static Array times(double factor, Array array) {
        double[] values = array.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return Array.of(values, array.shape());
    }

    Observation observe() {
        List<List<StageParameters>> parameters = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        List<List<StageParameters>> gradients = new ArrayList<>();
        int examples = standard.examples();
        try (Training training = engine.start(scaled, rule, precision, examples)) {
            for (int step = 0; step < steps; step++) {
                List<StageParameters> here = converted(training.parameters());
                parameters.add(here);
                try (Training other = engine.start(
                        standard.withInitial(here), LinearMethod.gradientDescent(1), precision, examples)) {
                    gradients.add(other.gradient());
                    losses.add(other.loss());
                }
                training.step();
            }
            parameters.add(converted(training.parameters()));
        }
        boolean finite = DoubleStream.concat(
                        losses.stream().mapToDouble(loss -> loss),
                        parameters.stream().flatMap(List::stream).flatMapToDouble(ConversionRun::numbers))
                .allMatch(number -> Math.abs(number) <= LARGEST);
        return finite
                ? new Both(parameters, losses, gradients)
                : new Observation.Nothing(new Evidence.HypothesesNotMet("training diverged"));
    }

    private static DoubleStream numbers(StageParameters stage) {
        DoubleStream weights = DoubleStream.of(stage.weights().values());
        return stage.bias() == null
                ? weights
                : DoubleStream.concat(weights, DoubleStream.of(stage.bias().values()));
    }

    /** All parameters of all layers, weights before biases. */
    static Array flat(List<StageParameters> parameters) {
        double[] numbers =
                parameters.stream().flatMapToDouble(ConversionRun::numbers).toArray();
        return Array.of(numbers, numbers.length);
    }
}
