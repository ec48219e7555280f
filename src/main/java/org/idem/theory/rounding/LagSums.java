package org.idem.theory.rounding;

import org.ejml.data.DMatrixRMaj;
import org.idem.network.LinearMethod;
import org.idem.theory.design.LeastSquares;

/**
 * Responses of every parameter, and of the residuals, to random roundings, added up over all lags; and what sizes of
 * errors make of them. Sums over lags serve every row. Source: proofs/check.md, §2, whose items are named here.
 */
final class LagSums {
    /**
     * Sizes that errors are proportional to, of one row.
     *
     * @param own of each parameter, d numbers
     * @param largest of them
     * @param norm of all of them
     * @param outputs largest √p_s Σ_i|θ_i||x_is|
     * @param residual ‖ρ‖
     * @param move the larger of η‖g‖ and η‖v‖
     */
    record Sizes(double[] own, double largest, double norm, double outputs, double residual, double move) {}

    /** Largest ‖ρ_t‖ of each row. */
    final double[] largestResidual;
    /** Largest move of each row. */
    final double[] largestMove;
    /** Σ_k max_i √λ_i|R_k|, with |G_k|, with the larger of the two, and of λ_i|G_k|. */
    double dataOfStorage;

    double dataOfGradient;
    double dataOfStep;
    double dataOfResidual;

    private final LeastSquares problem;
    private final LinearMethod optimizer;
    private final double effectiveStep;
    private final double[] ownStorage;
    private final double[] otherStorage;
    private final double[] ownGradient;
    private final double[] otherGradient;
    private final double[] ofResidual;
    private final double[] gradients;
    private final double[] steps;
    /** Σ_k of the response to the gradient's roundings times ‖ρ‖ of the step that makes them. */
    private final DMatrixRMaj pairedGradients;
    /** The same of the rest of the step, times its move. */
    private final DMatrixRMaj pairedSteps;

    LagSums(LeastSquares problem, LinearMethod optimizer) {
        this.problem = problem;
        this.optimizer = optimizer;
        effectiveStep = optimizer.learningRate() * problem.lossScale();
        int d = problem.design().numRows;
        largestResidual = new double[problem.rows()];
        largestMove = new double[problem.rows()];
        ownStorage = new double[d];
        otherStorage = new double[d];
        ownGradient = new double[d];
        otherGradient = new double[d];
        ofResidual = new double[d];
        gradients = new double[d];
        steps = new double[d];
        pairedGradients = new DMatrixRMaj(problem.rows(), d);
        pairedSteps = new DMatrixRMaj(problem.rows(), d);
    }

    /** Adds some lags: what a parameter sees of errors, and its response to the gradient's roundings per ‖ρ‖. */
    void add(int entry, int lags, RandomRounding.Seen seen, double gradient) {
        ownStorage[entry] += lags * seen.ownStorage();
        otherStorage[entry] += lags * seen.otherStorage();
        ownGradient[entry] += lags * seen.ownGradient();
        otherGradient[entry] += lags * seen.otherGradient();
        ofResidual[entry] += lags * seen.residual();
        gradients[entry] += lags * gradient;
        steps[entry] += lags * seen.step();
    }

    /** Adds responses times the norms of the steps that they respond to. */
    void addPaired(int row, int entry, double gradient, double step) {
        pairedGradients.add(row, entry, gradient);
        pairedSteps.add(row, entry, step);
    }

    /** Adds some lags of what the residuals see. */
    void addSeenByData(int lags, double storage, double gradient, double residual) {
        dataOfStorage += lags * storage;
        dataOfGradient += lags * gradient;
        dataOfStep += lags * Math.max(storage, gradient);
        dataOfResidual += lags * residual;
    }

    /** Roundings of a stored parameter in a step, item 1. */
    double stored() {
        return optimizer.nesterov() ? 2 : 1;
    }

    /** Roundings of weight decay in a step, times ηω, item 5. */
    double decayed() {
        return 3 * optimizer.learningRate() * optimizer.weightDecay();
    }

    /** k of item 5, each scalar's own rounding included. */
    int roundingsOfStep() {
        int ofDecay = optimizer.weightDecay() > 0 ? 1 : 0;
        return ofDecay + (optimizer.momentum() == 0 ? 4 : optimizer.nesterov() ? 20 : 9);
    }

    /** Storage and decay of a parameter of some size, which may always err in the same direction. */
    double certain(int entry, double own) {
        return (stored() * ownStorage[entry] + decayed() * ownGradient[entry]) * own;
    }

    /** The rest of the step for certain, every step with its own move. */
    double ofSteps(int row, int entry) {
        return roundingsOfStep() * pairedSteps.get(row, entry);
    }

    /** Σσ of storage and decay of the other parameters, and of the outputs. */
    double random(int entry, double largest, double outputs) {
        double others = stored() * otherStorage[entry] + decayed() * otherGradient[entry];
        return others * largest + effectiveStep * outputs * ofResidual[entry];
    }

    /** Σσ of residuals and gradients, every step with its own ‖ρ‖. */
    double ofGradients(int row, int entry) {
        return effectiveStep * pairedGradients.get(row, entry);
    }

    /** What errors of constant sizes do to a parameter, as a multiple of u. */
    double all(int entry, Sizes sizes, double multiple) {
        double certain = certain(entry, sizes.own()[entry]) + roundingsOfStep() * steps[entry] * sizes.move();
        double random =
                random(entry, sizes.largest(), sizes.outputs()) + effectiveStep * gradients[entry] * sizes.residual();
        return certain + multiple * random;
    }

    /** What results below the smallest normal number are off by more: 8√d, η(2n + 8)√d and (2d + 2)√n of them. */
    double underflow(int entry) {
        double responses = ownStorage[entry] + otherStorage[entry] + ownGradient[entry] + otherGradient[entry];
        return underflow(responses, ofResidual[entry]);
    }

    /** The same for the norm of the residuals. */
    double underflowOfData() {
        return underflow(dataOfStorage + dataOfGradient, dataOfResidual);
    }

    private double underflow(double responses, double ofResiduals) {
        int d = problem.design().numRows;
        int columns = problem.design().numCols;
        double rate = optimizer.learningRate();
        return (8 + rate * (2.0 * columns + 8)) * Math.sqrt(d) * responses
                + (2.0 * d + 2) * Math.sqrt(columns) * effectiveStep * ofResiduals;
    }

    /** Largest √p·Σ|θ_i||x_is| over the columns x_s with p entries that are not zero. */
    static double outputs(DMatrixRMaj design, double[] sizes) {
        double[] sums = new double[design.numCols];
        int[] terms = new int[design.numCols];
        for (int entry = 0; entry < sizes.length; entry++) {
            for (int column = 0; column < sums.length; column++) {
                double value = design.data[entry * sums.length + column];
                sums[column] += sizes[entry] * Math.abs(value);
                terms[column] += value != 0 ? 1 : 0;
            }
        }
        double most = 0;
        for (int column = 0; column < sums.length; column++) {
            most = Math.max(most, Math.sqrt(terms[column]) * sums[column]);
        }
        return most;
    }
}
