package org.idem.theory.kernel;

import org.idem.network.Padding;

/**
 * Variances S_pp and tangent kernels Θ_pp of every pixel p of one image, layer by layer; they need no other pair of
 * pixels. Every number is told with a power of two. What a layer returned is not changed by the next.
 */
final class ImageRecursion {
    private final InfiniteNetwork network;
    private final Response response;
    private final KernelImage image;
    private final boolean circular;
    private final int reachDown;
    private final int reachAcross;

    /** What the next layer gets: E z², its tangent kernel and E z, one for each place. */
    private double[] received;

    private double[] receivedTangents;
    private double[] receivedMeans;
    private double[] ownMeans;
    private double[] meansBefore;
    /** In a residual network E z² − (E z)²; else E z², which is received as well. */
    private double[] fluctuations;

    private Source source;
    private double[] variances = {};
    private double[] roots = {};
    private double[] tangents = {};
    private long scale;
    private long tangentScale;
    private long change;
    private long tangentChange;
    private int layer;

    /** Of an image whose grid has room for what the kernel sees beyond its border. */
    static ImageRecursion of(InfiniteNetwork network, KernelImage image) {
        Grid grid = image.grid();
        return new ImageRecursion(
                network,
                image,
                PairRecursion.reach(network, grid.height()),
                PairRecursion.reach(network, grid.width()));
    }

    private ImageRecursion(InfiniteNetwork network, KernelImage image, int reachDown, int reachAcross) {
        this.network = network;
        this.image = image;
        this.reachDown = reachDown;
        this.reachAcross = reachAcross;
        response = Response.of(network.architecture().activation());
        circular = network.architecture().padding() == Padding.CIRCULAR;
        scale = image.scale();
        tangentScale = scale;
        received = image.meanSquares();
        receivedTangents = new double[received.length];
        receivedMeans = new double[received.length];
        ownMeans = receivedMeans;
        meansBefore = receivedMeans;
        fluctuations = received;
        source = source(1, 1, 0);
    }

    /**
     * What the signals of a layer are made of: independent parts from every pixel that a kernel sees, and a bias. Their
     * sizes, times kept, are in the scale of the signals.
     *
     * @param roots roots of the fluctuating parts of what pixels pass on, in places of the grid and beyond the border;
     *     in a network without residual stages roots of all of it
     * @param means means of what pixels pass on, likewise
     * @param kept factor from the scale of the layer before
     * @param weight σ_w/K
     * @param bias σ_b, in the scale of the layer before
     */
    record Source(double[] roots, double[] means, double kept, double weight, double bias) {}

    /**
     * Signals of one layer; live, but never changed.
     *
     * @param variances S_pp, in places of the grid, times 4^−scale
     * @param roots √S_pp
     * @param source what the signals are made of
     * @param meansBefore what the layer before added to its outputs: means of its inputs, in the scale of its signals
     * @param ownMeans E φ of the signals of the layer before, in their scale
     * @param scale of the signals
     * @param tangentScale of Θ_pp
     * @param change how much this layer raised the scale
     * @param tangentChange how much it raised that of Θ_pp
     */
    record Layer(
            double[] variances,
            double[] roots,
            Source source,
            double[] meansBefore,
            double[] ownMeans,
            long scale,
            long tangentScale,
            long change,
            long tangentChange) {
        /** Of no image. */
        static final Layer NONE = new Layer(
                new double[0],
                new double[0],
                new Source(new double[0], new double[0], 1, 1, 0),
                new double[0],
                new double[0],
                0,
                0,
                0,
                0);
    }

    /** The present layer; at first the image itself, which has no variances. */
    Layer layer() {
        return new Layer(variances, roots, source, meansBefore, ownMeans, scale, tangentScale, change, tangentChange);
    }

    private Source source(double kept, double weight, double bias) {
        double[] sizes = rootsOf(fluctuations);
        double[] means = receivedMeans.clone();
        image.grid().fillHalo(sizes, circular);
        image.grid().fillHalo(means, circular);
        return new Source(sizes, means, kept, weight, bias);
    }

    private static double[] rootsOf(double[] numbers) {
        double[] roots = new double[numbers.length];
        for (int i = 0; i < roots.length; i++) {
            roots[i] = Math.sqrt(numbers[i]);
        }
        return roots;
    }

