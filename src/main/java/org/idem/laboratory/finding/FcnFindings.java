package org.idem.laboratory.finding;

import static org.idem.laboratory.finding.Quantity.Measure.CONSTANT;
import static org.idem.laboratory.finding.Quantity.Measure.IDENTITY;
import static org.idem.laboratory.plan.Group.DIGITS;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.idem.laboratory.plan.Stop;

/** Findings about fully connected networks that learnt the identity from one digit. */
final class FcnFindings {
    private static final String DEPTH = "depth";
    private static final String FIGURE_2 = "Zhang et al., ICLR 2020, arXiv 1902.04698, FCNs by depth (Figure 2)";
    private static final double HALF = 0.5;
    private static final int MOST_SEEDS = 24;

    private FcnFindings() {}

    static List<Finding> all() {
        return List.of(depthConstant(), initialisers(), optimisers(), linearContrast(), width(), examples());
    }

    private static Finding depthConstant() {
        List<String> depths = List.of("1", "2", "3", "5");
        return new Finding(
                "F.fcn-depth-constant",
                "The correlation of a ReLU FCN's answers to other digits with the training image rises at every step from"
                        + " depth 1 to 5, if the weights start as PyTorch's.",
                FIGURE_2,
                Grids.fcn(DEPTH, "1,2,3,5"),
                Grids.FCN_STOP,
                0.75,
                60,
                Quantity.joined(
                        Quantity.along(CONSTANT, DIGITS, DEPTH, depths),
                        Quantity.along(IDENTITY, DIGITS, DEPTH, List.of("1", "5"))),
                new Event(
                        "the correlation with the constant rises from each of the depths 1, 2, 3, 5 to the next",
                        values -> values[0] < values[1] && values[1] < values[2] && values[2] < values[3]),
                List.of(
                        new Event("it is lower at depth 5 than at depth 1", values -> values[3] < values[0]),
                        Event.close("depth has no effect: all correlations lie within 0.1", 0.1, 0, 1, 2, 3),
                        Event.above("the network learns the identity: correlation above 0.9 at depth 5", 0.9, 5)));
    }

    /** What the correlation with the constant does from depth 1 to 5 under several conditions. */
    private static Finding everywhere(
            String id,
            String statement,
            String source,
            org.idem.laboratory.plan.Grid grid,
            Stop stop,
            int conditions,
            IntFunction<String[]> condition) {
        List<Quantity> quantities = new ArrayList<>();
        for (int i = 0; i < conditions; i++) {
            quantities.addAll(Quantity.along(CONSTANT, DIGITS, DEPTH, List.of("1", "5"), condition.apply(i)));
        }
        return new Finding(
                id,
                statement,
                source,
                grid,
                stop,
                HALF,
                MOST_SEEDS,
                quantities,
                new Event(
                        "the correlation with the constant is higher at depth 5 than at depth 1 in all " + conditions
                                + " cases",
                        values -> IntStream.range(0, conditions).allMatch(i -> values[2 * i + 1] > values[2 * i])),
                List.of(
                        new Event(
                                "it is lower in some case",
                                values -> IntStream.range(0, conditions)
                                        .anyMatch(i -> values[2 * i + 1] < values[2 * i])),
                        new Event(
                                "depth has no effect: it changes by at most 0.05 in all cases",
                                values -> IntStream.range(0, conditions)
                                        .allMatch(i -> Math.abs(values[2 * i + 1] - values[2 * i]) <= 0.05)),
                        new Event(
                                "one layer is the constant in some case: above 0.95",
                                values -> IntStream.range(0, conditions).anyMatch(i -> values[2 * i] > 0.95))));
    }

    private static Finding initialisers() {
        List<String> names = List.of("pytorch", "he", "xavier", "gaussian", "uniform", "orthogonal");
        return everywhere(
                "F.fcn-initialisers",
                "For every initialiser the correlation of a ReLU FCN's answers with the training image is higher at depth 5"
                        + " than at depth 1.",
                FIGURE_2 + "; initialisers",
                Grids.fcn(DEPTH, "1,5", "init", String.join(",", names)),
                Grids.FCN_STOP,
                names.size(),
                i -> new String[] {"init", names.get(i)});
    }

