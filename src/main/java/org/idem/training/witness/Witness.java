package org.idem.training.witness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.LinearMap;
import org.idem.network.Network;
import org.idem.network.Optimizer;
import org.idem.network.Stage;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.training.run.Outcome;
import org.idem.training.run.Run;
import org.idem.training.run.Training;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains a network of any depth with ND4J's operations and the gradients that ND4J derives from them.
 *
 * <p>The same problem, rule and precision give the same bits as long as the number of threads is the same. Instances
 * may run side by side; one instance is for one thread at a time.
 */
public final class Witness implements Training {
    private final TrainingProblem problem;
    private final Network network;
    private final Precision precision;
    private final Graph graph;
    private final List<INDArray> inputs = new ArrayList<>();
    private final List<INDArray> targets = new ArrayList<>();
    private final List<INDArray> parameters = new ArrayList<>();
    private final List<Movement> movements = new ArrayList<>();
    private Graph probing;
    private int[] probedShape;
    private int step;

    /**
     * Prepares a run on parts of the examples, taken in cyclic order.
     *
     * @param problem data, initial parameters and loss; rounded to the precision here
     * @param rule how gradients move parameters
     * @param precision arithmetic of every step
     * @param batchSize examples in a step, at least 1; the last part of a cycle may be smaller, and a mean loss
     *     averages over the part
     */
    public Witness(TrainingProblem problem, Optimizer rule, Precision precision, int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batch size must be at least 1, got " + batchSize);
        }
        this.problem = problem.rounded(precision);
        this.precision = precision;
        network = problem.network();
        for (int from = 0; from < problem.examples(); from += batchSize) {
            int to = Math.min(problem.examples(), from + batchSize);
            inputs.add(onNative(this.problem.inputs().slices(from, to)));
            targets.add(onNative(this.problem.targets().slices(from, to)));
        }
        for (StageParameters stage : this.problem.initial()) {
            parameters.add(onNative(stage.weights()));
            if (stage.bias() != null) {
                parameters.add(onNative(stage.bias()));
            }
        }
        parameters.forEach(array -> movements.add(new Movement(rule, array)));
        probedShape = problem.inputs().shape();
        graph = new Graph(network, problem.loss(), probedShape, precision);
        probing = graph;
    }

    /**
     * Trains a one-layer network as the other engines do.
     *
     * @param run of any shape
     * @return how it ended: divergence is seen by the same rule as there
     */
    public static Outcome train(Run run) {
        int batch = run.oneAtATime() ? 1 : run.problem().examples();
        try (Witness witness =
                new Witness(TrainingProblem.of(run.problem()), run.optimizer(), run.precision(), batch)) {
            return witness.complete(run.steps(), run.precision(), run.probes(), (step, loss) -> {}, step -> {});
        }
    }

    private INDArray onNative(Array array) {
        long[] shape = Arrays.stream(array.shape()).asLongStream().toArray();
        INDArray exact = Nd4j.createFromArray(array.values()).reshape(shape);
        if (precision == Precision.FLOAT64) {
            return exact;
        }
        try (exact) {
            return exact.castTo(Graph.type(precision));
        }
    }

    private static Array array(INDArray values) {
        int[] shape = Arrays.stream(values.shape()).mapToInt(Math::toIntExact).toArray();
        try (INDArray ordered = values.dup('c')) {
            return Array.of(ordered.data().asDouble(), shape);
        }
    }

    private Graph.Slope slope() {
        int batch = step % inputs.size();
        return graph.slope(parameters, inputs.get(batch), targets.get(batch));
    }

    @Override
    public double step() {
        try (Graph.Slope slope = slope()) {
            for (int i = 0; i < parameters.size(); i++) {
                movements.get(i).move(parameters.get(i), slope.gradient().get(i), step);
            }
            step++;
            return slope.loss();
        }
    }

    @Override
    public int cycle() {
        return inputs.size();
    }

    @Override
    public int steps() {
        return step;
    }

    @Override
    public double loss() {
        try (Graph.Slope slope = slope()) {
            return slope.loss();
        }
    }

    @Override
    public List<StageParameters> gradient() {
        try (Graph.Slope slope = slope()) {
            return perStage(slope.gradient());
        }
    }

    @Override
    public List<StageParameters> parameters() {
        return perStage(parameters);
    }

    private List<StageParameters> perStage(List<INDArray> arrays) {
        List<StageParameters> stages = new ArrayList<>();
        int next = 0;
        for (Stage stage : network.stages()) {
            LinearMap map = stage.map();
            Array weights = array(arrays.get(next++));
            stages.add(new StageParameters(weights, map.bias() ? array(arrays.get(next++)) : null));
        }
        return stages;
    }

    @Override
    public List<Array> signals(Array probes) {
        if (!Arrays.equals(probedShape, 1, probedShape.length, probes.shape(), 1, probes.rank())) {
            probing = new Graph(network, problem.loss(), probes.shape(), precision);
            probedShape = probes.shape();
        }
        try (INDArray placed = onNative(probes.rounded(precision))) {
            return probing.signals(parameters, placed).stream()
                    .map(Witness::taken)
                    .toList();
        }
    }

    /** The numbers of an array that nobody needs any more. */
    private static Array taken(INDArray values) {
        try (values) {
            return array(values);
        }
    }

    @Override
    public void close() {
        Stream.of(inputs, targets, parameters).flatMap(List::stream).forEach(INDArray::close);
        movements.forEach(Movement::close);
    }
}
