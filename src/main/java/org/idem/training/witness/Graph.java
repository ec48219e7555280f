package org.idem.training.witness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Cnn;
import org.idem.network.LinearMap;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.Stage;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.api.OutAndGrad;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network with its loss as a graph of ND4J's operations, for any number of examples of one shape. Parameters are
 * arguments: weights before bias, stage after stage.
 */
final class Graph {
    static {
        // oneDNN may convolve by Winograd's method; the rounding budgets are proved for plain sums of products
        Nd4j.getEnvironment().allowHelpers(false);
    }

    /** Loss, and its gradient in the shapes of the parameters; whoever asked owns the arrays. */
    record Slope(double loss, List<INDArray> gradient) implements AutoCloseable {
        @Override
        public void close() {
            gradient.forEach(INDArray::close);
        }
    }

    private final SameDiff graph = SameDiff.create();
    private final DataType type;
    private final List<String> parameters = new ArrayList<>();
    private final List<String> signals = new ArrayList<>();
    private final String loss;

    /** For examples of this shape, whose number, the first entry, may be another. */
    Graph(Network network, Loss loss, int[] inputShape, Precision precision) {
        type = type(precision);
        SDVariable signal = examples("inputs", inputShape);
        List<int[]> shapes = network.signalShapes(inputShape);
        for (int i = 0; i < network.depth(); i++) {
            Stage stage = network.stages().get(i);
            SDVariable mapped = stage.map() instanceof Cnn cnn
                    ? convolved(cnn, signal, shapes.get(i))
                    : multiplied(stage.map(), signal);
            SDVariable active = activated(stage.activation(), mapped);
            signal = stage.residual() ? signal.add(active) : active;
            signals.add(signal.name());
        }
        SDVariable residuals = signal.sub(examples("targets", shapes.get(network.depth())));
        SDVariable squares = graph.math.square(inDouble(residuals));
        SDVariable total = switch (loss) {
            case HALF_SUM -> squares.sum().mul(0.5);
            case MEAN -> squares.mean();
            case SUM -> squares.sum();
        };
        this.loss = total.name();
        total.markAsLoss();
    }

    static DataType type(Precision precision) {
        return precision == Precision.FLOAT32 ? DataType.FLOAT : DataType.DOUBLE;
    }

    private SDVariable examples(String name, int[] shape) {
        long[] sizes = Arrays.stream(shape).asLongStream().toArray();
        sizes[0] = -1;
        return graph.placeHolder(name, type, sizes);
    }

    private SDVariable parameter(int... shape) {
        String name = "parameter" + parameters.size();
        parameters.add(name);
        return graph.placeHolder(name, type, Arrays.stream(shape).asLongStream().toArray());
    }

    private SDVariable multiplied(LinearMap map, SDVariable signal) {
        SDVariable weights = graph.permute(parameter(map.weightShape()), 1, 0);
        // ND4J cannot differentiate the product of two matrices of one number each
        boolean single = map.fanIn() == 1 && map.outputs() == 1;
        SDVariable products = single ? signal.mul(weights) : graph.mmul(signal, weights);
        return map.bias() ? products.add(parameter(map.outputs())) : products;
    }

    private SDVariable convolved(Cnn cnn, SDVariable images, int[] shape) {
        Conv2DConfig config = Conv2DConfig.builder()
                .kH(cnn.kernel())
                .kW(cnn.kernel())
                .paddingMode(cnn.padding() == Padding.SAME ? PaddingMode.SAME : PaddingMode.VALID)
                .build();
        SDVariable framed = cnn.padding() == Padding.CIRCULAR ? repeated(images, shape, cnn.kernel() / 2) : images;
        SDVariable weights = graph.permute(parameter(cnn.weightShape()), 2, 3, 1, 0);
        return cnn.bias()
                ? graph.cnn.conv2d(framed, weights, parameter(cnn.outputs()), config)
                : graph.cnn.conv2d(framed, weights, config);
    }

