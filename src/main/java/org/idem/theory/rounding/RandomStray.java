package org.idem.theory.rounding;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.idem.network.LinearMethod;
import org.idem.theory.design.LeastSquares;

/**
 * Errors of errors under random rounding: how far a row may stray at any time, and what the strays add to the sizes
 * that roundings are proportional to. Two strays are told apart, κ of every parameter and κ_ρ of the residuals, because
 * the data soon forget what the parameters keep. Source: proofs/check.md, §2, Theorem 3.
 */
final class RandomStray {
    /** Roundings of a step in a row that may multiply each other, over (1 − β) of them. */
    static final int PRODUCTS = 32;

    private final LagSums sums;
    private final double unit;
    private final double tiny;
    private final double multiple;
    private final int d;
    private final double effectiveStep;
    private final double decayStep;
    /** 1/(1 − β), by which velocities exceed gradients at most. */
    private final double lag;
    /** σ̂. */
    private final double designNorm;
    /** ‖(q_l‖X_l‖)_l‖ and ‖(p_s‖x_s‖)_s‖: errors of gradients and outputs in the worst order. */
    private final double ofGradient;

    private final double ofOutputs;
    private final double largestOutput;

    RandomStray(LeastSquares problem, LinearMethod optimizer, LagSums sums, double unit, double tiny, double multiple) {
        this.sums = sums;
        this.unit = unit;
        this.tiny = tiny;
        this.multiple = multiple;
        DMatrixRMaj design = problem.design();
        d = design.numRows;
        effectiveStep = optimizer.learningRate() * problem.lossScale();
        decayStep = optimizer.learningRate() * optimizer.weightDecay();
        lag = 1 / (1 - optimizer.momentum());
        designNorm = problem.spectrum().designNorm();
        ofGradient = termsTimesNorms(design, false);
        ofOutputs = termsTimesNorms(design, true);
        double[] ones = new double[d];
        Arrays.fill(ones, 1);
        largestOutput = LagSums.outputs(design, ones);
    }

    /** Norm, over the rows or columns, of their number of entries that are not 0 times their norm. */
    private static double termsTimesNorms(DMatrixRMaj design, boolean ofColumns) {
        int lines = ofColumns ? design.numCols : design.numRows;
        double[] terms = new double[lines];
        double[] squares = new double[lines];
        for (int at = 0; at < design.getNumElements(); at++) {
            int line = ofColumns ? at % design.numCols : at / design.numCols;
            double value = design.data[at];
            terms[line] += value != 0 ? 1 : 0;
            squares[line] += value * value;
        }
        double sum = 0;
        for (int line = 0; line < lines; line++) {
            sum += terms[line] * terms[line] * squares[line];
        }
        return Math.sqrt(sum);
    }

    /**
     * What strays add to the bounds of a row.
     *
     * @param sizes largest ones on the exact path
     * @return d numbers; infinite if the strays cannot be bounded
     */
    double[] of(LagSums.Sizes sizes) {
        double[] ones = new double[d];
        Arrays.fill(ones, 1);
        double root = Math.sqrt(d);
        LagSums.Sizes ofParameters = new LagSums.Sizes(ones, 1, root, largestOutput, 0, decayStep * root * lag);
        LagSums.Sizes ofResiduals = new LagSums.Sizes(new double[d], 0, 0, 0, 1, effectiveStep * designNorm * lag);
        double start = 0;
        double parametersFeedParameters = 0;
        double residualsFeedParameters = 0;
        double[] perParameter = new double[d];
        double[] perResidual = new double[d];
        for (int entry = 0; entry < d; entry++) {
            perParameter[entry] = unit * sums.all(entry, ofParameters, multiple);
            perResidual[entry] = unit * sums.all(entry, ofResiduals, multiple);
            double first = unit * sums.all(entry, sizes, multiple) + tiny * sums.underflow(entry);
            start = Math.max(start, first);
            parametersFeedParameters = Math.max(parametersFeedParameters, perParameter[entry]);
            residualsFeedParameters = Math.max(residualsFeedParameters, perResidual[entry]);
        }
        double left = 1 - unit * ofData(ofResiduals);
        double residualStart = unit * (ofData(sizes) + ofOutputs * sizes.norm()) + tiny * sums.underflowOfData();
        double parametersFeedResiduals = unit * (ofData(ofParameters) + ofOutputs * root);
        double gain = parametersFeedParameters + residualsFeedParameters * parametersFeedResiduals / left;
        double[] more = new double[d];
        Arrays.fill(more, Double.POSITIVE_INFINITY);
        if (left > 0 && gain < 1) {
            double stray = (start + residualsFeedParameters * residualStart / left) / (1 - gain);
            double residualStray = (residualStart + parametersFeedResiduals * stray) / left;
            Arrays.setAll(more, entry -> perParameter[entry] * stray + perResidual[entry] * residualStray);
        }
        return more;
    }

    /** What errors of constant sizes do to the norm of the residuals in the worst case, as a multiple of u. */
    private double ofData(LagSums.Sizes sizes) {
        return sums.stored() * sizes.norm() * sums.dataOfStorage
                + (sums.decayed() * sizes.norm() + effectiveStep * ofGradient * sizes.residual()) * sums.dataOfGradient
                + sums.roundingsOfStep() * sizes.move() * sums.dataOfStep
                + effectiveStep * (ofOutputs * sizes.norm() + 2 * sizes.residual()) * sums.dataOfResidual;
    }
}
