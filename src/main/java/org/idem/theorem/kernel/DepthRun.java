package org.idem.theorem.kernel;

import java.math.BigInteger;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.Fcn;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.theorem.Engine;
import org.idem.theory.ClosedForm;
import org.idem.theory.kernel.InfiniteKernel;
import org.idem.theory.kernel.InfiniteNetwork;
import org.idem.theory.kernel.Quaternary;
import org.idem.theory.kernel.depth.DepthShare;

/**
 * One trial of T7.depth: an infinitely wide network of which the kernel speaks, one example of whole numbers, which is
 * the target as well, and another input.
 *
 * @param network fully connected, without biases
 * @param example x, (1, d), whole numbers below 2²⁰, not all 0
 * @param probe z, likewise
 * @param loss normalisation
 * @param method gradient descent
 * @param steps t
 * @param engine what trains
 * @param share by which the example shows at an input of the norm of the example
 * @param layer what is trained
 * @param budget how far its outputs may lie from the claim
 */
record DepthRun(
        InfiniteNetwork network,
        Array example,
        Array probe,
        Loss loss,
        LinearMethod method,
        int steps,
        Engine engine,
        DepthShare share,
        Layer layer,
        Array budget) {
    private static final double UNIT = 0x1p-53;

    /** Largest relative error of √(det) and of the quotient whose arc tangent is the angle. */
    private static final double OF_ANGLE = 8 * UNIT;

    static InfiniteNetwork network(int depth, Activation activation, double weightVariance) {
        return new InfiniteNetwork(Architecture.fcn(depth, activation, false, false), weightVariance, 0);
    }

    /**
     * A run at a rate told in units of the inverse curvature.
     *
     * @param example x
     * @param probe z
     */
    static DepthRun of(
            InfiniteNetwork network, Array example, Array probe, Loss loss, double rate, int steps, Engine engine) {
        LinearMethod method = LinearMethod.gradientDescent(rate / curvature(network, example, loss));
        DepthShare share = share(network, example, probe, network.architecture().depth());
        Layer layer = layer(network, example, probe, loss, method);
        double ofKernel =
                norms(example, probe) * (share.error() + 3 * kernelError(network, example) * Math.abs(share.value()));
        double[] budget = new ClosedForm(layer.problem())
                .budget(layer.method(), steps, Precision.FLOAT64, layer.probe())
                .values()
                .clone();
        for (int i = 0; i < budget.length; i++) {
            budget[i] += 1.05 * ofKernel * Math.abs(example.values()[i]);
        }
        return new DepthRun(
                network, example, probe, loss, method, steps, engine, share, layer, Array.of(budget, example.shape()));
    }

    /** The kernel of another network is trained. */
    DepthRun with(InfiniteNetwork other) {
        return new DepthRun(
                other,
                example,
                probe,
                loss,
                method,
                steps,
                engine,
                share,
                layer(other, example, probe, loss, method),
                budget);
    }

    int depth() {
        return network.architecture().depth();
    }

    /** ⟨a, b⟩, exactly: whole numbers below 2⁵³. */
    static double product(Array a, Array b) {
        double sum = 0;
        for (int i = 0; i < a.length(); i++) {
            sum += a.values()[i] * b.values()[i];
        }
        return sum;
    }

    /** ‖z‖/‖x‖. */
    double norms() {
        return norms(example, probe);
    }

    private static double norms(Array example, Array probe) {
        return Math.sqrt(product(probe, probe) / product(example, example));
    }

    double cosine() {
        return product(example, probe) / Math.sqrt(product(example, example)) / Math.sqrt(product(probe, probe));
    }

    /** The angle between x and z from ⟨x, z⟩ and √(‖x‖²‖z‖² − ⟨x, z⟩²), whose radicand is exact. */
    static double angle(Array example, Array probe) {
        double across = product(example, probe);
        BigInteger square = whole(product(example, example)).multiply(whole(product(probe, probe)));
        BigInteger area = square.subtract(whole(across).pow(2));
        return Math.atan2(Math.sqrt(area.doubleValue()), across);
    }

    private static BigInteger whole(double number) {
        return BigInteger.valueOf((long) number);
    }

    /** What the kernel may make of the angle: it tells differences of unit vectors or, beyond a right angle, sums. */
    private static double uncertainty(double angle, int inputs) {
        return OF_ANGLE * angle + (4.0 * inputs + 32) * UNIT;
    }

    private static DepthShare share(InfiniteNetwork network, Array example, Array probe, int depth) {
        double angle = angle(example, probe);
        double uncertainty = uncertainty(angle, example.length());
        return network.architecture().activation() == Activation.LINEAR
                ? DepthShare.ofLinear(depth, angle, uncertainty)
                : DepthShare.ofRelu(depth, angle, uncertainty);
    }

    /** The share at another depth. */
    double shareAt(int depth) {
        return share(network, example, probe, depth).value();
    }

    /** Θ(x, x) = L·σ²‖x‖²/d, with σ² = 1 of linear layers and 2 of ReLU. */
    private static double own(InfiniteNetwork network, Array example, int depth) {
        double variance =
                InfiniteNetwork.usualWeightVariance(network.architecture().activation());
        return depth * variance * product(example, example) / example.length();
    }

    private static double curvature(InfiniteNetwork network, Array example, Loss loss) {
        return loss.scale(example.length())
                * own(network, example, network.architecture().depth());
    }

    /** c·Θ(x, x). */
    double curvature() {
        return curvature(network, example, loss);
    }

    /** What the kernel gives Θ(x, x), relative: sums over inputs, and some roundings in each layer. */
    private static double kernelError(InfiniteNetwork network, Array example) {
        return (example.length() + 24.0 * network.architecture().depth() + 64) * UNIT;
    }

    /**
     * What is trained: one layer that sees each input as one number whose products are the kernel's.
     *
     * @param problem one input, d outputs, weights 0
     * @param method with the rate in the kernel's unit
     * @param probe what the layer sees of z, (1, 1)
     */
    record Layer(LinearProblem problem, LinearMethod method, Array probe) {}

    private static Layer layer(InfiniteNetwork network, Array example, Array probe, Loss loss, LinearMethod method) {
        InfiniteKernel kernel = new InfiniteKernel(network, example, false);
        double root = Math.sqrt(kernel.tangent().get(0, 0));
        double seen = kernel.with(probe, false).tangent().get(0, 0) / root;
        LinearProblem problem = new LinearProblem(
                new Fcn(1, example.length(), false),
                Array.of(new double[] {root}, 1, 1),
                example,
                Array.zeros(example.length(), 1),
                null,
                loss);
        double rate = new Quaternary(method.learningRate(), kernel.tangentUnit()).value();
        return new Layer(problem, method.withLearningRate(rate), Array.of(new double[] {seen}, 1, 1));
    }
}
