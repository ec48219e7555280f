package org.idem.training.exact;

import java.math.BigInteger;
import java.util.Arrays;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.LinearMap;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalParameters;
import org.jspecify.annotations.Nullable;

/** Forward and backward pass of one linear layer, without rounding. */
sealed interface ExactLayer permits ExactFcn, ExactCnn {
    /** The passes of a network. */
    static ExactLayer of(LinearMap network) {
        return network instanceof Cnn cnn ? new ExactCnn(cnn) : new ExactFcn((Fcn) network);
    }

    /** Outputs in the network's output shape. */
    RationalArray forward(RationalParameters parameters, RationalArray inputs);

    /**
     * Derivative of the loss by the parameters, from its derivative by the outputs.
     *
     * @param inputs the layer's inputs
     * @param byOutputs ∂L/∂f in the shape of the outputs
     */
    RationalParameters backward(RationalArray inputs, RationalArray byOutputs);

    /**
     * Derivative of the loss by the layer's inputs, from its derivative by the outputs.
     *
     * @param inputs the layer's inputs, of which only the shape counts
     * @param byOutputs ∂L/∂f in the shape of the outputs
     */
    RationalArray byInputs(RationalParameters parameters, RationalArray inputs, RationalArray byOutputs);

    /** Fresh zeros to sum into. */
    static BigInteger[] sums(int length) {
        BigInteger[] sums = new BigInteger[length];
        Arrays.fill(sums, BigInteger.ZERO);
        return sums;
    }

    /**
     * Adds the bias of each output to its plane.
     *
     * @param products outputs without bias, of shape (n, outputs, …)
     * @param bias one constant per output, null without bias
     */
    static RationalArray withBias(RationalArray products, @Nullable RationalArray bias) {
        if (bias == null) {
            return products;
        }
        int outputs = products.size(1);
        int plane = products.length() / (products.size(0) * outputs);
        BigInteger[] constants = new BigInteger[products.length()];
        for (int i = 0; i < constants.length; i++) {
            constants[i] = bias.numerator(i / plane % outputs);
        }
        return products.plus(RationalArray.over(constants, bias.denominator(), products.shape()));
    }

    /** Derivative by the bias: each output's derivatives summed over its plane and all examples. */
    static RationalArray byBias(RationalArray byOutputs) {
        int outputs = byOutputs.size(1);
        int plane = byOutputs.length() / (byOutputs.size(0) * outputs);
        BigInteger[] sums = sums(outputs);
        for (int i = 0; i < byOutputs.length(); i++) {
            int output = i / plane % outputs;
            sums[output] = sums[output].add(byOutputs.numerator(i));
        }
        return RationalArray.over(sums, byOutputs.denominator(), outputs);
    }
}
