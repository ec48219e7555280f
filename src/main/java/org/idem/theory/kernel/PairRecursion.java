package org.idem.theory.kernel;

import java.util.ArrayList;
import java.util.List;
import org.idem.execution.Crew;
import org.idem.network.Activation;
import org.idem.network.Padding;

/**
 * Kernels of a convolutional network at all pairs of pixels of two images x and z, layer by layer.
 *
 * <p>The sum over the kernel's offsets moves both pixels together; it is done across and then down. No sum is obtained
 * by taking the first term of another away: sums stay exactly equal where receptive fields are equal, and exactly 0
 * where they are blank. Within a layer, strips of the image are independent and go to different threads.
 */
final class PairRecursion {
    /** Pairs of pixels from which on a second thread pays. */
    private static final int MANY = 1 << 14;

    private final InfiniteNetwork network;
    private final ImageRecursion x;
    private final ImageRecursion z;
    private final List<PairStrip> strips = new ArrayList<>();
    private PairSignals now;
    private PairSignals then;
    private int layer;

    /**
     * Of two images of one number of channels.
     *
     * @param divided whether threads share the work
     */
    PairRecursion(InfiniteNetwork network, KernelImage xImage, KernelImage zImage, boolean divided) {
        this.network = network;
        Grid xGrid = xImage.grid();
        Grid zGrid = zImage.grid();
        x = ImageRecursion.of(network, xImage);
        z = ImageRecursion.of(network, zImage);
        boolean residual = network.architecture().residual();
        boolean bent = network.architecture().activation() != Activation.LINEAR;
        now = new PairSignals(xGrid.height(), xGrid.pixels(), zGrid.length(), residual, bent);
        then = new PairSignals(xGrid.height(), xGrid.pixels(), zGrid.length(), residual, bent);
        int parts = divided && (double) xGrid.pixels() * zGrid.length() >= MANY
                ? Math.min(xGrid.height(), Runtime.getRuntime().availableProcessors())
                : 1;
        for (int part = 0; part < parts; part++) {
            strips.add(new PairStrip(
                    network, xImage, zImage, xGrid.height() * part / parts, xGrid.height() * (part + 1) / parts));
        }
    }

    /** How far a kernel sees to each side; no further than the image unless that repeats. */
    static int reach(InfiniteNetwork network, int side) {
        int reach = network.architecture().kernel() / 2;
        return network.architecture().padding() == Padding.CIRCULAR ? reach : Math.min(reach, side - 1);
    }

    /** Bytes that a pair of images takes. */
    static double bytes(InfiniteNetwork network, Grid xGrid, Grid zGrid) {
        double groups = Runtime.getRuntime().availableProcessors() * (4.0 * reach(network, xGrid.height()) + 4);
        double matrices = network.architecture().residual() ? 10 : 6;
        return Double.BYTES * (double) zGrid.length() * (matrices * xGrid.pixels() + groups * xGrid.width());
    }

    /** Goes on to the kernels of a network with one layer more; the first call makes those of depth 1. */
    void next() {
        Roots xRoots = x.roots();
        Roots zRoots = z.roots();
        ImageRecursion.Source xSource = x.source();
        ImageRecursion.Source zSource = z.source();
        long xScale = x.scale();
        long zScale = z.scale();
        long xTangentScale = x.tangentScale();
        long zTangentScale = z.tangentScale();
        long tangentScale = xTangentScale + zTangentScale;
        double kept = Scaled.power(-x.change()) * Scaled.power(-z.change());
        double keptTangent = Scaled.power(-x.tangentChange()) * Scaled.power(-z.tangentChange());
        x.next();
        z.next();
        double side = network.architecture().kernel();
        InfiniteNetwork.Layer numbers = network.layer(layer);
        PairStep step = new PairStep(
                layer,
                xRoots,
                zRoots,
                xSource,
                zSource,
                xScale,
                zScale,
                kept,
                keptTangent,
                numbers.weightVariance() / (side * side),
                InfiniteNetwork.scaled(numbers.biasVariance(), xScale, zScale),
                Scaled.power(-x.change()) * Scaled.power(-z.change()),
                numbers.weightRate() * Scaled.power(x.scale() + z.scale() - tangentScale),
                InfiniteNetwork.scaled(numbers.biasSurplus(), xTangentScale, zTangentScale),
                Scaled.power(-x.tangentChange()) * Scaled.power(-z.tangentChange()));
        if (strips.size() == 1) {
            strips.get(0).advance(step, x, z, now, then);
        } else {
            Crew.map(strips, strip -> {
                strip.advance(step, x, z, now, then);
                return strip;
            });
        }
        PairSignals old = now;
        now = then;
        then = old;
        layer++;
    }

    /** S and Θ of the present depth, one row for each pixel of x, in places of z's grid; live until the next layer. */
    PairSignals signals() {
        return now;
    }

    ImageRecursion x() {
        return x;
    }

    ImageRecursion z() {
        return z;
    }
}
