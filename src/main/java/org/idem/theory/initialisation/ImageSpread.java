package org.idem.theory.initialisation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.Padding;

/**
 * How far the empirical tangent kernel of one CNN before training strays from its mean, over normal weights and biases:
 * upper bounds of Var Θ(x[p], z[q]) of one output channel, and of E Θ(x[p], z[q])² of two. A linear network of two
 * layers on a single pixel meets them.
 *
 * <p>Given the layers before, the channels of a layer are independent and alike, so their sum strays less than each.
 * Source: proofs/T5.kernel-mean.md.
 */
public final class ImageSpread {
    private final List<RandomLayer> layers;
    private final Architecture architecture;
    private final int height;
    private final int width;

    /**
     * Of a network on images of one size.
     *
     * @param layers variances and channels, outputs last; whether they are rectified does not matter here
     * @param architecture convolutions with padding same or circular; linear, relu or, of at most one hidden layer, erf
     * @param height of the images, in pixels
     * @param width of the images, in pixels
     */
    public ImageSpread(List<RandomLayer> layers, Architecture architecture, int height, int width) {
        Activation activation = architecture.activation();
        boolean known = activation == Activation.LINEAR
                || activation == Activation.RELU
                || activation == Activation.ERF && layers.size() <= 2;
        if (!known) {
            throw new IllegalArgumentException("the activation must be linear, relu or, of two layers, erf, got "
                    + activation + " of " + layers.size() + " layers");
        }
        if (architecture.padding() == Padding.VALID) {
            throw new IllegalArgumentException("the padding must be same or circular, got valid");
        }
        this.layers = List.copyOf(layers);
        this.architecture = architecture;
        this.height = height;
        this.width = width;
    }

    /** Bound on E φ′² of a unit that passes; for ReLU also the share of E h² and E h⁴ that it passes on. */
    private double passed() {
        return switch (architecture.activation()) {
            case RELU -> 0.5;
            case ERF -> 4 / Math.PI;
            default -> 1;
        };
    }

    /** Bound on E φ′(h)²φ′(h′)² of one unit. */
    private double passedTwice() {
        return architecture.activation() == Activation.RELU ? passed() : passed() * passed();
    }

    /**
     * What a layer knows of its pixels, given the layers before.
     *
     * @param size E S_pp, S the variance of a channel's signal
     * @param sizeSpread bound on the deviation of S_pp
     * @param tangent E Θ_pp
     * @param tangentSpread bound on the deviation of the mean of Θ_pp over this layer's weights
     * @param own bound on half the mean of the variance of Θ_pp over this layer's weights
     */
    private record Level(double[] size, double[] sizeSpread, double[] tangent, double[] tangentSpread, double[] own) {
        /** Bound on the root of E S_pp². */
        double rootOfSize(int pixel) {
            return Math.hypot(size[pixel], sizeSpread[pixel]);
        }

        /** Bound on E E[Θ_pp]², the inner mean over this layer's weights. */
        double squareOfTangent(int pixel) {
            return tangent[pixel] * tangent[pixel] + tangentSpread[pixel] * tangentSpread[pixel];
        }
    }

    private int pixels() {
        return height * width;
    }

    /** The pixel that lies so many lines and columns further, −1 outside. */
    private int moved(int pixel, int down, int right) {
        int row = pixel / width + down;
        int column = pixel % width + right;
        if (architecture.padding() == Padding.CIRCULAR) {
            return Math.floorMod(row, height) * width + Math.floorMod(column, width);
        }
        return row < 0 || row >= height || column < 0 || column >= width ? -1 : row * width + column;
    }

    /** Sums over what the kernel sees. */
    private double[] boxes(double[] values) {
        double[] sums = new double[pixels()];
        int reach = architecture.kernel() / 2;
        for (int pixel = 0; pixel < sums.length; pixel++) {
            for (int down = -reach; down <= reach; down++) {
                for (int right = -reach; right <= reach; right++) {
                    int seen = moved(pixel, down, right);
                    sums[pixel] += seen < 0 ? 0 : values[seen];
                }
            }
        }
        return sums;
    }

