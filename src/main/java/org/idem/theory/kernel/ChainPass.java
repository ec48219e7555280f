package org.idem.theory.kernel;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.idem.network.Activation;
import org.idem.network.Padding;

/**
 * Takes chains of pairs of lines from layer to layer: moments, sums across, sums down. All that a chain needs for this
 * stays in the processor's cache.
 *
 * <p>Rows are shifted by copying, because the compiler makes vector instructions only of loops in which all rows have
 * the same index.
 */
final class ChainPass {
    private final InfiniteNetwork network;
    private final Response response;
    private final boolean bent;
    private final boolean circular;
    private final KernelImage xImage;
    private final KernelImage zImage;
    private final Grid xGrid;
    private final Grid zGrid;
    private final int reachDown;
    private final int reachAcross;
    private final int length;
    private final double[][] rows;
    /** Sums across, a row for each pair of lines or for the latest of them. */
    private final double[][] across;

    private final double[][] acrossTangents;
    /** √S_xx·√S_zz of a pair of lines. */
    private final double[] sizes;

    private final double[] cosines;
    private final double[] zRoots;
    private final MomentRow moments;
    private final NearPairs near;
    /** One row for each offset across, which holds what lies there. */
    private final double[][] shifted;
    /** Rows that are to be summed. */
    private final double[][] terms;

    private final double[] sum;
    private final double[] zeros;

    ChainPass(InfiniteNetwork network, KernelImage xImage, KernelImage zImage) {
        this.network = network;
        this.xImage = xImage;
        this.zImage = zImage;
        xGrid = xImage.grid();
        zGrid = zImage.grid();
        response = Response.of(network.architecture().activation());
        bent = network.architecture().activation() != Activation.LINEAR;
        circular = network.architecture().padding() == Padding.CIRCULAR;
        reachDown = reach(network, xGrid.height(), zGrid.height());
        reachAcross = reach(network, xGrid.width(), zGrid.width());
        length = xGrid.width() * zGrid.width();
        int longest = PairChain.longest(xGrid, zGrid, circular);
        int kept = circular ? longest : 2 * reachDown + 1;
        int shifts = 2 * reachAcross + 1;
        Iterator<double[]> free = List.of(PairChain.rows(2 * longest + 2 * kept + shifts + 9, length))
                .iterator();
        rows = take(2 * longest, free);
        across = take(kept, free);
        acrossTangents = take(kept, free);
        shifted = take(shifts, free);
        sizes = free.next();
        cosines = free.next();
        zRoots = free.next();
        sum = free.next();
        zeros = free.next();
        moments = new MomentRow(length, take(4, free));
        near = new NearPairs(network, xImage, zImage);
        terms = new double[Math.max(3, 2 * Math.max(reachAcross, reachDown) + 1)][];
    }

    /** Rows for the kernels of one chain, which the next one overwrites. */
    double[][] rows() {
        return rows;
    }

