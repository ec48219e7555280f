package org.idem.laboratory.finding;

import static org.idem.laboratory.finding.Quantity.Measure.CONSTANT;
import static org.idem.laboratory.finding.Quantity.Measure.IDENTITY;
import static org.idem.laboratory.finding.Quantity.Measure.NORM;
import static org.idem.laboratory.plan.Group.BLANK;
import static org.idem.laboratory.plan.Group.DIGITS;

import java.util.List;
import org.idem.laboratory.plan.Grid;
import org.idem.laboratory.plan.Stop;

/** Findings about convolutional networks that learnt the identity from one digit. */
final class CnnFindings {
    private static final String DEPTH = "depth";
    private static final String FIGURE_3 = "Zhang et al., ICLR 2020, arXiv 1902.04698, CNNs by depth (Figure 3)";
    private static final String PAPER = "Zhang et al., ICLR 2020, arXiv 1902.04698, ";
    private static final double SHARE = 0.5;
    private static final int MOST_SEEDS = 40;

    private CnnFindings() {}

    static List<Finding> all() {
        return List.of(
                depthIdentity(),
                depthIdentityHe(),
                shallowIdentity(),
                deepConstant(),
                kernel(),
                channels(),
                residual(),
                blankTest(),
                hiddenLayers(),
                examples(),
                stopping());
    }

    private static Finding of(
            String id,
            String statement,
            String source,
            Grid grid,
            List<Quantity> quantities,
            Event event,
            Event... variants) {
        return new Finding(
                id, statement, source, grid, Grids.CNN_STOP, SHARE, MOST_SEEDS, quantities, event, List.of(variants));
    }

    private static Finding depthIdentity() {
        List<String> depths = List.of("3", "5", "7", "10", "14");
        return new Finding(
                "F.cnn-depth-identity",
                "The correlation of a ReLU CNN's answers to other digits with the identity falls at every step from depth"
                        + " 3 over 5, 7 and 10 to 14, if kernels are 5 × 5, channels 32 and the weights start as PyTorch's.",
                FIGURE_3,
                Grids.cnn(DEPTH, String.join(",", depths), "channels", "32"),
                Grids.CNN_STOP,
                SHARE,
                // the last step is small: some seeds miss it
                2 * MOST_SEEDS,
                Quantity.joined(
                        Quantity.along(IDENTITY, DIGITS, DEPTH, depths),
                        List.of(Quantity.of(CONSTANT, DIGITS, DEPTH, "3"), Quantity.of(CONSTANT, DIGITS, DEPTH, "14"))),
                Event.falls(
                        "the correlation with the identity falls from each of the depths 3, 5, 7, 10, 14 to the next",
                        0,
                        4),
                List.of(
                        new Event("it is higher at depth 14 than at depth 3", values -> values[4] > values[0]),
                        Event.close("depth has no effect: all correlations lie within 0.1", 0.1, 0, 1, 2, 3, 4),
                        new Event(
                                "the correlation with the constant falls instead, from depth 3 to 14",
                                values -> values[6] < values[5])));
    }

    private static Finding depthIdentityHe() {
        return of(
                "F.cnn-depth-he",
                "With He's weights the correlation with the identity falls from depth 3 over 7 to 10, too, but less than"
                        + " with PyTorch's, if kernels are 5 × 5.",
                FIGURE_3 + "; initialisers",
                Grids.cnn(DEPTH, "3,7,10", "init", "pytorch,he"),
                Quantity.joined(
                        Quantity.along(IDENTITY, DIGITS, DEPTH, List.of("3", "7", "10"), "init", "he"),
                        Quantity.along(IDENTITY, DIGITS, DEPTH, List.of("3", "10"), "init", "pytorch")),
                new Event(
                        "it falls from 3 to 7 to 10 with He's weights, by less than from 3 to 10 with PyTorch's",
                        values -> values[1] < values[0]
                                && values[2] < values[1]
                                && values[0] - values[2] < values[3] - values[4]),
                new Event(
                        "it is higher at depth 10 than at depth 3 with He's weights", values -> values[2] > values[0]),
                new Event("it falls more with He's weights", values -> values[0] - values[2] > values[3] - values[4]),
                Event.close("with He's weights depth has no effect: all lie within 0.05", 0.05, 0, 1, 2));
    }