    /** Images (n, C, H, W) with so many pixels round them, as if laid out side by side without end. */
    private SDVariable repeated(SDVariable images, int[] shape, int margin) {
        int top = Math.floorMod(-margin, shape[2]);
        int left = Math.floorMod(-margin, shape[3]);
        int height = shape[2] + 2 * margin;
        int width = shape[3] + 2 * margin;
        int down = (top + height + shape[2] - 1) / shape[2];
        int right = (left + width + shape[3] - 1) / shape[3];
        return graph.slice(
                graph.tile(images, 1, 1, down, right), new int[] {0, 0, top, left}, -1, shape[1], height, width);
    }

    /** Computed in double and rounded once; with the slopes at 0 that {@link Activation} tells. */
    private SDVariable activated(Activation activation, SDVariable signal) {
        if (activation == Activation.LINEAR) {
            return signal;
        }
        SDVariable z = inDouble(signal);
        SDVariable active = switch (activation) {
            case LINEAR -> z;
            case RELU -> graph.nn.relu(z, 0);
            // ND4J's own has slope 1 at 0
            case LEAKY_RELU -> z.mul(0.01).add(graph.nn.relu(z, 0).mul(0.99));
            case TANH -> graph.math.tanh(z);
            case SIGMOID -> graph.nn.sigmoid(z);
            case SOFTPLUS -> softplus(z);
            case ERF -> graph.math.erf(z);
        };
        return type == DataType.DOUBLE ? active : active.castTo(type);
    }

    /** ND4J's own softplus overflows where exp(z) does, so what exceeds 500 is added after it: there φ(z) = z. */
    private SDVariable softplus(SDVariable z) {
        SDVariable above = graph.nn.relu(z.sub(500), 0);
        return graph.nn.softplus(z.sub(above)).add(above);
    }

    private SDVariable inDouble(SDVariable variable) {
        return type == DataType.DOUBLE ? variable : variable.castTo(DataType.DOUBLE);
    }

    private Map<String, INDArray> arguments(List<INDArray> values, INDArray inputs) {
        Map<String, INDArray> arguments = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            arguments.put(parameters.get(i), values.get(i));
        }
        arguments.put("inputs", inputs);
        return arguments;
    }

    /** Loss on examples and targets, and its gradient. */
    Slope slope(List<INDArray> values, INDArray inputs, INDArray targets) {
        if (!graph.hasGradientFunction()) {
            Silence.of(() -> graph.createGradFunction(parameters.toArray(String[]::new)));
        }
        Map<String, INDArray> arguments = arguments(values, inputs);
        arguments.put("targets", targets);
        OutAndGrad met = graph.calculateGradientsAndOutputs(arguments, List.of(loss), parameters);
        List<INDArray> gradient =
                parameters.stream().map(met.getGradients()::get).toList();
        double value = Objects.requireNonNull(met.getOutputs().get(loss)).getDouble(0);
        closeAllBut(graph.getFunction("grad"), gradient, arguments.values());
        return new Slope(value, gradient);
    }

    /** Outputs of every stage; whoever asked owns the arrays. */
    List<INDArray> signals(List<INDArray> values, INDArray inputs) {
        Map<String, INDArray> arguments = arguments(values, inputs);
        Map<String, INDArray> outputs = graph.output(arguments, signals);
        closeAllBut(graph, outputs.values(), arguments.values());
        return signals.stream().map(outputs::get).toList();
    }

    /** Closes what was computed on the way: ND4J leaves it to the garbage collector, which does not see its size. */
    private static void closeAllBut(SameDiff run, Collection<INDArray> results, Collection<INDArray> arguments) {
        Set<Long> kept = new HashSet<>();
        results.forEach(array -> kept.add(array.data().address()));
        arguments.forEach(array -> kept.add(array.data().address()));
        for (InferenceSession session : run.getSessions().values()) {
            session.getNodeValueOutputs().forEach((id, value) -> {
                INDArray array = value == null ? null : value.getTensorValue();
                boolean computed = run.getVariable(id.getVariable()).getVariableType() == VariableType.ARRAY;
                if (computed
                        && array != null
                        && !array.wasClosed()
                        && kept.add(array.data().address())) {
                    array.close();
                }
            });
        }
    }
}
