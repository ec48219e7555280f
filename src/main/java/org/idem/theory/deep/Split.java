package org.idem.theory.deep;

import java.util.List;
import org.apache.commons.numbers.core.Sum;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.theory.arithmetic.AccurateProduct;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.path.ResidualPolynomial;

/**
 * The output of a deep linear network on any input, split into what it says on its one training input and what its
 * initial first layer says on the rest: f(x) = a·f(x̂) + r·W_L⋯W_2 W_1(0)w with a = ⟨x̂,x⟩/‖x̂‖², w = x − a·x̂. Source:
 * proofs/T4.split.md.
 *
 * @param along a, one number for each input
 * @param across w, (n, d)
 */
public record Split(double[] along, Array across) {
    /**
     * Splits inputs.
     *
     * @param trained x̂, (1, d), not 0
     * @param inputs x, (n, d)
     * @return each along and across x̂; what is across is orthogonal up to rounding
     */
    public static Split of(Array trained, Array inputs) {
        double[] direction = trained.values();
        double square = dot(direction, 0, direction);
        double[] along = new double[inputs.size(0)];
        Array across = Array.zeros(inputs.shape());
        for (int row = 0; row < along.length; row++) {
            int from = row * direction.length;
            along[row] = dot(inputs.values(), from, direction) / square;
            for (int i = 0; i < direction.length; i++) {
                across.values()[from + i] = Math.fma(-along[row], direction[i], inputs.values()[from + i]);
            }
        }
        return new Split(along, across);
    }

    private static double dot(double[] numbers, int from, double[] direction) {
        Sum sum = Sum.create();
        for (int i = 0; i < direction.length; i++) {
            sum.addProduct(numbers[from + i], direction[i]);
        }
        return sum.getAsDouble();
    }

    /**
     * The factor that weight decay leaves of what the data do not see.
     *
     * @param optimizer method
     * @param steps t ≥ 0
     * @return r_t(ω), 1 without decay
     */
    public static double kept(LinearMethod optimizer, int steps) {
        return new ResidualPolynomial(optimizer, steps).value(optimizer.weightDecay());
    }

    /**
     * The prediction.
     *
     * @param output f(x̂), (1, k)
     * @param first initial first layer W_1(0)
     * @param kept r
     * @param upper the other layers after training
     * @return f(x), (n, k), in double precision
     */
    public Array outputs(Array output, StageParameters first, double kept, List<StageParameters> upper) {
        DMatrixRMaj signal = CommonOps_DDRM.multTransB(DeepForward.rows(first), matrix(across), null);
        for (StageParameters stage : upper) {
            signal = CommonOps_DDRM.mult(DeepForward.rows(stage), signal, null);
        }
        Array outputs = Array.zeros(along.length, signal.numRows);
        for (int i = 0; i < outputs.length(); i++) {
            int row = i / signal.numRows;
            int at = i % signal.numRows;
            outputs.values()[i] = along[row] * output.values()[at] + kept * signal.get(at, row);
        }
        return outputs;
    }