    private static Finding optimisers() {
        List<String> rules = List.of("sgd", "sgd", "rmsprop", "adagrad", "adam");
        List<String> momenta = List.of("0", "0.9", "0", "0", "0");
        return everywhere(
                "F.fcn-optimisers",
                "For gradient descent, with and without momentum, RMSProp, Adagrad and Adam the correlation of a ReLU FCN's"
                        + " answers with the training image is higher at depth 5 than at depth 1, at rates that converge.",
                FIGURE_2 + "; optimisers",
                Grids.fcnZipped(
                        List.of(List.of("rule", "momentum", "learning-rate")),
                        DEPTH,
                        "1,5",
                        "rule",
                        String.join(",", rules),
                        "momentum",
                        String.join(",", momenta),
                        "learning-rate",
                        "0.3,0.1,1e-4,1e-2,1e-3"),
                new Stop(1e-3, 2000),
                rules.size(),
                i -> new String[] {"rule", rules.get(i), "momentum", momenta.get(i)});
    }

    private static Finding linearContrast() {
        List<String> depths = List.of("1", "3", "5", "10");
        return new Finding(
                "F.fcn-linear-contrast",
                "Deep linear FCNs tend to the constant with PyTorch's weights, above 0.95 at depth 10, but not with Gaussian"
                        + " weights of unit gain, where the correlation at depth 10 is still below 0.9.",
                FIGURE_2 + ", linear",
                Grids.fcn("activation", "linear", DEPTH, "1,3,5,10", "init", "pytorch,gaussian"),
                Grids.FCN_STOP,
                HALF,
                MOST_SEEDS,
                Quantity.joined(
                        Quantity.along(CONSTANT, DIGITS, DEPTH, depths, "init", "pytorch"),
                        Quantity.along(CONSTANT, DIGITS, DEPTH, depths, "init", "gaussian")),
                new Event(
                        "the correlation with the constant rises from each of the depths 1, 3, 5, 10 to the next,"
                                + " to above 0.95 with PyTorch's weights, and is below 0.9 at depth 10 with unit gain",
                        values -> values[0] < values[1]
                                && values[1] < values[2]
                                && values[2] < values[3]
                                && values[3] > 0.95
                                && values[7] < 0.9),
                List.of(
                        Event.above("both tend to the constant: above 0.95 at depth 10", 0.95, 3, 7),
                        Event.below("neither tends to the constant: below 0.9 at depth 10", 0.9, 3, 7),
                        new Event(
                                "unit gain is nearer to the constant at depth 10 than PyTorch's weights",
                                values -> values[7] > values[3])));
    }

    private static Finding width() {
        List<String> widths = List.of("16", "64", "256");
        return new Finding(
                "F.fcn-width",
                "The width of hidden layers hardly matters to a ReLU FCN: at depth 3 the correlation with the training image"
                        + " lies within 0.05 for widths 16, 64 and 256, if the weights start as PyTorch's.",
                "Zhang et al., ICLR 2020, arXiv 1902.04698, hidden width",
                Grids.fcn(DEPTH, "3", "width", String.join(",", widths)),
                Grids.FCN_STOP,
                HALF,
                MOST_SEEDS,
                Quantity.along(CONSTANT, DIGITS, "width", widths),
                Event.close("the correlations with the constant lie within 0.05", 0.05, 0, 1, 2),
                List.of(
                        new Event(
                                "it rises from width 16 to 256 by more than 0.05",
                                values -> values[2] - values[0] > 0.05),
                        new Event(
                                "it falls from width 16 to 256 by more than 0.05",
                                values -> values[0] - values[2] > 0.05),
                        Event.below("all widths keep away from the constant: below 0.9", 0.9, 0, 1, 2)));
    }

    private static Finding examples() {
        String axis = "examples";
        List<String> numbers = List.of("1", "3", "10");
        return new Finding(
                "F.fcn-examples",
                "With 1, 3 and 10 training digits a ReLU FCN of three layers comes nearer and nearer to the identity, but"
                        + " ten leave its answers to other digits below a correlation of 0.9 with them.",
                "Zhang et al., ICLR 2020, arXiv 1902.04698, number of training examples",
                Grids.fcn(DEPTH, "3", "train", "builtin", axis, String.join(",", numbers)),
                Grids.FCN_STOP,
                HALF,
                MOST_SEEDS,
                Quantity.along(IDENTITY, DIGITS, axis, numbers),
                new Event(
                        "the correlation with the identity rises from 1 to 3 to 10 examples, to less than 0.9",
                        values -> values[0] < values[1] && values[1] < values[2] && values[2] < 0.9),
                List.of(
                        new Event("it falls from 1 to 10 examples", values -> values[2] < values[0]),
                        Event.close("examples have no effect: all lie within 0.05", 0.05, 0, 1, 2),
                        Event.above("ten examples are enough for the identity: above 0.9", 0.9, 2)));
    }
}
