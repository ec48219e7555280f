package org.idem.theory.deep;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.LinearMap;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.DesignMatrix;

/**
 * How far rounding can carry the parameters of a network in the tangent-kernel parametrisation from those of one in the
 * standard parametrisation whose layers have rates of their own. Source: proofs/T7.conversion.md.
 */
public final class ConversionBudget {
    /** Roundings of slopes, of rates, c and the stored products, of one step. */
    private static final int FEW = 24;

    private ConversionBudget() {}

    /**
     * Bounds every change of a parameter over all steps.
     *
     * @param problem data and network without shortcuts in the standard parametrisation, in the training's precision
     * @param path parameters before each step and after the last, in the standard parametrisation
     * @param losses before each step
     * @param rates of weights and of biases, two numbers for each layer
     * @param precision arithmetic of the training
     * @return for each layer the weights, then the biases if there are any, one after the other
     */
    public static Array of(
            TrainingProblem problem,
            List<List<StageParameters>> path,
            List<Double> losses,
            List<double[]> rates,
            Precision precision) {
        double[] bounds = new double[0];
        for (int layer = 0; layer < problem.network().depth(); layer++) {
            double[] ofLayer = layer(problem, path, losses, rates.get(layer), layer, precision);
            int before = bounds.length;
            bounds = Arrays.copyOf(bounds, before + ofLayer.length);
            System.arraycopy(ofLayer, 0, bounds, before, ofLayer.length);
        }
        return Array.of(bounds, bounds.length);
    }

    private static double[] layer(
            TrainingProblem problem,
            List<List<StageParameters>> path,
            List<Double> losses,
            double[] rates,
            int layer,
            Precision precision) {
        LinearMap map = problem.network().stages().get(layer).map();
        int outputs = map.outputs();
        int inputs = map.fanIn();
        double[] bounds = new double[outputs * (inputs + (map.bias() ? 1 : 0))];
        double lossScale = problem.loss().scale(problem.targets().length());
        double unit = precision.unitRoundoff();
        int backward = GradientReach.operations(problem, layer);
        for (int step = 0; step < losses.size(); step++) {
            List<StageParameters> before = path.get(step);
            Array signals = sizes(DeepForward.signals(problem.network(), before, problem.inputs(), precision)
                    .get(layer));
            DMatrixRMaj columns = DesignMatrix.of(map, signals);
            double[] reach = GradientReach.of(problem.network(), before, layer);
            double residual = (1 + Rounding.accumulated(backward, unit))
                    * Math.sqrt(2 * lossScale * Math.max(0, losses.get(step)));
            int operations = columns.numCols + backward + FEW;
            double relative = Rounding.accumulated(operations, unit);
            double once = 2 * relative * (1 + relative) + Rounding.accumulated(losses.size() + 4);
            for (int unitAt = 0; unitAt < outputs; unitAt++) {
                for (int input = 0; input < columns.numRows; input++) {
                    boolean bias = input == inputs;
                    double rate = rates[bias ? 1 : 0];
                    double size = residual * reach[unitAt] * Rounding.rowNorm(columns, input);
                    double stored = unit * stored(path.get(step + 1).get(layer), unitAt, input, inputs);
                    double tiny = precision.smallestNormal()
                            * Math.max(1, rate)
                            * operations
                            * (1 + residual)
                            * (1 + reach[unitAt])
                            * (1 + Rounding.rowNorm(columns, input));
                    bounds[bias ? outputs * inputs + unitAt : unitAt * inputs + input] +=
                            rate * once * size + stored + tiny;
                }
            }
        }
        return bounds;
    }

    private static double stored(StageParameters after, int unitAt, int input, int inputs) {
        Array bias = after.bias();
        return Math.abs(
                input < inputs || bias == null
                        ? after.weights().values()[unitAt * inputs + input]
                        : bias.values()[unitAt]);
    }

    private static Array sizes(DeepForward signal) {
        Array sizes = Array.zeros(signal.values().shape());
        for (int i = 0; i < sizes.length(); i++) {
            sizes.values()[i] =
                    Math.abs(signal.values().values()[i]) + signal.errors().values()[i];
        }
        return sizes;
    }
}