    /**
     * Bounds the distance of the prediction from what a trained network says.
     *
     * @param problem one example, a linear network without biases and shortcuts, in the training's precision
     * @param optimizer method
     * @param path parameters before each step and after the last
     * @param losses before each step
     * @param inputs x, (n, d)
     * @param precision arithmetic of the training
     * @return in the shape of {@link #outputs}
     */
    public Array budget(
            TrainingProblem problem,
            LinearMethod optimizer,
            List<List<StageParameters>> path,
            List<Double> losses,
            Array inputs,
            Precision precision) {
        List<StageParameters> trained = path.get(losses.size());
        Array errors =
                DeepForward.of(problem.network(), trained, inputs, precision).errors();
        Array errorsThere = DeepForward.of(problem.network(), trained, problem.inputs(), precision)
                .errors();
        DMatrixRMaj before = DeepForward.rows(path.get(0).get(0));
        DMatrixRMaj after = DeepForward.rows(trained.get(0));
        DMatrixRMaj sizes = CommonOps_DDRM.transpose(DeepForward.absolute(matrix(across)), null);
        DMatrixRMaj drift = drift(problem, optimizer, path, losses, precision);
        DMatrixRMaj bound = CommonOps_DDRM.mult(drift, sizes, null);
        double kept = Math.abs(kept(optimizer, losses.size()));
        int operations = before.numCols + 8;
        DMatrixRMaj size = CommonOps_DDRM.mult(DeepForward.absolute(before), sizes, null);
        CommonOps_DDRM.scale(kept * (1 + Rounding.accumulated(operations)), size);
        CommonOps_DDRM.addEquals(bound, Rounding.accumulated(operations), size);
        // what is across was rounded
        CommonOps_DDRM.multAdd(2 * Rounding.UNIT, DeepForward.absolute(after), sizes, bound);
        CommonOps_DDRM.add(drift, kept, DeepForward.absolute(before), drift);
        CommonOps_DDRM.addEquals(drift, DeepForward.absolute(after));
        addLeak(bound, drift, problem.inputs());
        for (StageParameters stage : trained.subList(1, trained.size())) {
            DMatrixRMaj rows = DeepForward.absolute(DeepForward.rows(stage));
            double rounding = Rounding.accumulated(rows.numCols + 2);
            bound = CommonOps_DDRM.mult(1 + rounding, rows, bound, null);
            size = CommonOps_DDRM.mult(1 + rounding, rows, size, null);
            CommonOps_DDRM.addEquals(bound, rounding, size);
        }
        Array budget = Array.zeros(errors.shape());
        for (int i = 0; i < budget.length(); i++) {
            int row = i / bound.numRows;
            int at = i % bound.numRows;
            double said = size.get(at, row) + Math.abs(along[row]) * outputSize(trained, problem.inputs(), at);
            budget.values()[i] = errors.values()[i]
                    + Math.abs(along[row]) * errorsThere.values()[at]
                    + bound.get(at, row)
                    + 8 * Rounding.UNIT * said;
        }
        return budget;
    }

    private static double outputSize(List<StageParameters> trained, Array input, int output) {
        DMatrixRMaj signal = CommonOps_DDRM.transpose(DeepForward.absolute(matrix(input)), null);
        for (StageParameters stage : trained) {
            signal = CommonOps_DDRM.mult(DeepForward.absolute(DeepForward.rows(stage)), signal, null);
        }
        return signal.get(output, 0);
    }

    private static DMatrixRMaj drift(
            TrainingProblem problem,
            LinearMethod optimizer,
            List<List<StageParameters>> path,
            List<Double> losses,
            Precision precision) {
        OffSpan span = OffSpan.of(problem.network().stages().get(0).map(), problem.inputs());
        return OffSpanBudget.errors(problem, 0, span, optimizer, 1, path, losses, precision);
    }

    /** What training taught along x̂ reaches inputs that are not quite orthogonal to it. */
    private void addLeak(DMatrixRMaj bound, DMatrixRMaj taught, Array trained) {
        double[] direction = trained.values();
        double square = dot(direction, 0, direction);
        for (int row = 0; row < along.length; row++) {
            double overlap = Math.abs(dot(across.values(), row * direction.length, direction));
            for (int i = 0; i < direction.length; i++) {
                overlap += AccurateProduct.SECOND_ORDER
                        * Math.abs(across.values()[row * direction.length + i] * direction[i]);
            }
            for (int unit = 0; unit < bound.numRows; unit++) {
                double reached = 0;
                for (int i = 0; i < direction.length; i++) {
                    reached += taught.get(unit, i) * Math.abs(direction[i]);
                }
                bound.add(unit, row, overlap / square * (1 + 8 * Rounding.UNIT) * reached);
            }
        }
    }

    private static DMatrixRMaj matrix(Array rows) {
        return DMatrixRMaj.wrap(rows.size(0), rows.length() / rows.size(0), rows.values());
    }
}
