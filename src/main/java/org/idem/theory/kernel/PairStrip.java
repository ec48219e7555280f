package org.idem.theory.kernel;

import java.util.Arrays;
import org.idem.network.Padding;

/**
 * Some neighbouring lines of x, each with all of z. Every line is made of a few lines of the layer before, which stay
 * in the processor's cache: moments, sums across, sums down.
 *
 * <p>Rows are shifted by copying, because the compiler makes vector instructions only of loops in which all rows have
 * the same index.
 */
final class PairStrip {
    private final InfiniteNetwork network;
    private final Response response;
    private final boolean circular;
    private final KernelImage xImage;
    private final KernelImage zImage;
    private final Grid xGrid;
    private final Grid zGrid;
    private final int first;
    private final int end;
    private final int reachDown;
    private final int reachAcross;
    /** What a line of x passes on, one row for each pixel. */
    private final double[][] passed;

    private final double[][] passedTangents;
    /** Sums across of the latest lines, one row for each pixel. */
    private final double[][][] across;

    private final double[][][] acrossTangents;
    private final MomentRow moments;
    private final double[] shifted;
    private final NearPairs near;

    /** Of the lines from the first to the one before the end. */
    PairStrip(InfiniteNetwork network, KernelImage xImage, KernelImage zImage, int first, int end) {
        this.network = network;
        this.xImage = xImage;
        this.zImage = zImage;
        this.first = first;
        this.end = end;
        xGrid = xImage.grid();
        zGrid = zImage.grid();
        response = Response.of(network.architecture().activation());
        circular = network.architecture().padding() == Padding.CIRCULAR;
        reachDown = reach(network, xGrid.height(), zGrid.height());
        reachAcross = reach(network, xGrid.width(), zGrid.width());
        int length = zGrid.length();
        passed = new double[xGrid.width()][length];
        passedTangents = new double[xGrid.width()][length];
        across = new double[2 * reachDown + 1][xGrid.width()][length];
        acrossTangents = new double[2 * reachDown + 1][xGrid.width()][length];
        moments = new MomentRow(length, passed[0], passedTangents[0]);
        shifted = new double[length];
        near = new NearPairs(network, xImage, zImage);
    }

    private static int reach(InfiniteNetwork network, int one, int other) {
        return Math.min(PairRecursion.reach(network, one), PairRecursion.reach(network, other));
    }

    /** Makes the signals of the strip from those of the layer before. */
    void advance(PairStep step, ImageRecursion x, ImageRecursion z, PairSignals now, PairSignals then) {
        for (int line = first - reachDown; line < end + reachDown; line++) {
            int y = circular ? Math.floorMod(line, xGrid.height()) : line;
            if (y >= 0 && y < xGrid.height()) {
                pass(step, x, z, now, then, y, line >= first && line < end);
                int slot = Math.floorMod(line, across.length);
                sumAcross(passed, across[slot]);
                if (step.layer() > 0) {
                    sumAcross(passedTangents, acrossTangents[slot]);
                }
            }
            if (line - reachDown >= first) {
                sumDown(step, line - reachDown, x, z, then);
            }
        }
    }

    /** What a line of x passes on to the next layer, with all of z. */
    private void pass(
            PairStep step,
            ImageRecursion x,
            ImageRecursion z,
            PairSignals now,
            PairSignals then,
            int y,
            boolean owned) {
        for (int column = 0; column < xGrid.width(); column++) {
            int pixel = y * xGrid.width() + column;
            int place = xGrid.place(pixel);
            double[] row = passed[column];
            double[] tangents = passedTangents[column];
            if (step.layer() == 0) {
                Arrays.fill(row, 0);
                KernelImage.addProducts(xImage.channels(), place, zImage.channels(), row);
                zGrid.fillHalo(row, circular);
                continue;
            }
            moments.product = row;
            moments.through = tangents;
            moments.see(step.xRoots(), place, step.zRoots(), now.covariances[pixel], now.tangents[pixel]);
            response.row(step.xScale(), step.zScale(), moments);
            near.refine(step, now, pixel, row, tangents);
            if (network.addsInput(step.layer())) {
                addInput(step, now, pixel, row, tangents);
                addMeans(x, z, place, row);
            }
            if (network.architecture().residual() && owned) {
                System.arraycopy(row, 0, then.passed[pixel], 0, row.length);
                System.arraycopy(tangents, 0, then.passedTangents[pixel], 0, row.length);
            }
            if (owned && near.isWanted(now, y)) {
                near.store(step, x.source(), z.source(), now, pixel, row, then.gaps[pixel]);
            }
            zGrid.fillHalo(row, circular);
            zGrid.fillHalo(tangents, circular);
        }
    }

