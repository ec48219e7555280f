package org.idem.theory;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.Design;
import org.idem.theory.design.DesignMatrix;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.ModeCoordinates;
import org.idem.theory.design.Spectrum;
import org.idem.theory.output.OutputBudget;
import org.idem.theory.output.OutputErrors;
import org.idem.theory.output.PredictionError;
import org.idem.theory.path.Coefficients;
import org.idem.theory.path.ModeParameters;

/**
 * Gradient flow of a one-layer network without weight decay: θ(τ) = θ_0 + Σ φ(cλ)·c(θ_0X − Y)Xᵀ over the modes of the
 * smaller Gram matrix, φ(a) = (exp(−τa) − 1)/a; and how far training that is extrapolated to steps of length 0 may lie
 * from it. Source: proofs/T1.flow.md.
 */
public final class FlowForm {
    private final LinearProblem problem;
    private final Design design;
    private final LeastSquares data;
    private final ModeCoordinates coordinates;

    /**
     * Prepares the spectrum of a problem.
     *
     * @param problem network, data, initial parameters and loss
     */
    public FlowForm(LinearProblem problem) {
        this(problem, Design.of(problem.map(), problem.inputs()));
    }

    /**
     * With decompositions that other predictions may have used already.
     *
     * @param problem network, data, initial parameters and loss
     * @param design of the problem's network and inputs
     */
    public FlowForm(LinearProblem problem, Design design) {
        this.problem = problem;
        this.design = design;
        data = LeastSquares.of(problem, design);
        coordinates = ModeCoordinates.of(data, false);
    }

    /**
     * Outputs of the flow.
     *
     * @param time τ, at least 0
     * @param inputs (m, d) or (m, C, H, W)
     * @return outputs in the network's shape
     */
    public Array outputs(double time, Array inputs) {
        DMatrixRMaj rows = CommonOps_DDRM.mult(parameters(time), DesignMatrix.of(problem.map(), inputs), null);
        return LeastSquares.inOutputShape(rows, problem.map(), inputs);
    }

    private DMatrixRMaj parameters(double time) {
        return ModeParameters.of(data, coordinates, Coefficients.flow(data, time));
    }

    /** Coordinate of θ_0X − Y on the example side, of (θ_0X − Y)Xᵀ on the parameter side. */
    private double slope(int row, int mode) {
        Spectrum spectrum = data.spectrum();
        double start = coordinates.start().get(row, mode) * (spectrum.exampleSide() ? 1 : spectrum.values()[mode]);
        return start - coordinates.targets().get(row, mode);
    }

    /**
     * How far extrapolated training may lie from {@link #outputs}: truncation of the extrapolation, rounding of the
     * runs amplified by their weights, rounding of the flow's own computation.
     *
     * @param time τ, the same for all runs
     * @param steps t, number of plain gradient steps of the coarsest run; the others take 2t, 4t, …
     * @param runs m
     * @param precision arithmetic of the runs; their learning rates τ/(2^i t) must be numbers of it
     * @param inputs test inputs (m, d) or (m, C, H, W), numbers of the precision
     * @return bounds on the absolute difference, in the shape of the outputs
     */
    public Array budget(double time, int steps, int runs, Precision precision, Array inputs) {
        Array total =
                OutputBudget.inParts(problem.map(), data, inputs, false, part -> part.of(errors(time, steps, runs)));
        ClosedForm form = new ClosedForm(problem, design);
        Array predicted = outputs(time, inputs);
        double[] weights = Extrapolation.weights(runs);
        for (int run = 0; run < runs; run++) {
            int finer = Math.multiplyExact(steps, 1 << run);
            Array own = form.budget(LinearMethod.gradientDescent(time / finer), finer, precision, inputs);
            for (int i = 0; i < own.length(); i++) {
                double size = Math.abs(predicted.values()[i]) + own.values()[i] + total.values()[i];
                total.values()[i] +=
                        Math.abs(weights[run]) * (own.values()[i] + Rounding.accumulated(2 * runs + 2) * size);
            }
        }
        return total;
    }

    /** Truncation, and the error of the flow's parameters. */
    private OutputErrors errors(double time, int steps, int runs) {
        Spectrum spectrum = data.spectrum();
        PredictionError prediction = new PredictionError(data, coordinates, Coefficients.flow(data, time));
        double[][] truncation = new double[data.rows()][spectrum.modes()];
        double[] ofParameters = new double[data.rows()];
        double scale = data.lossScale();
        double spectralNorm = spectrum.designNorm();
        double amplified = 1;
        for (double weight : Extrapolation.weights(runs)) {
            amplified += Math.abs(weight);
        }
        for (int row = 0; row < data.rows(); row++) {
            double squares = 0;
            for (int mode = 0; mode < spectrum.modes(); mode++) {
                double lambda = spectrum.values()[mode];
                double slope = Math.abs(slope(row, mode));
                squares += slope * slope;
                truncation[row][mode] =
                        lambda == 0 ? 0 : Extrapolation.truncation(time * scale * lambda, steps, runs) * slope / lambda;
            }
            // φ changes with its argument at most by τ²/2; the flow and the runs by τ
            double start = Math.sqrt(squares);
            double moved = spectrum.exampleSide()
                    ? scale * start * time * time / 2 * scale * spectrum.error() * spectralNorm
                    : time * scale * spectrum.error() * (coordinates.startNorms()[row] + time * scale * start);
            double size =
                    coordinates.startNorms()[row] + time * scale * start * (spectrum.exampleSide() ? spectralNorm : 1);
            ofParameters[row] = (1 + amplified) * moved + Rounding.accumulated(data.design().numRows) * size;
        }
        return (tests, norms, unseenNorms) -> {
            DMatrixRMaj bounds = prediction.ofOutputs(tests, norms, unseenNorms);
            for (int row = 0; row < bounds.numRows; row++) {
                for (int test = 0; test < norms.length; test++) {
                    bounds.add(row, test, tests.largestSum(test, truncation[row]) + ofParameters[row] * norms[test]);
                }
            }
            return bounds;
        };
    }
}
