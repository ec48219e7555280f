package org.idem.theorem.initialisation;

import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.theory.initialisation.ImageSpread;
import org.idem.theory.initialisation.TangentSpread;

/** Bounds on how far tangent kernels of single networks stray. */
interface Straying {
    /** Of Θ(x, x), linear or ReLU. */
    double varianceAtX();

    /** Of Θ(x, z), of two layers or linear. */
    double varianceOfPair();

    /** Of different outputs. */
    double squareOfDifferent();

    static Straying of(Kernels kernels) {
        return kernels.ofImages() ? new OfImages(kernels) : new OfVectors(kernels);
    }

    /** Of fully connected networks. */
    static TangentSpread spread(Kernels kernels, Activation activation) {
        return new TangentSpread(kernels.layers(), activation);
    }

    static TangentSpread.Pair pair(Kernels kernels) {
        return new TangentSpread.Pair(
                NetworkSpace.squaredNorm(kernels.x()),
                NetworkSpace.squaredNorm(kernels.z()),
                NetworkSpace.product(kernels.x(), kernels.z()));
    }

    /** Of fully connected networks. */
    record OfVectors(Kernels kernels, TangentSpread spread, TangentSpread.Pair pair) implements Straying {
        OfVectors(Kernels kernels) {
            this(kernels, Straying.spread(kernels, kernels.activation()), Straying.pair(kernels));
        }

        @Override
        public double varianceAtX() {
            double mean = kernels.infinite().sameX();
            return spread.meanSquare(pair.ofFirst()) - mean * mean;
        }

        @Override
        public double varianceOfPair() {
            double mean = kernels.infinite().pair();
            return kernels.depth() == 2
                    ? spread.varianceOfTwoLayers(pair, mean)
                    : spread.meanSquare(pair) - mean * mean;
        }

        /** √(E Θ(x, x)²·E Θ(z, z)²) of one output. */
        @Override
        public double squareOfDifferent() {
            if (kernels.depth() > 2) {
                return Math.sqrt(spread.meanSquare(pair.ofFirst()) * spread.meanSquare(pair.ofSecond()));
            }
            double x = kernels.infinite().sameX();
            double z = kernels.infinite().sameZ();
            return Math.sqrt((spread.varianceOfTwoLayers(pair.ofFirst(), x) + x * x)
                    * (spread.varianceOfTwoLayers(pair.ofSecond(), z) + z * z));
        }
    }

    /** Of CNNs. */
    record OfImages(Kernels kernels, ImageSpread spread) implements Straying {
        OfImages(Kernels kernels) {
            this(kernels, new ImageSpread(kernels.layers(), kernels.architecture(), kernels.height(), kernels.width()));
        }

        @Override
        public double varianceAtX() {
            return spread.variance(kernels.x(), kernels.ofX());
        }

        @Override
        public double varianceOfPair() {
            Array x = kernels.x();
            Array z = kernels.z();
            return kernels.depth() == 2
                    ? spread.varianceOfTwoLayers(
                            x,
                            kernels.ofX(),
                            z,
                            kernels.ofZ(),
                            kernels.infinite().pair())
                    : spread.varianceOfPair(x, kernels.ofX(), z, kernels.ofZ());
        }

        @Override
        public double squareOfDifferent() {
            return spread.squareOfDifferent(kernels.x(), kernels.ofX(), kernels.z(), kernels.ofZ());
        }
    }
}
