package example;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.math3.fraction.BigFraction;
import org.apache.commons.math3.fraction.BigFractionField;
import org.apache.commons.math3.linear.FieldLUDecomposition;
import org.apache.commons.math3.linear.FieldMatrix;
import org.apache.commons.math3.linear.MatrixUtils;
import org.idem.array.Array;
import org.idem.space.Axis;
import org.idem.space.Configuration;
import org.idem.space.Dimension;

/**
 * A linear regression in fractions, so that nothing is ever rounded.
 *
 * @param inputs n × d, one example a row
 * @param targets n × 1
 * @param penalty weight of ½‖w‖² in the loss, at least 0
 * @param rate length of a step
 * @param steps number of steps
 */
record Regression(
        FieldMatrix<BigFraction> inputs,
        FieldMatrix<BigFraction> targets,
        BigFraction penalty,
        BigFraction rate,
        int steps) {
    private static final Axis.Whole EXAMPLES = new Axis.Whole("examples");
    private static final Axis.Whole INPUTS = new Axis.Whole("inputs");
    private static final Axis.Whole STEPS = new Axis.Whole("steps");
    private static final Axis.Real RATE = new Axis.Real("rate");
    private static final Axis.Real PENALTY = new Axis.Real("penalty");

    /** What is drawn at random: small numbers, which print exactly. */
    static final List<Dimension> LEAST_SQUARES =
            List.of(EXAMPLES.from(1, 3), INPUTS.from(1, 3), STEPS.from(1, 6), RATE.between(0.00390625, 0.0625));

    /** The same with a penalty. */
    static final List<Dimension> RIDGE = Stream.concat(LEAST_SQUARES.stream(), Stream.of(PENALTY.between(0.125, 2)))
            .toList();

    static Regression leastSquares(Configuration configuration) {
        return draw(configuration, BigFraction.ZERO);
    }

    static Regression ridge(Configuration configuration) {
        return draw(configuration, new BigFraction(configuration.get(PENALTY)));
    }

    private static Regression draw(Configuration configuration, BigFraction penalty) {
        SplittableRandom random = new SplittableRandom(configuration.seed());
        int examples = configuration.get(EXAMPLES);
        return new Regression(
                draw(random, examples, configuration.get(INPUTS)),
                draw(random, examples, 1),
                penalty,
                new BigFraction(configuration.get(RATE)),
                configuration.get(STEPS));
    }

    private static FieldMatrix<BigFraction> draw(SplittableRandom random, int rows, int columns) {
        FieldMatrix<BigFraction> matrix = MatrixUtils.createFieldMatrix(BigFractionField.getInstance(), rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix.setEntry(i, j, new BigFraction(random.nextInt(-3, 4)));
            }
        }
        return matrix;
    }

    /** Really trained: gradient steps on ½‖Xw − y‖² + ½·penalty·‖w‖², from zero. */
    Array trained() {
        FieldMatrix<BigFraction> weights = zero();
        for (int step = 0; step < steps; step++) {
            FieldMatrix<BigFraction> residuals = inputs.multiply(weights).subtract(targets);
            FieldMatrix<BigFraction> gradient =
                    inputs.transpose().multiply(residuals).add(weights.scalarMultiply(penalty));
            weights = weights.subtract(gradient.scalarMultiply(rate));
        }
        return numbers(weights);
    }

    /** Ridge regression: the w at which the gradient vanishes. */
    FieldMatrix<BigFraction> ridge() {
        return new FieldLUDecomposition<>(curvature())
                .getSolver()
                .solve(inputs.transpose().multiply(targets));
    }

    /** XᵀX + penalty·I. */
    FieldMatrix<BigFraction> curvature() {
        return inputs.transpose().multiply(inputs).add(identity().scalarMultiply(penalty));
    }

    FieldMatrix<BigFraction> identity() {
        return MatrixUtils.createFieldIdentityMatrix(BigFractionField.getInstance(), inputs.getColumnDimension());
    }

    private FieldMatrix<BigFraction> zero() {
        return MatrixUtils.createFieldMatrix(BigFractionField.getInstance(), inputs.getColumnDimension(), 1);
    }

    Regression withPenalty(BigFraction other) {
        return new Regression(inputs, targets, other, rate, steps);
    }

    Regression withRate(BigFraction other) {
        return new Regression(inputs, targets, penalty, other, steps);
    }

    Regression withSteps(int other) {
        return new Regression(inputs, targets, penalty, rate, other);
    }

    /** Equal fractions give equal numbers. */
    static Array numbers(FieldMatrix<BigFraction> column) {
        double[] values = new double[column.getRowDimension()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.getEntry(i, 0).doubleValue();
        }
        return Array.of(values, values.length);
    }

    /** Numbers of a row beside each other, rows after each other. */
    private static String words(FieldMatrix<BigFraction> matrix) {
        return Stream.of(matrix.getData())
                .map(row -> Stream.of(row).map(BigFraction::toString).collect(Collectors.joining(" ")))
                .collect(Collectors.joining("; "));
    }

    List<String> describe() {
        return List.of(
                "inputs        " + words(inputs),
                "targets       " + words(targets),
                "penalty       " + penalty,
                "rate          " + rate,
                "steps         " + steps);
    }
}
