package org.idem.theory.deep;

import java.util.List;
import org.idem.array.Precision;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.deep.EqualUnits.State;

/**
 * How far rounding can carry a network of equal units from the path of its three numbers, in the Frobenius norm over
 * both layers, and its answers from theirs. Source: proofs/T6.attractor.md.
 */
public final class EqualUnitsBudget {
    /** Roundings of c, η, residuals and stored products in one gradient, and of slopes. */
    private static final int FEW = 12;

    /** Roundings of the predicted answer, in double precision. */
    private static final int OF_PREDICTION = 16;

    private final EqualUnits network;
    private final int inputs;
    private final double unit;
    private final double smallest;
    private final double sumOfInputs;
    private final double sumOfUnits;
    private final double few;

    /**
     * For runs of one network.
     *
     * @param network the recursion
     * @param inputs d, number of inputs and outputs
     * @param precision arithmetic of the training
     */
    public EqualUnitsBudget(EqualUnits network, int inputs, Precision precision) {
        this.network = network;
        this.inputs = inputs;
        unit = precision.unitRoundoff();
        smallest = precision.smallestNormal();
        sumOfInputs = Rounding.accumulated(inputs + 2, unit);
        sumOfUnits = Rounding.accumulated(network.units() + 2, unit);
        few = Rounding.accumulated(FEW, unit);
    }

    /**
     * Bounds the distance of trained weights from the path.
     *
     * @param path as {@link EqualUnits#path} computes it
     * @return bound on the Frobenius norm of the difference of both layers together; infinite or NaN where it grows out
     *     of hand
     */
    public double after(List<State> path) {
        State start = path.get(0);
        double off = (unit + Rounding.accumulated(inputs + 16)) * (reading(start) + writing(start));
        for (int step = 0; step + 1 < path.size(); step++) {
            off = growth(path.get(step), off) * off + local(path.get(step), path.get(step + 1), off);
        }
        State end = path.get(path.size() - 1);
        return off + Rounding.accumulated(inputs + 16) * (reading(end) + writing(end));
    }

    /** ‖W_1‖ on the path. */
    private double reading(State state) {
        return Math.sqrt(network.units()) * Math.abs(state.preactivation()) / network.norm();
    }

    /** ‖W_2‖ on the path. */
    private double writing(State state) {
        return Math.sqrt(network.units()) * network.writing(state);
    }

    private double residual(State state, double off) {
        return network.residual(state) + (network.reach(state) + network.curvature(state, off) * off) * off;
    }

    /** By how much a step can enlarge the distance from the path. */
    private double growth(State state, double off) {
        double rate = network.learningRate() * network.lossScale();
        double bend = network.curvature(state, off);
        double reach = network.reach(state) + bend * off;
        double linear = Math.max(1, Math.abs(1 - rate * reach * reach));
        return (linear + rate * residual(state, off) * bend) * (1 + 8 * Rounding.UNIT);
    }

    /** What rounding adds in one step: of the training, then of the recursion. */
    private double local(State state, State next, double off) {
        double norm = network.norm();
        double read = reading(state) + off;
        double write = writing(state) + off;
        double before = sumOfInputs * read * norm + inputs * smallest;
        double slope = Slope.largest(network.activation(), state.preactivation(), norm * off + before);
        double hidden = hidden(state.preactivation()) + slope * (norm * off + before);
        double hiddenError = slope * before + activated(hidden);
        double error = write * hiddenError + sumOfUnits * write * (hidden + hiddenError);
        double residual = residual(state, off) + error;
        double ofWriting =
                error * (hidden + hiddenError) + residual * hiddenError + few * residual * (hidden + hiddenError);
        double pulled = write * residual;
        double pulledError = write * error + sumOfInputs * pulled;
        // slopes are functions of the stored values
        double slopeError = steepest(state) * hiddenError + few;
        double ofReading = norm * (slope * (pulledError + few * pulled) + (pulled + pulledError) * slopeError);
        double rate = network.learningRate() * network.lossScale();
        double stored = unit * (reading(next) + writing(next) + 2 * off);
        double numbers = 4.0 * inputs * network.units() * smallest * (1 + network.learningRate());
        return rate * (ofWriting + ofReading) * (1 + few) + stored + network.ownRounding(state) + numbers;
    }

    /** Bound on |dφ′/dφ| = |φ″/φ′| near the example. */
    private double steepest(State state) {
        return 2 + 2 * Math.abs(state.preactivation());
    }

    /** Norm of the hidden layer where all units get the same. */
    private double hidden(double preactivation) {
        return Math.sqrt(network.units()) * Math.abs(network.value(preactivation));
    }

    /** Rounding of the activations of a layer of such a norm. */
    private double activated(double hidden) {
        return few * hidden + Math.sqrt(network.units()) * (2 * Slope.offset(network.activation()) + smallest);
    }

    /**
     * Bounds the error of an answer.
     *
     * @param state at the end of the path
     * @param off bound on the distance of the trained weights from it
     * @param size norm of the input
     * @param factor α of the input
     * @param inherited bound on the error of the input itself
     * @return bound on the Euclidean norm of the difference of trained and predicted answer
     */
    public double ofAnswer(State state, double off, double size, double factor, double inherited) {
        double read = reading(state);
        double input = size + inherited;
        double before = off * input + read * inherited + sumOfInputs * (read + off) * input + inputs * smallest;
        double preactivation = state.preactivation() * factor;
        // α is a quotient of two sums in double precision
        before += Math.sqrt(network.units())
                * Rounding.accumulated(2 * inputs + 16)
                * Math.abs(state.preactivation())
                * size
                / network.norm();
        double slope = Slope.largest(network.activation(), preactivation, before);
        double error = slope * before;
        double hidden = hidden(preactivation) + error;
        error += activated(hidden);
        double write = writing(state) + off;
        return write * error + off * hidden + sumOfUnits * write * (hidden + error) + few * write * hidden;
    }

    /**
     * Bounds by how much a difference quotient of two answers differs from the reaction at the example.
     *
     * @param state at the end of the path
     * @param errors bounds on the errors of both answers, added
     * @param middle mean of their factors
     * @param width difference of their factors, positive
     * @return bound on the Euclidean norm
     */
    public double ofReaction(State state, double errors, double middle, double width) {
        double zeta = Math.abs(state.preactivation());
        double size = network.units() * network.writing(state);
        double second = network.bend() * zeta * zeta * Math.abs(middle - 1);
        double third = network.twist() * zeta * zeta * zeta * width * width / 24;
        double sums = Rounding.accumulated(4 * inputs + 32) / width;
        double reacts = zeta * Slope.largest(network.activation());
        return errors / width
                + size * (second + third + (sums + Rounding.accumulated(OF_PREDICTION)) * reacts)
                + sums * size;
    }
}
