package org.idem.theory.deep;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.network.LinearMap;
import org.idem.network.Network;
import org.idem.network.Stage;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.DesignMatrix;

/**
 * How large the gradient with respect to the linear map of a stage can be, given the norm of the loss gradient with
 * respect to the network's outputs: sizes of weights and largest slopes, multiplied. Source: proofs/rounding.md,
 * section 11.
 */
public final class GradientReach {
    private GradientReach() {}

    /**
     * Bounds for each unit of a stage.
     *
     * @param network architecture
     * @param parameters of every stage
     * @param stage from 0
     * @return for each output unit or channel of the map a bound on the Euclidean norm, over examples and pixels, of
     *     the gradient there, relative to that at the network's outputs; rounding is not included
     */
    static double[] of(Network network, List<StageParameters> parameters, int stage) {
        int last = network.depth() - 1;
        DMatrixRMaj reach =
                CommonOps_DDRM.identity(network.stages().get(last).map().outputs());
        for (int above = last; above > stage; above--) {
            Stage next = network.stages().get(above);
            DMatrixRMaj within = CommonOps_DDRM.multTransA(kernelSizes(parameters.get(above)), reach, null);
            CommonOps_DDRM.scale(Slope.largest(next.activation()), within);
            if (next.residual()) {
                CommonOps_DDRM.addEquals(within, reach);
            }
            reach = within;
        }
        double slope = Slope.largest(network.stages().get(stage).activation());
        double[] norms = new double[reach.numRows];
        for (int unit = 0; unit < norms.length; unit++) {
            norms[unit] = slope * Rounding.rowNorm(reach, unit);
        }
        return norms;
    }

    /** Sums of |weight| over the taps of each kernel, outputs × inputs. */
    private static DMatrixRMaj kernelSizes(StageParameters parameters) {
        Array weights = parameters.weights();
        int pairs = weights.size(0) * weights.size(1);
        int taps = weights.length() / pairs;
        DMatrixRMaj sizes = new DMatrixRMaj(weights.size(0), weights.size(1));
        for (int i = 0; i < weights.length(); i++) {
            sizes.data[i / taps] += Math.abs(weights.values()[i]);
        }
        return sizes;
    }

    /**
     * Roundings that a gradient passes on its way down to a stage, and those of the loss. A slope may be off by so many
     * units in the last place of the largest one; one more each for its product and for a shortcut.
     */
    static int operations(TrainingProblem problem, int stage) {
        int ofSlope = 6;
        int operations = problem.targets().length() + 8 + ofSlope + 2;
        for (int above = stage + 1; above < problem.network().depth(); above++) {
            operations += problem.network().stages().get(above).map().fanOut() + ofSlope + 2;
        }
        return operations;
    }

    /**
     * The scale of the loss's curvature, for the choice of a learning rate.
     *
     * @param problem data and initial parameters
     * @param lossScale c
     * @return c‖X‖²·max(1, Σ reach²): training starts to learn before weights that are too small have grown
     */
    public static double curvature(TrainingProblem problem, double lossScale) {
        LinearMap map = problem.network().stages().get(0).map();
        double data = CommonOps_DDRM.elementSumAbs(squares(DesignMatrix.of(map, problem.inputs())));
        double gain = Arrays.stream(of(problem.network(), problem.initial(), 0))
                .map(norm -> norm * norm)
                .sum();
        return lossScale * data * Math.max(1, gain);
    }

    private static DMatrixRMaj squares(DMatrixRMaj matrix) {
        return CommonOps_DDRM.elementMult(matrix, matrix, (DMatrixRMaj) null);
    }
}