    /** √(x[r]·z[r + q − p]) for every pixel r, 0 where the second lies outside. */
    private double[] paired(double[] x, int p, double[] z, int q) {
        double[] roots = new double[pixels()];
        for (int pixel = 0; pixel < roots.length; pixel++) {
            int other = moved(pixel, q / width - p / width, q % width - p % width);
            roots[pixel] = other < 0 ? 0 : Math.sqrt(x[pixel] * z[other]);
        }
        return roots;
    }

    /** The first layer, whose signals and kernel know no weights. */
    private Level first(Array image) {
        double[] squares = new double[pixels()];
        for (int i = 0; i < image.length(); i++) {
            squares[i % pixels()] += image.values()[i] * image.values()[i];
        }
        RandomLayer layer = layers.get(0);
        double[] sizes = boxes(squares);
        Arrays.setAll(sizes, pixel -> layer.weightVariance() * sizes[pixel] + layer.biasVariance());
        double[] none = new double[pixels()];
        return new Level(sizes, none, sizes, none, none);
    }

    private Level next(Level level, RandomLayer layer, RandomLayer above) {
        double n = layer.units();
        double share = passed();
        double square = share * share;
        double[] signals = new double[pixels()];
        double[] tangents = new double[pixels()];
        double[] signalsStray = new double[pixels()];
        double[] tangentsStray = new double[pixels()];
        double[] roots = new double[pixels()];
        double[] ownRoots = new double[pixels()];
        for (int p = 0; p < pixels(); p++) {
            double root = level.rootOfSize(p);
            double tangent = level.squareOfTangent(p);
            double own = level.own()[p];
            double sizeSpread = level.sizeSpread()[p];
            double tangentSpread = level.tangentSpread()[p];
            signals[p] = n * share * level.size()[p];
            tangents[p] = n * share * level.tangent()[p];
            signalsStray[p] =
                    Math.sqrt(n * n * square * sizeSpread * sizeSpread + n * (3 * share - square) * root * root);
            double ofOne = (share - square) * tangent + 2 * share * own;
            tangentsStray[p] = Math.sqrt(n * n * square * tangentSpread * tangentSpread + n * ofOne);
            roots[p] = Math.sqrt(tangent + 2 * own);
            ownRoots[p] = Math.sqrt(own);
        }
        return above(
                above,
                new double[][] {signals, signalsStray, tangents, tangentsStray},
                n,
                boxes(roots),
                boxes(ownRoots));
    }

    private Level above(RandomLayer layer, double[][] sums, double n, double[] roots, double[] ownRoots) {
        double v = layer.weightVariance();
        double[][] boxes = Arrays.stream(sums).map(this::boxes).toArray(double[][]::new);
        double[] size = new double[pixels()];
        double[] sizeSpread = new double[pixels()];
        double[] tangent = new double[pixels()];
        double[] tangentSpread = new double[pixels()];
        double[] own = new double[pixels()];
        double twice = passedTwice();
        double apart = passed() * passed();
        for (int p = 0; p < pixels(); p++) {
            size[p] = layer.biasVariance() + v * boxes[0][p];
            sizeSpread[p] = v * boxes[1][p];
            tangent[p] = size[p] + v * boxes[2][p];
            tangentSpread[p] = v * (boxes[1][p] + boxes[3][p]);
            own[p] = v * v * n * (twice * roots[p] * roots[p] + (n - 1) * apart * ownRoots[p] * ownRoots[p]);
        }
        return new Level(size, sizeSpread, tangent, tangentSpread, own);
    }

    /** All layers of one image, the first to the last. */
    private List<Level> levels(Array image) {
        List<Level> levels = new ArrayList<>(List.of(first(image)));
        for (int l = 1; l < layers.size(); l++) {
            levels.add(next(levels.get(l - 1), layers.get(l - 1), layers.get(l)));
        }
        return levels;
    }

    private Level last(Array image) {
        List<Level> levels = levels(image);
        return levels.get(levels.size() - 1);
    }