    private static void addInput(PairStep step, PairSignals now, int pixel, double[] row, double[] tangents) {
        double[] input = now.passed[pixel];
        double[] inputTangents = now.passedTangents[pixel];
        double kept = step.kept();
        for (int i = 0; i < row.length; i++) {
            row[i] = kept * input[i] + row[i];
        }
        double keptTangent = step.keptTangent();
        for (int i = 0; i < row.length; i++) {
            tangents[i] = keptTangent * inputTangents[i] + tangents[i];
        }
    }

    /** What the means of input and response contribute, as they come from the same units. */
    private static void addMeans(ImageRecursion x, ImageRecursion z, int place, double[] row) {
        double before = x.meansBefore()[place];
        double own = x.ownMeans()[place];
        double[] zBefore = z.meansBefore();
        double[] zOwn = z.ownMeans();
        for (int i = 0; i < row.length; i++) {
            row[i] = row[i] + (before * zOwn[i] + own * zBefore[i]);
        }
    }

    private void sumAcross(double[][] from, double[][] to) {
        int width = from.length;
        int length = shifted.length;
        for (int column = 0; column < width; column++) {
            double[] sum = to[column];
            boolean begun = false;
            for (int offset = -reachAcross; offset <= reachAcross; offset++) {
                int source = circular ? Math.floorMod(column + offset, width) : column + offset;
                if (source < 0 || source >= width) {
                    continue;
                }
                int ahead = Math.max(0, offset);
                int behind = Math.max(0, -offset);
                int count = length - ahead - behind;
                if (!begun) {
                    Arrays.fill(sum, 0, behind, 0);
                    Arrays.fill(sum, length - ahead, length, 0);
                    System.arraycopy(from[source], ahead, sum, behind, count);
                    begun = true;
                } else if (offset == 0) {
                    add(from[source], sum, 0, length);
                } else {
                    System.arraycopy(from[source], ahead, shifted, behind, count);
                    add(shifted, sum, behind, behind + count);
                }
            }
        }
    }

    private static void add(double[] terms, double[] sums, int from, int end) {
        for (int i = from; i < end; i++) {
            sums[i] += terms[i];
        }
    }

    private void sumDown(PairStep step, int y, ImageRecursion x, ImageRecursion z, PairSignals then) {
        for (int column = 0; column < xGrid.width(); column++) {
            int pixel = y * xGrid.width() + column;
            double[] signals = then.covariances[pixel];
            addDown(across, y, column, signals);
            finish(signals, step.weight(), step.bias(), step.change());
            near.look(column, signals, x.roots().inverses()[xGrid.place(pixel)], z.roots());
            double[] tangents = then.tangents[pixel];
            if (step.layer() > 0) {
                addDown(acrossTangents, y, column, tangents);
            } else {
                Arrays.fill(tangents, 0);
            }
            finish(tangents, signals, step);
        }
        then.near[y] = near.wereSeen();
    }

    private static void finish(double[] signals, double weight, double bias, double change) {
        for (int i = 0; i < signals.length; i++) {
            signals[i] = (weight * signals[i] + bias) * change;
        }
    }

    private static void finish(double[] tangents, double[] signals, PairStep step) {
        double weight = step.weight();
        double up = step.up();
        double surplus = step.surplus();
        double change = step.tangentChange();
        for (int i = 0; i < tangents.length; i++) {
            tangents[i] = (up * signals[i] + weight * tangents[i] + surplus) * change;
        }
    }

    private void addDown(double[][][] lines, int y, int column, double[] sums) {
        int length = sums.length;
        boolean begun = false;
        for (int offset = -reachDown; offset <= reachDown; offset++) {
            if (!circular && (y + offset < 0 || y + offset >= xGrid.height())) {
                continue;
            }
            double[] source = lines[Math.floorMod(y + offset, lines.length)][column];
            if (begun && offset == 0) {
                add(source, sums, 0, length);
                continue;
            }
            double[] target = begun ? shifted : sums;
            int ahead = Math.max(0, offset) * zGrid.stride();
            int behind = Math.max(0, -offset) * zGrid.stride();
            if (circular) {
                int turn = Math.floorMod(offset, zGrid.height()) * zGrid.stride();
                System.arraycopy(source, turn, target, 0, length - turn);
                System.arraycopy(source, 0, target, length - turn, turn);
                ahead = 0;
                behind = 0;
            } else {
                System.arraycopy(source, ahead, target, behind, length - ahead - behind);
            }
            if (begun) {
                add(shifted, sums, behind, length - ahead);
            } else {
                Arrays.fill(sums, 0, behind, 0);
                Arrays.fill(sums, length - ahead, length, 0);
                begun = true;
            }
        }
    }
}
