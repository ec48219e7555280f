package org.idem.theory.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.execution.Crew;

/**
 * Kernels of an infinitely wide network at its training inputs, and between them and others.
 *
 * <p>A site is an example of a fully connected network, or a pixel of an image of a convolutional one; sites of an
 * image follow each other line by line, images follow each other. All outputs share these kernels: an output channel is
 * independent of the others. Numbers are told in units of 4^{@link #covarianceUnit} and 4^{@link #tangentUnit}, because
 * in deep networks they leave the range of doubles. Source: proofs/kernel.md.
 */
public final class InfiniteKernel {
    /** Kernels of so many depths are made while the processor's cache holds what they share. */
    private static final int DEPTHS_AT_A_TIME = 5;

    private final InfiniteNetwork network;
    private final Sites train;
    private final long covarianceUnit;
    private final long tangentUnit;
    private final DMatrixRMaj covariance;
    private final DMatrixRMaj tangent;

    /**
     * Kernels between sites of two batches.
     *
     * @param covariance S, one row for each site of the first; 0 × 0 where it was not asked for
     * @param tangent Θ, one row for each site of the first
     */
    public record Block(DMatrixRMaj covariance, DMatrixRMaj tangent) {}

    /**
     * Computes the kernels of all pairs of training sites.
     *
     * @param network whose kernels they are
     * @param inputs (n, d) or (n, C, H, W), finite, at least one
     * @param withCovariance whether S is wanted beside Θ
     */
    public InfiniteKernel(InfiniteNetwork network, Array inputs, boolean withCovariance) {
        this.network = network;
        train = Sites.of(network, inputs);
        covarianceUnit = train.largestScale();
        tangentUnit = train.largestTangentScale();
        Block block = block(train, train, withCovariance);
        covariance = block.covariance();
        tangent = block.tangent();
        if (!isFinite(tangent) || !isFinite(covariance)) {
            throw new ArithmeticException("the kernel of the training inputs leaves the range of double precision");
        }
    }

