package org.idem.theory.kernel;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.idem.execution.Crew;
import org.idem.network.Padding;

/**
 * Kernels of a convolutional network at all pairs of pixels of two images x and z, layer by layer.
 *
 * <p>The sum over the kernel's offsets moves both pixels together; it is done across and then down. No sum is obtained
 * by taking the first term of another away: sums stay exactly equal where receptive fields are equal, and exactly 0
 * where they are blank. Chains of pairs of lines are independent: each goes through many layers while the processor's
 * cache holds it, and different threads take different chains.
 */
final class PairRecursion {
    /** Pairs of pixels from which on a second thread pays. */
    private static final int MANY = 1 << 14;
    /** A chain goes through so many layers at a time, whose numbers of single images are kept so long. */
    private static final int TOGETHER = ImageLayers.KEPT;

    private final InfiniteNetwork network;
    private final ImageLayers xLayers;
    private final ImageLayers zLayers;
    private final Iterator<ImageRecursion.Layer> xWalk;
    private final Iterator<ImageRecursion.Layer> zWalk;
    private final boolean divided;
    private final List<PairChain> chains;
    private final Queue<ChainPass> idle = new ConcurrentLinkedQueue<>();
    private ImageRecursion.Layer x;
    private ImageRecursion.Layer z;
    private int layer;

    /**
     * Of two images of one number of channels. If both are one object, of each two pairs of pixels that mirror each
     * other one may be left out.
     *
     * @param divided whether threads share the work
     */
    PairRecursion(InfiniteNetwork network, ImageLayers xLayers, ImageLayers zLayers, boolean divided) {
        this.network = network;
        this.xLayers = xLayers;
        this.zLayers = zLayers;
        Grid xGrid = xLayers.image().grid();
        Grid zGrid = zLayers.image().grid();
        xWalk = xLayers.walk();
        zWalk = zLayers.walk();
        x = xWalk.next();
        z = zWalk.next();
        this.divided = divided && (double) xGrid.pixels() * zGrid.pixels() >= MANY;
        chains = PairChain.of(
                xGrid, zGrid, circular(network), network.architecture().residual(), xLayers == zLayers);
    }

    private static boolean circular(InfiniteNetwork network) {
        return network.architecture().padding() == Padding.CIRCULAR;
    }

    /** How far a kernel sees to each side; no further than the image unless that repeats. */
    static int reach(InfiniteNetwork network, int side) {
        int reach = network.architecture().kernel() / 2;
        return circular(network) ? reach : Math.min(reach, side - 1);
    }

    /** Bytes that a pair of images takes, beside the kernels that are made of it. */
    static double bytes(InfiniteNetwork network, Grid xGrid, Grid zGrid) {
        double matrices = network.architecture().residual() ? 6 : 4;
        double rows = 2.0 * PairChain.longest(xGrid, zGrid, circular(network));
        double passes = Runtime.getRuntime().availableProcessors()
                * (2 * rows + 6.0 * reach(network, xGrid.width()) + 12)
                * xGrid.width()
                * zGrid.width();
        double layers = 10.0 * TOGETHER * (xGrid.length() + zGrid.length());
        return Double.BYTES * (matrices * xGrid.pixels() * zGrid.pixels() + passes + layers);
    }

    /**
     * Goes on to the kernels of a network with so many layers more; the first call with 1 makes those of depth 1.
     *
     * @param layers at least 1
     * @param reached is told of each chain and the depth that it has reached, on the thread that took it there
     */
    void advance(int layers, ObjIntConsumer<PairChain> reached) {
        // then the kernels of one chain after the other have their place in the cache
        boolean whole = layers == network.architecture().depth() && layers <= TOGETHER;
        for (int left = layers; left > 0; left -= TOGETHER) {
            List<PairStep> steps = new ArrayList<>();
            for (int i = 0; i < Math.min(TOGETHER, left); i++) {
                ImageRecursion.Layer xNext = xWalk.next();
                ImageRecursion.Layer zNext = zWalk.next();
                steps.add(PairStep.of(network, layer++, x, z, xNext, zNext));
                x = xNext;
                z = zNext;
            }
            Consumer<PairChain> work = chain -> {
                ChainPass pass = idle.poll();
                if (pass == null) {
                    pass = new ChainPass(network, xLayers.image(), zLayers.image());
                }
                if (whole) {
                    chain.open(pass.rows());
                } else {
                    chain.open();
                }
                for (PairStep step : steps) {
                    pass.advance(step, chain);
                    reached.accept(chain, step.layer() + 1);
                }
                if (whole) {
                    chain.close();
                }
                idle.add(pass);
            };
            if (divided) {
                Crew.map(chains, chain -> {
                    work.accept(chain);
                    return chain;
                });
            } else {
                chains.forEach(work);
            }
        }
    }
}