    private static double[][] take(int count, Iterator<double[]> free) {
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = free.next();
        }
        return rows;
    }

    private static int reach(InfiniteNetwork network, int one, int other) {
        return Math.min(PairRecursion.reach(network, one), PairRecursion.reach(network, other));
    }

    /** Makes the signals of a chain from those of the layer before. */
    void advance(PairStep step, PairChain chain) {
        int rows = chain.length();
        int behind = circular ? rows : reachDown;
        if (bent && step.layer() == 1) {
            chain.near = hasNear(step, chain);
        }
        near.begin(chain);
        for (int row = 0; row < rows + behind; row++) {
            if (row < rows) {
                pass(step, chain, row);
            }
            if (row >= behind) {
                sumDown(step, chain, row - behind);
            }
        }
        chain.turn(near.wereSeen());
    }

    private boolean hasNear(PairStep step, PairChain chain) {
        boolean any = false;
        for (int row = 0; row < chain.length() && !any; row++) {
            any = normalise(step, chain, row);
        }
        return any;
    }

    private MomentRow.Line xLine(ImageRecursion.Layer layer, PairChain chain, int row) {
        return new MomentRow.Line(layer, xGrid.line(chain.xLine(row)) + xGrid.halo(), xGrid.width());
    }

    private MomentRow.Line zLine(ImageRecursion.Layer layer, PairChain chain, int row) {
        return new MomentRow.Line(layer, zGrid.line(chain.zLine(row)) + zGrid.halo(), zGrid.width());
    }

    /** Sizes and cosines of a pair of lines; whether some of them may be near. */
    private boolean normalise(PairStep step, PairChain chain, int row) {
        MomentRow.Line x = xLine(step.x(), chain, row);
        double[] xRoots = step.x().roots();
        int columns = zGrid.width();
        for (int p = 0; p < x.count(); p++) {
            Arrays.fill(sizes, p * columns, (p + 1) * columns, xRoots[x.from() + p]);
        }
        System.arraycopy(step.z().roots(), zLine(step.z(), chain, row).from(), zRoots, 0, columns);
        for (int filled = columns; filled < length; filled *= 2) {
            System.arraycopy(zRoots, 0, zRoots, filled, Math.min(filled, length - filled));
        }
        double[] flags = moments.product;
        Angles.cosines(length, chain.covariances[row], sizes, zRoots, sizes, cosines, flags, NearPairs.MARKED);
        // all are 0 if the first is 0 and each is what the one before is
        return flags[0] != 0 || Arrays.mismatch(flags, 0, length - 1, flags, 1, length) >= 0;
    }

    /** Products of all numbers of a line of x with all of a line of z. */
    private static void multiply(double[] atX, MomentRow.Line x, double[] atZ, MomentRow.Line z, double[] products) {
        int to = 0;
        for (int p = 0; p < x.count(); p++) {
            double factor = atX[x.from() + p];
            for (int q = 0; q < z.count(); q++) {
                products[to++] = factor * atZ[z.from() + q];
            }
        }
    }

    /** What a pair of lines passes on to the next layer, summed across. */
    private void pass(PairStep step, PairChain chain, int row) {
        double[] product = moments.product;
        double[] through = moments.through;
        int slot = row % across.length;
        if (step.layer() == 0) {
            multiplyChannels(xLine(step.x(), chain, row), zLine(step.z(), chain, row), product);
            sumAcross(product, across[slot]);
            return;
        }
        boolean any = bent && normalise(step, chain, row);
        moments.see(
                xLine(step.x(), chain, row),
                zLine(step.z(), chain, row),
                chain.covariances[row],
                chain.tangents[row],
                sizes,
                cosines);
        response.row(step.x().scale(), step.z().scale(), moments);
        near.begin();
        if (any) {
            near.refine(step, chain, row, cosines, moments);
        }
        if (network.addsInput(step.layer())) {
            addInput(step, chain, row, product, through);
            addMeans(step, xLine(step.x(), chain, row), zLine(step.z(), chain, row), product);
        }
        if (network.architecture().residual()) {
            System.arraycopy(product, 0, chain.passed[row], 0, length);
            System.arraycopy(through, 0, chain.passedTangents[row], 0, length);
        }
        if (near.areWanted()) {
            near.store(step, chain, row, product);
        }
        sumAcross(product, across[slot]);
        sumAcross(through, acrossTangents[slot]);
    }

    /** Mean over channels of the products of two lines of images. */
    private void multiplyChannels(MomentRow.Line x, MomentRow.Line z, double[] means) {
        double[][] ofX = xImage.channels();
        double[][] ofZ = zImage.channels();
        Arrays.fill(means, 0);
        for (int channel = 0; channel < ofX.length; channel++) {
            multiply(ofX[channel], x, ofZ[channel], z, sum);
            add(sum, means);
        }
        double count = ofX.length;
        for (int i = 0; i < length; i++) {
            means[i] /= count;
        }
    }

    private void addInput(PairStep step, PairChain chain, int row, double[] product, double[] through) {
        double[] input = chain.passed[row];
        double[] inputTangents = chain.passedTangents[row];
        double kept = step.kept();
        for (int i = 0; i < length; i++) {
            product[i] = kept * input[i] + product[i];
        }
        double keptTangent = step.keptTangent();
        for (int i = 0; i < length; i++) {
            through[i] = keptTangent * inputTangents[i] + through[i];
        }
    }

    /** What the means of input and response contribute, as they come from the same units. */
    private static void addMeans(PairStep step, MomentRow.Line x, MomentRow.Line z, double[] product) {
        double[] zBefore = step.zNext().meansBefore();
        double[] zOwn = step.zNext().ownMeans();
        for (int p = 0; p < x.count(); p++) {
            double before = step.xNext().meansBefore()[x.from() + p];
            double own = step.xNext().ownMeans()[x.from() + p];
            for (int q = 0; q < z.count(); q++) {
                int at = p * z.count() + q;
                product[at] = product[at] + (before * zOwn[z.from() + q] + own * zBefore[z.from() + q]);
            }
        }
    }

    private void sumAcross(double[] source, double[] target) {
        for (int i = 0; i < shifted.length; i++) {
            int offset = i - reachAcross;
            if (offset == 0) {
                terms[i] = source;
            } else {
                shift(source, offset, shifted[i]);
                terms[i] = shifted[i];
            }
        }
        gather(shifted.length);
        add(terms[0], terms[1], terms[2], target);
    }

    /** Puts what lies so many pixels further in both images at each place; beyond the border zeros or the image. */
    private void shift(double[] source, int offset, double[] target) {
        int columns = zGrid.width();
        if (circular) {
            int turn = Math.floorMod(offset, columns);
            for (int p = 0; p < xGrid.width(); p++) {
                int from = Math.floorMod(p + offset, xGrid.width()) * columns;
                System.arraycopy(source, from + turn, target, p * columns, columns - turn);
                System.arraycopy(source, from, target, (p + 1) * columns - turn, turn);
            }
            return;
        }
        int step = offset * (columns + 1);
        int ahead = Math.max(0, step);
        int behind = Math.max(0, -step);
        System.arraycopy(source, ahead, target, behind, length - ahead - behind);
        Arrays.fill(target, 0, behind, 0);
        Arrays.fill(target, length - ahead, length, 0);
        for (int outside = 0; outside < Math.abs(offset); outside++) {
            for (int at = offset > 0 ? columns - 1 - outside : outside; at < length; at += columns) {
                target[at] = 0;
            }
        }
    }

    /** Leaves three terms whose sum is that of so many, an odd number; adds the first ones up, from the first on. */
    private void gather(int count) {
        if (count == 1) {
            terms[1] = zeros;
            terms[2] = zeros;
        } else if (count > 3) {
            System.arraycopy(terms[0], 0, sum, 0, length);
            for (int i = 1; i < count - 2; i++) {
                add(terms[i], sum);
            }
            terms[0] = sum;
            terms[1] = terms[count - 2];
            terms[2] = terms[count - 1];
        }
    }

    private void add(double[] terms, double[] sums) {
        for (int i = 0; i < length; i++) {
            sums[i] += terms[i];
        }
    }

    private void add(double[] first, double[] second, double[] third, double[] sums) {
        for (int i = 0; i < length; i++) {
            sums[i] = first[i] + second[i] + third[i];
        }
    }

    private void sumDown(PairStep step, PairChain chain, int row) {
        double[] signals = chain.covariances[row];
        double[] tangents = chain.tangents[row];
        gatherDown(across, row, chain.length());
        finish(terms[0], terms[1], terms[2], signals, step.weight(), step.bias(), step.change());
        if (step.layer() > 0) {
            gatherDown(acrossTangents, row, chain.length());
        } else {
            Arrays.fill(terms, 0, 3, zeros);
        }
        finish(terms[0], terms[1], terms[2], tangents, signals, step);
    }

    private void gatherDown(double[][] lines, int row, int rows) {
        int count = 2 * reachDown + 1;
        for (int i = 0; i < count; i++) {
            int line = row + i - reachDown;
            if (circular) {
                terms[i] = lines[Math.floorMod(line, rows)];
            } else {
                terms[i] = line >= 0 && line < rows ? lines[line % lines.length] : zeros;
            }
        }
        gather(count);
    }

    private void finish(
            double[] first,
            double[] second,
            double[] third,
            double[] signals,
            double weight,
            double bias,
            double change) {
        for (int i = 0; i < length; i++) {
            signals[i] = (weight * (first[i] + second[i] + third[i]) + bias) * change;
        }
    }

    private void finish(
            double[] first, double[] second, double[] third, double[] tangents, double[] signals, PairStep step) {
        double weight = step.weight();
        double up = step.up();
        double surplus = step.surplus();
        double change = step.tangentChange();
        for (int i = 0; i < length; i++) {
            tangents[i] = (up * signals[i] + weight * (first[i] + second[i] + third[i]) + surplus) * change;
        }
    }
}