    /** Goes on to the next layer; the first call makes the first. */
    void next() {
        if (layer > 0) {
            respond();
        }
        InfiniteNetwork.Layer numbers = network.layer(layer);
        layer++;
        double side = network.architecture().kernel();
        double weight = numbers.weightVariance() / (side * side);
        double bias = InfiniteNetwork.scaled(numbers.biasVariance(), scale, scale);
        variances = boxSums(received);
        change = response.scale(addBias(weight, bias), scale) - scale;
        double kept = Scaled.power(-change);
        scaleBy(variances, kept);
        roots = rootsOf(variances);
        source = source(kept, Math.sqrt(weight), Math.sqrt(bias));
        scale += change;
        double up = Scaled.power(scale - tangentScale);
        double own = numbers.weightRate() * up * up;
        double surplus = InfiniteNetwork.scaled(numbers.biasSurplus(), tangentScale, tangentScale);
        tangents = boxSums(receivedTangents);
        double largest = 0;
        for (int i = 0; i < tangents.length; i++) {
            tangents[i] = own * variances[i] + weight * tangents[i] + surplus;
            largest = Math.max(largest, tangents[i]);
        }
        tangentChange = Scaled.scale(largest, tangentScale) - tangentScale;
        scaleBy(tangents, Scaled.power(-tangentChange));
        tangentScale += tangentChange;
    }

    /** Makes variances of box sums; beyond the border they stay 0. */
    private double addBias(double weight, double bias) {
        Grid grid = image.grid();
        double largest = 0;
        for (int pixel = 0; pixel < grid.pixels(); pixel++) {
            int at = grid.place(pixel);
            variances[at] = weight * variances[at] + bias;
            largest = Math.max(largest, variances[at]);
        }
        return largest;
    }

    private void respond() {
        int length = variances.length;
        MomentRow row = new MomentRow(length);
        row.seeOwn(variances, roots, tangents);
        response.row(scale, scale, row);
        double[] means = new double[variances.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = response.mean(variances[i]);
        }
        fluctuate(row.product, means);
        if (network.addsInput(layer)) {
            double kept = Scaled.power(-change);
            double keptTangent = Scaled.power(-tangentChange);
            double[] sums = new double[means.length];
            meansBefore = new double[means.length];
            for (int i = 0; i < means.length; i++) {
                double before = kept * receivedMeans[i];
                meansBefore[i] = before;
                row.product[i] = kept * kept * received[i] + row.product[i] + (before * means[i] + means[i] * before);
                row.through[i] = keptTangent * keptTangent * receivedTangents[i] + row.through[i];
                sums[i] = before + means[i];
            }
            receivedMeans = sums;
        } else {
            receivedMeans = means;
        }
        ownMeans = means;
        received = row.product;
        receivedTangents = row.through;
    }

    /** Own fluctuations are independent of those that a stage adds. */
    private void fluctuate(double[] squares, double[] means) {
        double kept = Scaled.power(-change);
        double added = network.addsInput(layer) ? kept * kept : 0;
        double taken = network.architecture().residual() ? 1 : 0;
        double[] sums = new double[squares.length];
        for (int i = 0; i < sums.length; i++) {
            double own = Math.max(0, squares[i] - taken * (means[i] * means[i]));
            sums[i] = added * fluctuations[i] + own;
        }
        fluctuations = sums;
    }

    private static void scaleBy(double[] numbers, double root) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] *= root * root;
        }
    }

    /**
     * Sums over the kernel's offsets, across first, in the order of the offsets, as {@link PairRecursion} adds them.
     */
    private double[] boxSums(double[] source) {
        Grid grid = image.grid();
        double[] padded = source.clone();
        grid.fillHalo(padded, circular);
        double[] across = new double[source.length];
        for (int pixel = 0; pixel < grid.pixels(); pixel++) {
            int at = grid.place(pixel);
            double sum = 0;
            for (int offset = -reachAcross; offset <= reachAcross; offset++) {
                sum += padded[at + offset];
            }
            across[at] = sum;
        }
        double[] sums = new double[source.length];
        for (int y = 0; y < grid.height(); y++) {
            for (int offset = -reachDown; offset <= reachDown; offset++) {
                int from = circular ? Math.floorMod(y + offset, grid.height()) : y + offset;
                for (int x = 0; from >= 0 && from < grid.height() && x < grid.width(); x++) {
                    sums[grid.line(y) + grid.halo() + x] += across[grid.line(from) + grid.halo() + x];
                }
            }
        }
        return sums;
    }
}
