package org.idem.theory.deep;

import java.util.ArrayList;
import java.util.List;
import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.theory.arithmetic.Rounding;

/**
 * A hidden layer of equal units that read along the one example: W_1 = (ζ/s)1x̂ᵀ, W_2 = v1ᵀ with v = ax̂ + bw, w at
 * right angles to x̂ and as long. Gradient descent on the identity task keeps this form and moves three numbers.
 * Source: proofs/T6.attractor.md.
 *
 * @param activation φ, with a curvature everywhere
 * @param units n, at least 1
 * @param norm ρ = ‖x̂‖, positive; s = ρ²
 * @param lossScale c
 * @param learningRate η
 */
public record EqualUnits(Activation activation, int units, double norm, double lossScale, double learningRate) {
    /** Roundings of a few operations and of an activation, in double precision. */
    private static final int FEW = 32;

    /**
     * The numbers.
     *
     * @param preactivation ζ, of every unit on the example
     * @param along a
     * @param across b
     */
    public record State(double preactivation, double along, double across) {}

    /**
     * φ.
     *
     * @param z any number
     * @return the activation's value
     */
    public double value(double z) {
        return Slope.value(activation, z);
    }

    /**
     * φ′.
     *
     * @param z any number
     * @return at least 0
     */
    public double slope(double z) {
        return switch (activation) {
            case TANH -> {
                double cosh = Math.cosh(z);
                yield 1 / (cosh * cosh);
            }
            case SIGMOID -> value(z) * value(-z);
            case SOFTPLUS -> Slope.value(Activation.SIGMOID, z);
            case ERF -> 2 / Math.sqrt(Math.PI) * Math.exp(-z * z);
            default -> throw new IllegalArgumentException("the activation must be curved, got " + activation);
        };
    }

    /** Bound on |φ″|. */
    double bend() {
        return switch (activation) {
            case TANH -> 0.77;
            case SIGMOID -> 0.097;
            case SOFTPLUS -> 0.25;
            case ERF -> 0.97;
            default -> throw new IllegalArgumentException("the activation must be curved, got " + activation);
        };
    }

    /** Bound on |φ‴|. */
    double twist() {
        return switch (activation) {
            case TANH -> 2;
            case SIGMOID -> 0.125;
            case SOFTPLUS -> 0.097;
            case ERF -> 2.2568;
            default -> throw new IllegalArgumentException("the activation must be curved, got " + activation);
        };
    }

    /**
     * What an input along the example is answered with.
     *
     * @param state of the network
     * @param factor α = ⟨x̂, z⟩/s of the input z
     * @return parts along x̂ and w: nφ(ζα)(a, b)
     */
    public double[] answer(State state, double factor) {
        double hidden = units * value(state.preactivation() * factor);
        return new double[] {hidden * state.along(), hidden * state.across()};
    }

    /**
     * How strongly the answer reacts to brightness, at the example: the only eigenvalue of the Jacobian that may differ
     * from 0.
     *
     * @param state of the network
     * @return parts along x̂ and w: nζφ′(ζ)(a, b)
     */
    public double[] reaction(State state) {
        double hidden = units * state.preactivation() * slope(state.preactivation());
        return new double[] {hidden * state.along(), hidden * state.across()};
    }

    /**
     * A step of gradient descent.
     *
     * @param state before it
     * @return after it
     */
    public State step(State state) {
        double size = norm * norm;
        double hidden = value(state.preactivation());
        double along = units * hidden * state.along() - 1;
        double across = units * hidden * state.across();
        double rate = learningRate * lossScale;
        double pull = size * size * slope(state.preactivation()) * (state.along() * along + state.across() * across);
        return new State(
                state.preactivation() - rate * pull,
                state.along() - rate * hidden * along,
                state.across() - rate * hidden * across);
    }

    /**
     * All states on the way.
     *
     * @param start before the first step
     * @param steps number of steps
     * @return one more than steps
     */
    public List<State> path(State start, int steps) {
        List<State> path = new ArrayList<>(List.of(start));
        for (int step = 0; step < steps; step++) {
            path.add(step(path.get(step)));
        }
        return path;
    }

    /**
     * The weights of both layers.
     *
     * @param state the three numbers
     * @param example x̂, d numbers
     * @param across w, d numbers
     * @return W_1 of shape (n, d) and W_2 of shape (d, n)
     */
    public List<Array> weights(State state, double[] example, double[] across) {
        int d = example.length;
        Array reading = Array.zeros(units, d);
        Array writing = Array.zeros(d, units);
        for (int i = 0; i < d; i++) {
            for (int unit = 0; unit < units; unit++) {
                reading.values()[unit * d + i] = state.preactivation() * example[i] / (norm * norm);
                writing.values()[i * units + unit] = state.along() * example[i] + state.across() * across[i];
            }
        }
        return List.of(reading, writing);
    }

    /**
     * A state near one that reproduces the example, so near that curvature does not let rounding grow without bounds.
     *
     * @param preactivation ζ, not 0
     * @param along how far nφ(ζ)a is from 1, and
     * @param across nφ(ζ)b from 0, both in units of the smaller of 1 and ‖J‖²/(ρ‖D²f‖)
     * @return the state
     */
    public State near(double preactivation, double along, double across) {
        double fits = 1 / (units * value(preactivation));
        State fitting = new State(preactivation, fits, 0);
        double reach = reach(fitting);
        double near = Math.min(1, reach * reach / (norm * curvature(fitting, 0)));
        return new State(preactivation, fits * (1 + near * along), fits * near * across);
    }

    /** ‖v‖. */
    double writing(State state) {
        return norm * Math.hypot(state.along(), state.across());
    }

    /** ‖f(x̂) − x̂‖. */
    double residual(State state) {
        double hidden = units * value(state.preactivation());
        return norm * Math.hypot(hidden * state.along() - 1, hidden * state.across());
    }

    /**
     * Bound on the norm of the Jacobian of f(x̂) with respect to all weights.
     *
     * @param state of the network
     * @return √(nφ² + nφ′²ρ²‖v‖²), rounded up
     */
    public double reach(State state) {
        double hidden = value(state.preactivation());
        double slope = slope(state.preactivation()) * norm * writing(state);
        return Math.sqrt(units * (hidden * hidden + slope * slope)) * (1 + 0x1p-40);
    }

    /**
     * Bound on the norm of the second derivative of f(x̂) with respect to all weights, within some distance.
     *
     * @param state of the network
     * @param distance in the Frobenius norm over both layers
     * @return sup|φ′|ρ + (‖v‖ + distance)·sup|φ″|ρ²
     */
    double curvature(State state, double distance) {
        return Slope.largest(activation) * norm + (writing(state) + distance) * bend() * norm * norm;
    }

    /** What the rounding of {@link #step} moves the weights by, in the Frobenius norm over both layers. */
    double ownRounding(State state) {
        double parts = Math.abs(state.along()) + Math.abs(state.across());
        double hidden = Math.abs(value(state.preactivation())) + Slope.offset(activation);
        double terms = units * hidden * parts + 1;
        double rate = learningRate * lossScale;
        double size = norm * norm;
        double error = Rounding.accumulated(FEW);
        double ofWriting = error * (parts + rate * hidden * terms);
        double ofReading = error
                * (Math.abs(state.preactivation()) + rate * size * size * Slope.largest(activation) * parts * terms);
        return Math.sqrt(units) * (norm * ofWriting + ofReading / norm);
    }
}
