package org.idem.theory.deep;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.LinearMap;
import org.idem.network.Network;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.theory.arithmetic.AccurateProduct;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.DesignMatrix;

/**
 * How far rounding can carry the balance of hidden units from what its gradients say, from the weights and losses that
 * training met. Source: proofs/T4.units.md.
 */
public final class UnitBalanceBudget {
    /** Roundings of slopes, of η, c and the stored products, of one step. */
    private static final int FEW = 24;

    private final TrainingProblem problem;
    private final double learningRate;
    private final double lossScale;
    private final int batch;
    private final Precision precision;
    private final double unit;
    private final int steps;
    private final double[] bounds;

    private UnitBalanceBudget(TrainingProblem problem, double learningRate, int batch, int steps, Precision precision) {
        this.problem = problem;
        this.learningRate = learningRate;
        this.batch = batch;
        this.steps = steps;
        this.precision = precision;
        unit = precision.unitRoundoff();
        lossScale = problem.loss().scale(problem.targets().length() / problem.examples() * (long) batch);
        int units = 0;
        for (int layer = 0; layer + 1 < problem.network().depth(); layer++) {
            units += problem.network().stages().get(layer).map().outputs();
        }
        bounds = new double[units];
    }

    /**
     * Bounds the difference between {@link UnitBalance#change} and η² times the {@link UnitBalance#sum} of squares.
     *
     * @param problem data and network without shortcuts, in the training's precision
     * @param learningRate η
     * @param batch examples in each step
     * @param path parameters before each step and after the last
     * @param losses before each step
     * @param precision arithmetic of the training
     * @return in the order of {@link UnitBalance#change}
     */
    public static Array of(
            TrainingProblem problem,
            double learningRate,
            int batch,
            List<List<StageParameters>> path,
            List<Double> losses,
            Precision precision) {
        int steps = losses.size();
        UnitBalanceBudget budget = new UnitBalanceBudget(problem, learningRate, batch, steps, precision);
        for (int step = 0; step < steps; step++) {
            budget.addStep(path.get(step), path.get(step + 1), losses.get(step));
        }
        budget.addReading(path.get(0));
        budget.addReading(path.get(steps));
        return Array.of(budget.bounds, budget.bounds.length);
    }

    private void addStep(List<StageParameters> before, List<StageParameters> after, double loss) {
        Network network = problem.network();
        List<DeepForward> signals = DeepForward.signals(network, before, problem.inputs(), precision);
        int next = 0;
        for (int layer = 0; layer + 1 < network.depth(); layer++) {
            LinearMap map = network.stages().get(layer).map();
            LinearMap above = network.stages().get(layer + 1).map();
            DMatrixRMaj inputs = DesignMatrix.of(map, sizes(signals.get(layer)));
            Array outputs = sizes(signals.get(layer + 1));
            DMatrixRMaj sums =
                    CommonOps_DDRM.mult(DeepForward.absolute(DeepForward.rows(before.get(layer))), inputs, null);
            double[] reach = GradientReach.of(network, before, layer);
            int backward = GradientReach.operations(problem, layer);
            double residual = (1 + Rounding.accumulated(backward, unit)) * Math.sqrt(2 * lossScale * Math.max(0, loss));
            double upperReach = norm(GradientReach.of(network, before, layer + 1));
            int sites = sites(signals, layer) + sites(signals, layer + 1);
            double exchange = relative(sites + map.fanIn() + above.fanOut());
            double square = relative(sites + backward) + Rounding.accumulated((map.fanIn() + above.fanOut()) * steps);
            double taps = Math.sqrt((double) above.fanIn() / map.outputs());
            double inputNorm = Math.sqrt(CommonOps_DDRM.elementSumAbs(squares(inputs)));
            for (int unitAt = 0; unitAt < map.outputs(); unitAt++, next++) {
                double gradient = residual * reach[unitAt];
                double first = 2 * exchange * gradient * Rounding.rowNorm(sums, unitAt);
                double ofRow = gradient * inputNorm;
                double ofColumn = residual * upperReach * taps * planeNorm(outputs, unitAt);
                double second = 4 * square * (ofRow * ofRow + ofColumn * ofColumn);
                double stored = (2 * unit + unit * unit) * squares(after, layer, unitAt);
                bounds[next] += learningRate * first
                        + learningRate * learningRate * second
                        + stored
                        + underflow(sums, residual, reach[unitAt] + upperReach, squares(before, layer, unitAt), sites);
            }
        }
    }

    /** Roundings of both sums and a few more, and products of such errors. */
    private double relative(int operations) {
        double once = Rounding.accumulated(operations + FEW, unit);
        return once * (1 + once);
    }

    /** What results below the smallest normal number may add. */
    private double underflow(DMatrixRMaj sums, double residual, double reach, double squares, int sites) {
        double sizes = 1 + CommonOps_DDRM.elementSumAbs(sums) + residual * (1 + reach) + squares;
        return Math.max(1, learningRate) * precision.smallestNormal() * (sites + FEW) * sizes * sizes * sizes;
    }

    /** The observed change is a sum as if in twice the precision. */
    private void addReading(List<StageParameters> parameters) {
        int next = 0;
        for (int layer = 0; layer + 1 < parameters.size(); layer++) {
            for (int unitAt = 0; unitAt < parameters.get(layer).weights().size(0); unitAt++, next++) {
                double size = squares(parameters, layer, unitAt);
                bounds[next] += AccurateProduct.SECOND_ORDER * size + Rounding.UNIT * bounds[next];
            }
        }
    }

    private static double squares(List<StageParameters> parameters, int layer, int unitAt) {
        return UnitBalance.square(UnitBalance.row(parameters.get(layer), unitAt))
                + UnitBalance.square(UnitBalance.column(parameters.get(layer + 1), unitAt));
    }

    private int sites(List<DeepForward> signals, int layer) {
        Array outputs = signals.get(layer + 1).values();
        return outputs.length() / outputs.size(0) / outputs.size(1) * batch;
    }

    private static Array sizes(DeepForward signal) {
        Array sizes = Array.zeros(signal.values().shape());
        for (int i = 0; i < sizes.length(); i++) {
            sizes.values()[i] =
                    Math.abs(signal.values().values()[i]) + signal.errors().values()[i];
        }
        return sizes;
    }

    private static double planeNorm(Array outputs, int unitAt) {
        int plane = outputs.length() / outputs.size(0) / outputs.size(1);
        double square = 0;
        for (int i = 0; i < outputs.length(); i++) {
            if (i / plane % outputs.size(1) == unitAt) {
                square += outputs.values()[i] * outputs.values()[i];
            }
        }
        return Math.sqrt(square);
    }

    private static double norm(double[] numbers) {
        return Math.sqrt(UnitBalance.square(numbers));
    }

    private static DMatrixRMaj squares(DMatrixRMaj matrix) {
        return CommonOps_DDRM.elementMult(matrix, matrix, (DMatrixRMaj) null);
    }
}
