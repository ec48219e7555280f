package org.idem.theory.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.idem.array.Array;

/**
 * Inputs of an infinitely wide network and the powers of two by which its last layer tells them.
 *
 * @param vectors inputs of a fully connected network; else none
 * @param images layers at the inputs of a convolutional network; else none
 * @param ends the last layer at each input
 */
record Sites(List<KernelVector> vectors, List<ImageLayers> images, List<End> ends) {
    /**
     * The last layer at one input.
     *
     * @param variances S_pp of every site, times 4^−scale
     * @param scale of signals
     * @param tangentScale of tangent kernels
     */
    record End(double[] variances, long scale, long tangentScale) {
        /** Nothing reaches the last layer; scales say nothing then. */
        boolean isBlank() {
            return Arrays.stream(variances).allMatch(variance -> variance == 0);
        }
    }

    static Sites of(InfiniteNetwork network, Array inputs) {
        boolean convolutional = network.architecture().convolutional();
        if (inputs.rank() != (convolutional ? 4 : 2) || inputs.length() == 0) {
            throw new IllegalArgumentException("inputs must have shape " + (convolutional ? "(n, C, H, W)" : "(n, d)")
                    + " and hold at least one example, got " + Arrays.toString(inputs.shape()));
        }
        if (inputs.firstNonFinite() >= 0) {
            throw new IllegalArgumentException("inputs must be finite");
        }
        int length = inputs.length() / inputs.size(0);
        List<KernelVector> vectors = new ArrayList<>();
        List<ImageLayers> images = new ArrayList<>();
        List<End> ends = new ArrayList<>();
        for (int example = 0; example < inputs.size(0); example++) {
            if (convolutional) {
                int width = inputs.size(3);
                Grid grid = new Grid(inputs.size(2), width, PairRecursion.reach(network, width));
                ImageLayers image = new ImageLayers(
                        network, new KernelImage(inputs.values(), example * length, inputs.size(1), grid));
                images.add(image);
                ends.add(end(image));
            } else {
                KernelVector vector = new KernelVector(inputs.values(), example * length, length);
                vectors.add(vector);
                ends.add(end(network, vector));
            }
        }
        return new Sites(List.copyOf(vectors), List.copyOf(images), List.copyOf(ends));
    }

    private static End end(InfiniteNetwork network, KernelVector vector) {
        DenseRecursion recursion = new DenseRecursion(network, vector, vector);
        for (int layer = 0; layer < network.architecture().depth(); layer++) {
            recursion.next();
        }
        return new End(
                new double[] {recursion.covariance().value()},
                recursion.covariance().exponent() / 2,
                recursion.tangent().exponent() / 2);
    }

    private static End end(ImageLayers image) {
        Grid grid = image.image().grid();
        ImageRecursion.Layer last = image.last();
        double[] variances = new double[grid.pixels()];
        for (int pixel = 0; pixel < variances.length; pixel++) {
            variances[pixel] = last.variances()[grid.place(pixel)];
        }
        return new End(variances, last.scale(), last.tangentScale());
    }

    int count() {
        return ends.size();
    }

    /** Sites of one input. */
    int sites() {
        return ends.get(0).variances().length;
    }

    long largestScale() {
        return ends.stream()
                .filter(end -> !end.isBlank())
                .mapToLong(End::scale)
                .max()
                .orElse(0);
    }

    long largestTangentScale() {
        return ends.stream()
                .filter(end -> !end.isBlank())
                .mapToLong(End::tangentScale)
                .max()
                .orElse(0);
    }

    /** S_pp of all sites, in units of 4^unit. */
    double[] variances(long unit) {
        double[] all = new double[count() * sites()];
        for (int i = 0; i < all.length; i++) {
            End end = ends.get(i / sites());
            all[i] = new Scaled(end.variances()[i % sites()], 2 * end.scale()).inUnits(2 * unit);
        }
        return all;
    }
}
