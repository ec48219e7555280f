package org.idem.theory.kernel;

/**
 * Kernels of a fully connected network at one pair of inputs, layer by layer. Every number is told with a power of two,
 * and angles by 1 − cos θ: depth 10,000 costs no digits. Source: proofs/kernel.md.
 */
final class DenseRecursion {
    private final InfiniteNetwork network;
    private final Response response;

    /** Of the fluctuating part of what the next layer gets, and its means; in the scales of the signals. */
    private Overlap received;

    private double meanX;
    private double meanZ;
    private Overlap signal = Overlap.NONE;
    private long scaleX;
    private long scaleZ;

    /** Tangent kernel of what the next layer gets. */
    private Tangent receivedTangent = new Tangent(0, 0, 0);

    private Tangent tangent = new Tangent(0, 0, 0);
    private long tangentScaleX;
    private long tangentScaleZ;
    private int layer;

    /** Tangent kernel of a pair: at x, at z and between them. */
    private record Tangent(double xx, double zz, double xz) {
        Tangent times(double atX, double atZ, double across) {
            return new Tangent(atX * xx, atZ * zz, across * xz);
        }

        Tangent plus(Tangent other) {
            return new Tangent(xx + other.xx, zz + other.zz, xz + other.xz);
        }
    }

    DenseRecursion(InfiniteNetwork network, KernelVector x, KernelVector z) {
        this.network = network;
        response = Response.of(network.architecture().activation());
        received = x.overlap(z);
        scaleX = x.scale();
        scaleZ = z.scale();
        tangentScaleX = scaleX;
        tangentScaleZ = scaleZ;
    }

    /** Goes on to the kernels of a network with one layer more; the first call makes those of depth 1. */
    void next() {
        if (layer > 0) {
            respond();
        }
        InfiniteNetwork.Layer numbers = network.layer(layer);
        layer++;
        double deviation = Math.sqrt(numbers.weightVariance());
        double bias = Math.sqrt(numbers.biasVariance());
        signal = received.plus(Overlap.ofProportional(meanX, meanZ))
                .scaled(deviation, deviation)
                .plus(Overlap.ofProportional(
                        InfiniteNetwork.scaled(bias, scaleX, 0), InfiniteNetwork.scaled(bias, scaleZ, 0)));
        rescale(response.scale(signal.xx(), scaleX) - scaleX, response.scale(signal.zz(), scaleZ) - scaleZ);
        double atX = Scaled.power(scaleX - tangentScaleX);
        double atZ = Scaled.power(scaleZ - tangentScaleZ);
        double rate = numbers.weightRate();
        Tangent own = new Tangent(signal.xx(), signal.zz(), signal.covariance())
                .times(rate * atX * atX, rate * atZ * atZ, rate * atX * atZ)
                .plus(surplus(numbers.biasSurplus()));
        double w = numbers.weightVariance();
        tangent = own.plus(receivedTangent.times(w, w, w));
        rescaleTangent(
                Scaled.scale(tangent.xx, tangentScaleX) - tangentScaleX,
                Scaled.scale(tangent.zz, tangentScaleZ) - tangentScaleZ);
    }

    private Tangent surplus(double added) {
        return new Tangent(
                InfiniteNetwork.scaled(added, tangentScaleX, tangentScaleX),
                InfiniteNetwork.scaled(added, tangentScaleZ, tangentScaleZ),
                InfiniteNetwork.scaled(added, tangentScaleX, tangentScaleZ));
    }

    private void respond() {
        Response.Moments moments = response.of(signal, scaleX, scaleZ);
        Tangent through = tangent.times(moments.slopeX(), moments.slopeZ(), moments.slope());
        if (network.addsInput(layer)) {
            received = received.plus(moments.fluctuation());
            meanX += moments.meanX();
            meanZ += moments.meanZ();
            receivedTangent = receivedTangent.plus(through);
        } else {
            received = moments.fluctuation();
            meanX = moments.meanX();
            meanZ = moments.meanZ();
            receivedTangent = through;
        }
    }

    private void rescale(long upX, long upZ) {
        double atX = Scaled.power(-upX);
        double atZ = Scaled.power(-upZ);
        signal = signal.scaled(atX, atZ);
        received = received.scaled(atX, atZ);
        meanX *= atX;
        meanZ *= atZ;
        scaleX += upX;
        scaleZ += upZ;
    }

    private void rescaleTangent(long upX, long upZ) {
        double atX = Scaled.power(-upX);
        double atZ = Scaled.power(-upZ);
        tangent = tangent.times(atX * atX, atZ * atZ, atX * atZ);
        receivedTangent = receivedTangent.times(atX * atX, atZ * atZ, atX * atZ);
        tangentScaleX += upX;
        tangentScaleZ += upZ;
    }

    /** S_xz of the present depth. */
    Scaled covariance() {
        return new Scaled(signal.covariance(), scaleX + scaleZ);
    }

    /** Θ_xz of the present depth. */
    Scaled tangent() {
        return new Scaled(tangent.xz, tangentScaleX + tangentScaleZ);
    }
}