    private static Finding shallowIdentity() {
        return of(
                "F.cnn-shallow-identity",
                "A CNN of one to three layers learns the identity from one digit: its answers to other digits correlate"
                        + " with them by more than 0.9, if kernels are 5 × 5 and the weights start as PyTorch's.",
                FIGURE_3,
                Grids.cnn(DEPTH, "1,2,3,10"),
                Quantity.joined(
                        Quantity.along(IDENTITY, DIGITS, DEPTH, List.of("1", "2", "3", "10")),
                        Quantity.along(CONSTANT, DIGITS, DEPTH, List.of("1", "2", "3"))),
                Event.above("the correlation with the identity is above 0.9 at depths 1, 2 and 3", 0.9, 0, 1, 2),
                new Event(
                        "the constant is nearer than the identity at depths 1, 2 and 3",
                        values -> values[4] > values[0] && values[5] > values[1] && values[6] > values[2]),
                Event.above("the same holds at depth 10", 0.9, 0, 1, 2, 3),
                Event.below("the correlation with the identity is below 0.9 at depths 1, 2 and 3", 0.9, 0, 1, 2));
    }

    private static Finding deepConstant() {
        return of(
                "F.cnn-deep-constant",
                "A CNN of 14 layers memorises: its answers to other digits correlate with the training image by more than"
                        + " 0.8, and more than with the digits, if kernels are 5 × 5 and images 14 × 14.",
                FIGURE_3,
                Grids.cnn(DEPTH, "3,14"),
                List.of(
                        Quantity.of(CONSTANT, DIGITS, DEPTH, "14"),
                        Quantity.of(IDENTITY, DIGITS, DEPTH, "14"),
                        Quantity.of(CONSTANT, DIGITS, DEPTH, "3"),
                        Quantity.of(IDENTITY, DIGITS, DEPTH, "3")),
                new Event(
                        "the correlation with the constant is above 0.8 and above that with the identity at depth 14",
                        values -> values[0] > 0.8 && values[0] > values[1]),
                new Event("the identity is nearer than the constant at depth 14", values -> values[1] > values[0]),
                new Event(
                        "so does a CNN of 3 layers: above 0.8 with the constant",
                        values -> values[2] > 0.8 && values[2] > values[3]),
                Event.close(
                        "depth has no effect: the correlation with the constant differs by at most 0.1", 0.1, 0, 2));
    }

    private static Finding kernel() {
        return of(
                "F.cnn-kernel",
                "At depth 7 the correlation with the identity falls as kernels grow from 3 × 3 over 5 × 5 to 7 × 7, and"
                        + " 3 × 3 kernels still keep it above 0.85, if the weights start as PyTorch's.",
                PAPER + "kernel size and depth",
                Grids.cnn(DEPTH, "7", "kernel", "3,5,7"),
                Quantity.along(IDENTITY, DIGITS, "kernel", List.of("3", "5", "7")),
                new Event(
                        "it falls from side 3 to 5 to 7, from above 0.85",
                        values -> values[0] > 0.85 && values[1] < values[0] && values[2] < values[1]),
                new Event("it is higher with side 7 than with side 3", values -> values[2] > values[0]),
                Event.close("the side of kernels has no effect: all lie within 0.1", 0.1, 0, 1, 2),
                Event.below("3 × 3 kernels have lost the identity at depth 7: below 0.85", 0.85, 0));
    }

    private static Finding channels() {
        return of(
                "F.cnn-channels",
                "The number of channels matters less than depth: from 8 to 16 channels at depth 5 the correlation with the"
                        + " identity changes less than from depth 3 to 10 with 8 channels, if kernels are 5 × 5.",
                PAPER + "channels and depth",
                Grids.cnnZipped(List.of(List.of(DEPTH, "channels")), DEPTH, "5,5,3,10", "channels", "8,16,8,8"),
                List.of(
                        Quantity.of(IDENTITY, DIGITS, DEPTH, "5", "channels", "8"),
                        Quantity.of(IDENTITY, DIGITS, DEPTH, "5", "channels", "16"),
                        Quantity.of(IDENTITY, DIGITS, DEPTH, "3", "channels", "8"),
                        Quantity.of(IDENTITY, DIGITS, DEPTH, "10", "channels", "8")),
                new Event(
                        "channels change it less than depth does",
                        values -> Math.abs(values[1] - values[0]) < Math.abs(values[3] - values[2])),
                new Event(
                        "channels change it more than depth does",
                        values -> Math.abs(values[1] - values[0]) > Math.abs(values[3] - values[2])),
                new Event(
                        "more channels lose the identity: lower by more than 0.1 with 16",
                        values -> values[0] - values[1] > 0.1),
                Event.close("depth has no effect either: within 0.1", 0.1, 2, 3));
    }

    private static Finding residual() {
        return of(
                "F.cnn-residual",
                "Residual networks keep the identity: at depth 10 the correlation is above 0.9 where stages add their"
                        + " input, and lower where they do not, if kernels are 5 × 5.",
                PAPER + "residual networks",
                Grids.cnn(DEPTH, "10", "residual", "no,yes"),
                Quantity.along(IDENTITY, DIGITS, "residual", List.of("no", "yes")),
                new Event(
                        "the correlation with the identity is above 0.9 with residual stages, and lower without",
                        values -> values[1] > 0.9 && values[0] < values[1]),
                new Event("it is lower with residual stages than without", values -> values[1] < values[0]),
                Event.close("residual stages have no effect: within 0.1", 0.1, 0, 1),
                Event.above("networks without residual stages keep it, too: above 0.9", 0.9, 0));
    }