    /**
     * Bound on Var Θ(x[p], x[p]) of a linear or ReLU network.
     *
     * @param image x, (1, C, H, W)
     * @param pixel p, line by line
     * @return at least 0
     */
    public double variance(Array image, int pixel) {
        if (architecture.activation() == Activation.ERF) {
            throw new IllegalArgumentException("the activation must be linear or relu, got erf");
        }
        Level last = last(image);
        return last.tangentSpread()[pixel] * last.tangentSpread()[pixel] + 2 * last.own()[pixel];
    }

    /**
     * Bound on Var Θ(x[p], z[q]) of a linear network.
     *
     * @param x (1, C, H, W)
     * @param p pixel of x
     * @param z (1, C, H, W)
     * @param q pixel of z
     * @return at least 0
     */
    public double varianceOfPair(Array x, int p, Array z, int q) {
        if (architecture.activation() != Activation.LINEAR) {
            throw new IllegalArgumentException("the activation must be linear, got " + architecture.activation());
        }
        List<Level> ofX = levels(x);
        List<Level> ofZ = levels(z);
        double[] sizeSpread = new double[pixels()];
        double[] tangentSpread = new double[pixels()];
        for (int l = 0; l + 1 < layers.size(); l++) {
            double n = layers.get(l).units();
            double[] sizes = paired(squares(ofX.get(l)), p, squares(ofZ.get(l)), q);
            double[] own = paired(ofX.get(l).own(), p, ofZ.get(l).own(), q);
            for (int r = 0; r < sizes.length; r++) {
                sizeSpread[r] = Math.sqrt(n * n * sizeSpread[r] * sizeSpread[r] + 2 * n * sizes[r]);
                tangentSpread[r] = Math.sqrt(n * n * tangentSpread[r] * tangentSpread[r] + 2 * n * own[r]);
            }
            double v = layers.get(l + 1).weightVariance();
            double[] signals = boxes(sizeSpread);
            double[] tangents = boxes(tangentSpread);
            Arrays.setAll(sizeSpread, r -> v * signals[r]);
            Arrays.setAll(tangentSpread, r -> v * (signals[r] + tangents[r]));
        }
        double own = paired(
                ofX.get(layers.size() - 1).own(), p, ofZ.get(layers.size() - 1).own(), q)[p];
        return tangentSpread[p] * tangentSpread[p] + 2 * own;
    }

    private double[] squares(Level level) {
        double[] squares = new double[pixels()];
        Arrays.setAll(squares, pixel -> level.rootOfSize(pixel) * level.rootOfSize(pixel));
        return squares;
    }

    /**
     * Bound on Var Θ(x[p], z[q]) of a network with one hidden layer.
     *
     * @param x (1, C, H, W)
     * @param p pixel of x
     * @param z (1, C, H, W)
     * @param q pixel of z
     * @param mean E Θ(x[p], z[q])
     * @return at least 0
     */
    public double varianceOfTwoLayers(Array x, int p, Array z, int q, double mean) {
        if (layers.size() != 2) {
            throw new IllegalArgumentException("the network must have two layers, got " + layers.size());
        }
        double[] ofX = first(x).size();
        double[] ofZ = first(z).size();
        double together = boxes(paired(ofX, p, ofZ, q))[p];
        double apart = boxes(ofX)[p] * boxes(ofZ)[q];
        double v = layers.get(1).weightVariance();
        double square = passedTwice() * v * v * (5 * together * together + 3 * apart);
        double n = layers.get(0).units();
        double ofChannel = (mean - layers.get(1).biasVariance()) / n;
        return Math.max(0, n * (square - ofChannel * ofChannel));
    }

    /**
     * Bound on E Θ(x[p], z[q])² of two different output channels.
     *
     * @param x (1, C, H, W)
     * @param p pixel of x
     * @param z (1, C, H, W)
     * @param q pixel of z
     * @return at least 0
     */
    public double squareOfDifferent(Array x, int p, Array z, int q) {
        return Math.sqrt(last(x).own()[p] * last(z).own()[q]);
    }
}
