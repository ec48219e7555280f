package org.idem.training.exact;

import java.math.BigInteger;
import org.idem.network.Fcn;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalParameters;

/** f(x) = W x + b for inputs (n, d), weights (k, d) and outputs (n, k). */
record ExactFcn(Fcn network) implements ExactLayer {
    @Override
    public RationalArray forward(RationalParameters parameters, RationalArray inputs) {
        RationalArray weights = parameters.weights();
        int[] shape = network.outputShape(inputs.shape());
        BigInteger[] sums = ExactLayer.sums(shape[0] * shape[1]);
        for (int example = 0; example < shape[0]; example++) {
            for (int unit = 0; unit < shape[1]; unit++) {
                int at = example * shape[1] + unit;
                for (int i = 0; i < network.inputs(); i++) {
                    sums[at] = sums[at].add(weights.numerator(unit * network.inputs() + i)
                            .multiply(inputs.numerator(example * network.inputs() + i)));
                }
            }
        }
        RationalArray products = RationalArray.over(sums, weights.denominator().multiply(inputs.denominator()), shape);
        return ExactLayer.withBias(products, parameters.bias());
    }

    @Override
    public RationalParameters backward(RationalArray inputs, RationalArray byOutputs) {
        int units = network.outputs();
        BigInteger[] sums = ExactLayer.sums(units * network.inputs());
        for (int example = 0; example < inputs.size(0); example++) {
            for (int unit = 0; unit < units; unit++) {
                BigInteger byOutput = byOutputs.numerator(example * units + unit);
                for (int i = 0; i < network.inputs(); i++) {
                    int at = unit * network.inputs() + i;
                    sums[at] = sums[at].add(byOutput.multiply(inputs.numerator(example * network.inputs() + i)));
                }
            }
        }
        RationalArray byWeights =
                RationalArray.over(sums, byOutputs.denominator().multiply(inputs.denominator()), network.weightShape());
        return new RationalParameters(byWeights, network.bias() ? ExactLayer.byBias(byOutputs) : null);
    }

    @Override
    public RationalArray byInputs(RationalParameters parameters, RationalArray inputs, RationalArray byOutputs) {
        RationalArray weights = parameters.weights();
        BigInteger[] sums = ExactLayer.sums(inputs.length());
        for (int i = 0; i < sums.length; i++) {
            int example = i / network.inputs();
            for (int unit = 0; unit < network.outputs(); unit++) {
                sums[i] = sums[i].add(byOutputs
                        .numerator(example * network.outputs() + unit)
                        .multiply(weights.numerator(unit * network.inputs() + i % network.inputs())));
            }
        }
        return RationalArray.over(sums, byOutputs.denominator().multiply(weights.denominator()), inputs.shape());
    }
}