    private static Finding blankTest() {
        return of(
                "F.cnn-blank",
                "A deep CNN with biases answers a blank image with more than a shallow one: the norm of the output is larger"
                        + " at depth 14 than at depth 3, if kernels are 5 × 5.",
                PAPER + "blank test images",
                Grids.cnn(DEPTH, "3,14"),
                List.of(Quantity.of(NORM, BLANK, DEPTH, "3"), Quantity.of(NORM, BLANK, DEPTH, "14")),
                new Event("the norm at depth 14 is larger than at depth 3", values -> values[1] > values[0]),
                new Event("the shallow network answers with more than the deep one", values -> values[0] > values[1]),
                Event.close("depth has no effect: the norms differ by at most 0.1", 0.1, 0, 1),
                Event.below("the deep network answers nearly with nothing, too: a norm below 0.5", 0.5, 1));
    }

    private static Finding hiddenLayers() {
        String depth = "14";
        return new Finding(
                "F.cnn-layers",
                "Hidden layers of a deep trained CNN lose the input and find the training image: at depth 14 a linear readout"
                        + " of layer 12 misses more of the input, and less of the training image, than one of layer 1, if"
                        + " kernels are 5 × 5.",
                PAPER + "hidden layers (Figure 4)",
                Grids.cnn(DEPTH, depth),
                Grids.CNN_STOP,
                SHARE,
                2 * MOST_SEEDS,
                List.of(
                        Quantity.ofLayer(true, 12, true, DEPTH, depth),
                        Quantity.ofLayer(true, 1, true, DEPTH, depth),
                        Quantity.ofLayer(false, 12, true, DEPTH, depth),
                        Quantity.ofLayer(false, 1, true, DEPTH, depth)),
                new Event(
                        "layer 12 misses less of the training image and more of the input than layer 1",
                        values -> values[0] < values[1] && values[2] > values[3]),
                List.of(
                        new Event(
                                "layer 12 misses more of the training image than layer 1",
                                values -> values[0] > values[1]),
                        new Event("layer 12 misses less of the input than layer 1", values -> values[2] < values[3]),
                        new Event(
                                "layers are alike: layer 12 misses as much of both as layer 1, within 0.05",
                                values -> Math.abs(values[0] - values[1]) <= 0.05
                                        && Math.abs(values[2] - values[3]) <= 0.05)));
    }

    private static Finding examples() {
        String axis = "examples";
        return of(
                "F.cnn-examples",
                "Five training digits in place of one bring a CNN of seven layers nearer to the identity: its answers to"
                        + " other digits correlate with them more, if kernels are 5 × 5.",
                PAPER + "number of training examples",
                Grids.cnn(DEPTH, "7", "train", "builtin", axis, "1,5"),
                Quantity.joined(
                        Quantity.along(IDENTITY, DIGITS, axis, List.of("1", "5")),
                        Quantity.along(CONSTANT, DIGITS, axis, List.of("5"))),
                new Event(
                        "the correlation with the identity is higher with five examples than with one",
                        values -> values[1] > values[0]),
                new Event("it is lower with five examples", values -> values[1] < values[0]),
                Event.close("more examples have no effect: within 0.02", 0.02, 0, 1),
                new Event(
                        "with five examples the answers are nearer to the mean training image than to the digits",
                        values -> values[2] > values[1]));
    }

    private static Finding stopping() {
        return new Finding(
                "F.cnn-stopping",
                "Stopping earlier hardly changes what was learnt: from the first look with a training error of at most"
                        + " 0.01 to the end at 0.0001 the correlation with the identity moves by at most 0.1, at depth 5"
                        + " with 5 × 5 kernels.",
                "found here, and a condition of every other finding",
                Grids.cnn(DEPTH, "5"),
                Stop.STANDARD,
                SHARE,
                MOST_SEEDS,
                List.of(
                        Quantity.onTheWay(IDENTITY, 0.01, DEPTH, "5"),
                        Quantity.lastLook(IDENTITY, DEPTH, "5"),
                        Quantity.onTheWay(IDENTITY, Double.POSITIVE_INFINITY, DEPTH, "5")),
                Event.close("the correlation moves by at most 0.1", 0.1, 0, 1),
                List.of(
                        new Event("it falls by more than 0.1", values -> values[0] - values[1] > 0.1),
                        new Event("it rises by more than 0.1", values -> values[1] - values[0] > 0.1),
                        Event.close("it is there before training: within 0.1 of the end", 0.1, 2, 1)));
    }
}
