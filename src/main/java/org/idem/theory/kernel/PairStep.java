package org.idem.theory.kernel;

/**
 * Numbers of one layer of a pair of images.
 *
 * @param layer from which signals come; 0 for the images themselves
 * @param xRoots variances of that layer, in places of x
 * @param zRoots the same of z
 * @param xSource what the signals of that layer are made of, in places of x
 * @param zSource the same of z
 * @param xScale scale of that layer
 * @param zScale the same of z
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
        Roots xRoots,
        Roots zRoots,
        ImageRecursion.Source xSource,
        ImageRecursion.Source zSource,
        long xScale,
        long zScale,
        double kept,
        double keptTangent,
        double weight,
        double bias,
        double change,
        double up,
        double surplus,
        double tangentChange) {}
