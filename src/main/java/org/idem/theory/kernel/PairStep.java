package org.idem.theory.kernel;

/**
 * Numbers of one layer of a pair of images.
 *
 * @param layer from which signals come; 0 for the images themselves
 * @param x that layer at x
 * @param z the same at z
 * @param xNext the layer that is made, at x
 * @param zNext the same at z
 * @param kept factor from the scales of the layer before to those of that layer
 * @param keptTangent the same for tangent kernels
 * @param weight σ_w²/K²
 * @param bias σ_b² in the scales of that layer
 * @param change factor from the scales of that layer to those of the next
 * @param up factor from the new scales of signals to the old ones of tangent kernels, times the rate of the weights
 * @param surplus what biases add to tangent kernels beyond that, in the old scales of tangent kernels
 * @param tangentChange factor from those to the new ones of tangent kernels
 */
record PairStep(
        int layer,
        ImageRecursion.Layer x,
        ImageRecursion.Layer z,
        ImageRecursion.Layer xNext,
        ImageRecursion.Layer zNext,
        double kept,
        double keptTangent,
        double weight,
        double bias,
        double change,
        double up,
        double surplus,
        double tangentChange) {

    /** From a layer to the next. */
    static PairStep of(
            InfiniteNetwork network,
            int layer,
            ImageRecursion.Layer x,
            ImageRecursion.Layer z,
            ImageRecursion.Layer xNext,
            ImageRecursion.Layer zNext) {
        InfiniteNetwork.Layer numbers = network.layer(layer);
        double side = network.architecture().kernel();
        long tangentScale = x.tangentScale() + z.tangentScale();
        return new PairStep(
                layer,
                x,
                z,
                xNext,
                zNext,
                Scaled.power(-x.change()) * Scaled.power(-z.change()),
                Scaled.power(-x.tangentChange()) * Scaled.power(-z.tangentChange()),
                numbers.weightVariance() / (side * side),
                InfiniteNetwork.scaled(numbers.biasVariance(), x.scale(), z.scale()),
                Scaled.power(-xNext.change()) * Scaled.power(-zNext.change()),
                numbers.weightRate() * Scaled.power(xNext.scale() + zNext.scale() - tangentScale),
                InfiniteNetwork.scaled(numbers.biasSurplus(), x.tangentScale(), z.tangentScale()),
                Scaled.power(-xNext.tangentChange()) * Scaled.power(-zNext.tangentChange()));
    }
}
