package org.idem.laboratory.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.laboratory.measure.BorderDistance;
import org.idem.laboratory.measure.LinearReadout;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.laboratory.plan.Task;
import org.idem.laboratory.result.LayerMeasures;
import org.idem.network.Cnn;
import org.idem.network.Model;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.Stage;
import org.idem.training.Trainer;
import org.idem.training.run.TrainingView;

/** Measures the layers of a network on some of its test images, in any state of its training. */
final class LayerStates {
    /** Readouts of convolutional layers see every pixel as a sample and need few images; others need more. */
    private static final int MOST_OF_CNN = 4;

    private static final int MOST_OF_FCN = 12;
    private static final int LEAST = 2;

    /** Equations of a readout are copied as often while they are solved. */
    private static final int COPIES = 2;

    /** Numbers that the layers of all chosen images may have together. */
    private static final long MOST_NUMBERS = 4_000_000;

    private final Task task;
    private final List<Task.Test> chosen;
    private final Precision precision;

    LayerStates(Task task) {
        this.task = task;
        precision = task.point().get(StudyAxes.PRECISION);
        chosen = chosen(task);
    }

    private static List<Task.Test> chosen(Task task) {
        long numbers = numbersOfAnImage(task);
        int most = task.point().convolutional() ? MOST_OF_CNN : MOST_OF_FCN;
        return task.ofTrainedSize((int) Math.max(LEAST, Math.min(most, MOST_NUMBERS / numbers)));
    }

    private static long numbersOfAnImage(Task task) {
        long numbers = 0;
        for (int[] shape :
                task.network().signalShapes(task.inputs().slices(0, 1).shape())) {
            numbers += Array.lengthOf(shape);
        }
        return numbers;
    }

    /**
     * Bytes of all layers that are measured at once, and of one that is read off: of a fully connected layer the rows
     * of all images, of a convolutional one all pixels of an image, each a few times.
     */
    static double bytes(Task task) {
        int images = chosen(task).size();
        double layers = (feelsBorder(task) ? 2.0 : 1.0) * images * numbersOfAnImage(task);
        double read = task.network().signalShapes(shape(task)).stream()
                .skip(1)
                .mapToDouble(layer -> COPIES * (numbers(layer) + 2.0 * numbers(shape(task))))
                .max()
                .orElse(0);
        return Double.BYTES * (layers + read * (task.point().convolutional() ? 1 : (images + 1) / 2.0));
    }

    private static double numbers(int[] shape) {
        return IntStream.of(shape).asDoubleStream().reduce(1, (a, b) -> a * b);
    }

    /** Shape (n, d) or (n, C, H, W) of the images whose layers are measured. */
    static int[] shape(Task task) {
        int[] shape = task.inputs().shape();
        shape[0] = chosen(task).size();
        return shape;
    }

    /**
     * What was seen of the layers.
     *
     * @param rows one per layer and image; none if no test has the size of the training images
     * @param readouts what a linear readout of each layer makes of the first image, named as {@link Trained} says
     */
    record Seen(List<LayerMeasures> rows, Map<String, Array> readouts) {}

    /** Measures the layers of a network, before or after its training. */
    Seen measure(TrainingView training, boolean trained) {
        if (chosen.isEmpty()) {
            return new Seen(List.of(), Map.of());
        }
        Array inputs = Array.concatenate(chosen.stream().map(Task.Test::input).toList());
        Array targets = Array.concatenate(Collections.nCopies(chosen.size(), task.constant()));
        List<Array> layers = training.signals(inputs);
        List<Array> unbordered = feelsBorder(task) ? circular(training, inputs) : List.of();
        List<LayerMeasures> rows = new ArrayList<>();
        Map<String, Array> readouts = new LinkedHashMap<>();
        for (int layer = 0; layer < layers.size(); layer++) {
            LinearReadout.Reading reading = LinearReadout.of(layers.get(layer), List.of(inputs, targets), precision);
            List<double[]> errors = reading.errors();
            String name = "layer-" + (layer + 1) + (trained ? "-trained" : "-untrained");
            reading.first().ifPresent(read -> readouts.put(name, read.slice(0)));
            double[] distances = unbordered.isEmpty()
                    ? IntStream.range(0, chosen.size())
                            .mapToDouble(i -> Double.NaN)
                            .toArray()
                    : BorderDistance.of(layers.get(layer), unbordered.get(layer), precision);
            for (int image = 0; image < chosen.size(); image++) {
                rows.add(new LayerMeasures(
                        layer + 1,
                        chosen.get(image).name(),
                        trained,
                        errors.get(0)[image],
                        errors.get(1)[image],
                        distances[image]));
            }
        }
        return new Seen(rows, readouts);
    }

    /** Whether layers are compared with those of a network without borders. */
    static boolean feelsBorder(Task task) {
        return task.architecture().convolutional()
                && task.architecture().padding() == Padding.SAME
                && task.architecture().kernel() > 1;
    }

    /** Layers that the network would have if its convolutions were circular. */
    private List<Array> circular(TrainingView training, Array inputs) {
        return Trainer.signals(new Model(wrapped(task.network()), training.parameters()), inputs, precision);
    }

    /** The network with circular convolutions. */
    static Network wrapped(Network network) {
        return new Network(network.stages().stream()
                .map(stage -> new Stage(wrapped((Cnn) stage.map()), stage.activation(), stage.residual()))
                .toList());
    }

    private static Cnn wrapped(Cnn bordered) {
        return new Cnn(bordered.channels(), bordered.outputs(), bordered.kernel(), Padding.CIRCULAR, bordered.bias());
    }
}
