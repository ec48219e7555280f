package org.idem.training.exact;

import java.math.BigInteger;
import org.idem.network.Cnn;
import org.idem.network.Padding;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalParameters;

/**
 * Cross-correlation of stride 1: output (o, y, x) is the sum over c, a, b of weight (o, c, a, b) times the pixel (c, y
 * + a − h, x + b − h), with h = (K − 1)/2, or h = 0 for valid padding.
 */
record ExactCnn(Cnn network) implements ExactLayer {
    /** What happens where a weight meets a pixel on its way to an output; all three are positions in storage. */
    private interface Meeting {
        void at(int weight, int pixel, int output);
    }

    @Override
    public RationalArray forward(RationalParameters parameters, RationalArray inputs) {
        RationalArray weights = parameters.weights();
        int[] shape = network.outputShape(inputs.shape());
        BigInteger[] sums = ExactLayer.sums(shape[0] * shape[1] * shape[2] * shape[3]);
        meetings(
                inputs,
                shape,
                (weight, pixel, output) -> sums[output] =
                        sums[output].add(weights.numerator(weight).multiply(inputs.numerator(pixel))));
        RationalArray products = RationalArray.over(sums, weights.denominator().multiply(inputs.denominator()), shape);
        return ExactLayer.withBias(products, parameters.bias());
    }

    @Override
    public RationalParameters backward(RationalArray inputs, RationalArray byOutputs) {
        int[] weightShape = network.weightShape();
        BigInteger[] sums = ExactLayer.sums(weightShape[0] * weightShape[1] * weightShape[2] * weightShape[3]);
        meetings(
                inputs,
                byOutputs.shape(),
                (weight, pixel, output) -> sums[weight] =
                        sums[weight].add(byOutputs.numerator(output).multiply(inputs.numerator(pixel))));
        RationalArray byWeights =
                RationalArray.over(sums, byOutputs.denominator().multiply(inputs.denominator()), weightShape);
        return new RationalParameters(byWeights, network.bias() ? ExactLayer.byBias(byOutputs) : null);
    }

    @Override
    public RationalArray byInputs(RationalParameters parameters, RationalArray inputs, RationalArray byOutputs) {
        RationalArray weights = parameters.weights();
        BigInteger[] sums = ExactLayer.sums(inputs.length());
        meetings(
                inputs,
                byOutputs.shape(),
                (weight, pixel, output) -> sums[pixel] =
                        sums[pixel].add(byOutputs.numerator(output).multiply(weights.numerator(weight))));
        return RationalArray.over(sums, byOutputs.denominator().multiply(weights.denominator()), inputs.shape());
    }

    private void meetings(RationalArray inputs, int[] shape, Meeting meeting) {
        int output = 0;
        for (int image = 0; image < shape[0]; image++) {
            for (int to = 0; to < shape[1]; to++) {
                for (int y = 0; y < shape[2]; y++) {
                    for (int x = 0; x < shape[3]; x++, output++) {
                        meetingsOfPixel(inputs, image, to, y, x, output, meeting);
                    }
                }
            }
        }
    }

    private void meetingsOfPixel(RationalArray inputs, int image, int to, int y, int x, int output, Meeting meeting) {
        int height = inputs.size(2);
        int width = inputs.size(3);
        int weight = to * network.fanIn();
        for (int from = 0; from < network.channels(); from++) {
            int plane = (image * network.channels() + from) * height * width;
            for (int down = 0; down < network.kernel(); down++) {
                int row = inside(y + down, height);
                for (int right = 0; right < network.kernel(); right++, weight++) {
                    int column = inside(x + right, width);
                    if (row >= 0 && column >= 0) {
                        meeting.at(weight, plane + row * width + column, output);
                    }
                }
            }
        }
    }

    /** The pixel that a tap sees along one axis, −1 for the zeros outside. */
    private int inside(int shifted, int size) {
        if (network.padding() == Padding.VALID) {
            return shifted;
        }
        int position = shifted - (network.kernel() - 1) / 2;
        if (network.padding() == Padding.CIRCULAR) {
            return Math.floorMod(position, size);
        }
        return position < size ? Math.max(position, -1) : -1;
    }
}