    private static boolean isFinite(DMatrixRMaj matrix) {
        for (int i = 0; i < matrix.getNumElements(); i++) {
            if (!(Math.abs(matrix.data[i]) < Double.POSITIVE_INFINITY)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Bytes of kernels and eigenvectors of a batch of training inputs, and of its kernels with one more input.
     *
     * @param network whose kernels they are
     * @param train shape (n, d) or (n, C, H, W)
     * @param test shape of the inputs to evaluate
     * @param withCovariance whether S is wanted beside Θ
     * @return an estimate from above
     */
    public static double bytes(InfiniteNetwork network, int[] train, int[] test, boolean withCovariance) {
        boolean images = network.architecture().convolutional();
        double sites = images ? (double) train[0] * train[2] * train[3] : train[0];
        double others = images ? (double) test[2] * test[3] : test[0];
        double matrices = withCovariance ? 7 : 5;
        double blocks = withCovariance ? 6 : 3;
        double pair = images ? largestPair(network, train, test) : 0;
        return Double.BYTES * (matrices * sites * sites + blocks * sites * others) + pair;
    }

    private static double largestPair(InfiniteNetwork network, int[] train, int[] test) {
        int threads = Runtime.getRuntime().availableProcessors();
        double inTraining =
                PairRecursion.bytes(network, grid(network, train), grid(network, train)) * Math.min(threads, train[0]);
        double inTest =
                PairRecursion.bytes(network, grid(network, train), grid(network, test)) * Math.min(threads, train[0]);
        return Math.max(inTraining, inTest);
    }

    private static Grid grid(InfiniteNetwork network, int[] shape) {
        return new Grid(shape[2], shape[3], PairRecursion.reach(network, shape[3]));
    }

    /**
     * The kernels between other inputs and the training inputs.
     *
     * @param inputs (m, d) or (m, C, H, W), finite
     * @param withCovariance whether S is wanted beside Θ
     * @return m·sites rows, one column for each training site; entries may be infinite where other inputs are much
     *     larger
     */
    public Block with(Array inputs, boolean withCovariance) {
        return block(Sites.of(network, inputs), train, withCovariance);
    }

    /**
     * Variances of the outputs at other inputs before training.
     *
     * @param inputs (m, d) or (m, C, H, W), finite
     * @return S_pp of every site, in units of 4^covarianceUnit
     */
    public double[] variances(Array inputs) {
        return Sites.of(network, inputs).variances(covarianceUnit);
    }

    @SuppressWarnings("ReferenceEquality") // inputs with themselves, which others may equal
    private Block block(Sites x, Sites z, boolean withCovariance) {
        int rows = x.count() * x.sites();
        int columns = z.count() * z.sites();
        Block block = new Block(
                withCovariance ? new DMatrixRMaj(rows, columns) : new DMatrixRMaj(0, 0),
                new DMatrixRMaj(rows, columns));
        boolean symmetric = x == z;
        if (!network.architecture().convolutional()) {
            Crew.map(IntStream.range(0, rows).boxed().toList(), row -> {
                for (int column = symmetric ? row : 0; column < columns; column++) {
                    DenseRecursion pair = new DenseRecursion(
                            network, x.vectors().get(row), z.vectors().get(column));
                    for (int layer = 0; layer < network.architecture().depth(); layer++) {
                        pair.next();
                    }
                    put(block, row, column, pair.covariance(), pair.tangent(), symmetric);
                }
                return row;
            });
            return block;
        }
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < x.count(); i++) {
            for (int j = symmetric ? i : 0; j < z.count(); j++) {
                pairs.add(new int[] {i, j});
            }
        }
        if (pairs.size() == 1) {
            fill(block, x, z, pairs.get(0), true, symmetric);
        } else {
            Crew.map(pairs, pair -> {
                fill(block, x, z, pair, false, symmetric);
                return pair;
            });
        }
        return block;
    }

    private void fill(Block block, Sites x, Sites z, int[] pair, boolean divided, boolean symmetric) {
        ImageLayers first = x.images().get(pair[0]);
        ImageLayers second = z.images().get(pair[1]);
        PairRecursion recursion = new PairRecursion(network, first, second, divided);
        PairChain.Place place = new PairChain.Place(
                first.image().grid(), second.image().grid(), pair[0] * x.sites(), pair[1] * z.sites(), symmetric);
        long scale = first.last().scale() + second.last().scale();
        long tangentScale = first.last().tangentScale() + second.last().tangentScale();
        int layers = network.architecture().depth();
        recursion.advance(layers, (chain, depth) -> {
            if (depth == layers) {
                place.put(chain, chain.tangents, block.tangent(), tangentScale - 2 * tangentUnit);
                if (block.covariance().numRows > 0) {
                    place.put(chain, chain.covariances, block.covariance(), scale - 2 * covarianceUnit);
                }
            }
        });
    }

    private void put(Block block, int row, int column, Scaled covarianceAt, Scaled tangentAt, boolean symmetric) {
        double theta = tangentAt.inUnits(2 * tangentUnit);
        block.tangent().set(row, column, theta);
        if (symmetric) {
            block.tangent().set(column, row, theta);
        }
        if (block.covariance().numRows > 0) {
            double s = covarianceAt.inUnits(2 * covarianceUnit);
            block.covariance().set(row, column, s);
            if (symmetric) {
                block.covariance().set(column, row, s);
            }
        }
    }

    /** Hears of the tangent kernel of two images at one depth after the other. */
    @FunctionalInterface
    public interface Depths {
        /**
         * The network of the first layers.
         *
         * @param depth how many they are
         * @param tangent Θ, one row for each pixel of the first image, one column for each of the second; a deeper one
         *     may be written over it
         * @param exponent Θ is told in units of 2 to this power
         */
        void at(int depth, DMatrixRMaj tangent, long exponent);
    }

    /**
     * Goes through the tangent kernels of two images in networks of every depth up to one, in the time that the last
     * takes.
     *
     * @param deepest a convolutional network; the others are its first layers
     * @param x (1, C, H, W), finite
     * @param z (1, C, H′, W′), finite
     * @param divided whether threads share the work
     * @param depths hears of depth 1, 2, …
     */
    @SuppressWarnings("ReferenceEquality") // an image with itself, which another may equal
    public static void throughDepths(InfiniteNetwork deepest, Array x, Array z, boolean divided, Depths depths) {
        ImageLayers first = Sites.of(deepest, x).images().get(0);
        ImageLayers second = x == z ? first : Sites.of(deepest, z).images().get(0);
        PairRecursion recursion = new PairRecursion(deepest, first, second, divided);
        Grid xGrid = first.image().grid();
        Grid zGrid = second.image().grid();
        Iterator<ImageRecursion.Layer> ofX = first.walk();
        Iterator<ImageRecursion.Layer> ofZ = second.walk();
        ofX.next();
        ofZ.next();
        PairChain.Place place = new PairChain.Place(xGrid, zGrid, 0, 0, x == z);
        int layers = deepest.architecture().depth();
        DMatrixRMaj[] tangents = new DMatrixRMaj[Math.min(DEPTHS_AT_A_TIME, layers)];
        Arrays.setAll(tangents, i -> new DMatrixRMaj(xGrid.pixels(), zGrid.pixels()));
        for (int from = 1; from <= layers; from += tangents.length) {
            int begin = from;
            int count = Math.min(tangents.length, layers + 1 - from);
            recursion.advance(count, (chain, depth) -> place.put(chain, chain.tangents, tangents[depth - begin], 0));
            for (int i = 0; i < count; i++) {
                long exponent = ofX.next().tangentScale() + ofZ.next().tangentScale();
                depths.at(from + i, tangents[i], exponent);
            }
        }
    }

    /**
     * The network whose kernels these are.
     *
     * @return as given
     */
    public InfiniteNetwork network() {
        return network;
    }

    /**
     * S between all training sites.
     *
     * @return symmetric, live, in units of 4^covarianceUnit; 0 × 0 if it was not asked for
     */
    public DMatrixRMaj covariance() {
        return covariance;
    }

    /**
     * Θ between all training sites.
     *
     * @return symmetric, live, in units of 4^tangentUnit
     */
    public DMatrixRMaj tangent() {
        return tangent;
    }

    /**
     * Covariances are told in units of 4 to this power.
     *
     * @return 0 or near it for networks of usual variances
     */
    public long covarianceUnit() {
        return covarianceUnit;
    }

    /**
     * Tangent kernels are told in units of 4 to this power.
     *
     * @return 0 or near it for networks of usual variances
     */
    public long tangentUnit() {
        return tangentUnit;
    }
}
