package org.idem.theory.kernel;

import java.util.Arrays;
import org.idem.network.Activation;
import org.idem.network.Padding;

/**
 * Pairs of pixels whose signals nearly coincide, or nearly are opposite: their cosine is ±1 to so many digits that it
 * tells little of the angle. What they fall short of that is summed from parts that are not negative: what each pair of
 * pixels in their receptive fields falls short, and how much the sizes of these pixels differ in proportion. Source:
 * proofs/kernel.md, section 4.
 */
final class NearPairs {
    /** Pairs whose cosine is ±1 up to this are near. */
    static final double NEAR = 0x1p-12;

    /** Near pairs without biases come from pairs that are near up to this: angles shrink by a share of θ/π at most. */
    private static final double MARKED = 1.0625 * NEAR;

    private final InfiniteNetwork network;
    private final Response response;
    private final KernelImage xImage;
    private final KernelImage zImage;
    private final Grid xGrid;
    private final Grid zGrid;
    private final boolean bent;
    private final boolean odd;
    private final boolean residual;
    private final boolean circular;
    private final int half;
    /** 1 where a pair is near, else 0; places beyond the last are 0. */
    private final double[] flags;
    /** So many pairs are near in a line of x. */
    private final double[] seen;

    private final int[] places;
    private final Overlap[] fluctuations;
    private int count;

    NearPairs(InfiniteNetwork network, KernelImage xImage, KernelImage zImage) {
        this.network = network;
        this.xImage = xImage;
        this.zImage = zImage;
        xGrid = xImage.grid();
        zGrid = zImage.grid();
        Activation activation = network.architecture().activation();
        response = Response.of(activation);
        bent = activation != Activation.LINEAR;
        odd = activation == Activation.ERF;
        residual = network.architecture().residual();
        circular = network.architecture().padding() == Padding.CIRCULAR;
        half = network.architecture().kernel() / 2;
        int length = bent ? zGrid.length() : 0;
        flags = new double[length + 3];
        seen = new double[length];
        places = new int[length];
        fluctuations = new Overlap[length];
    }

    /** Looks for near pairs, with some room, in the signals of a pixel of x with all of z. */
    void look(int column, double[] covariances, double inverseRoot, Roots zRoots) {
        if (!bent) {
            return;
        }
        if (column == 0) {
            Arrays.fill(seen, 0);
        }
        double[] inverses = zRoots.inverses();
        for (int i = 0; i < seen.length; i++) {
            seen[i] += Math.floor(Math.abs(covariances[i] * (inverseRoot * inverses[i])) + MARKED);
        }
    }

    /** Whether there were any since the first pixel of the line. */
    boolean wereSeen() {
        double sum = 0;
        for (double number : seen) {
            sum += number;
        }
        return sum > 0;
    }

    /** Puts the moments of near pairs right: E[φφ] and E[φ′φ′]Θ of a pixel of x with all of z. */
    void refine(PairStep step, PairSignals now, int pixel, double[] row, double[] tangents) {
        count = 0;
        if (!now.near[pixel / xGrid.width()]) {
            return;
        }
        double[] covariances = now.covariances[pixel];
        double inverseRoot = step.xRoots().inverses()[xGrid.place(pixel)];
        double[] inverses = step.zRoots().inverses();
        for (int i = 0; i < seen.length; i++) {
            flags[i] = Math.floor(Math.abs(covariances[i] * (inverseRoot * inverses[i])) + NEAR);
        }
        for (int i = 0; i < seen.length; i += 4) {
            if (flags[i] + flags[i + 1] + flags[i + 2] + flags[i + 3] > 0) {
                for (int place = i; place < Math.min(i + 4, seen.length); place++) {
                    if (flags[place] > 0) {
                        refine(step, now, pixel, place, row, tangents);
                    }
                }
            }
        }
    }

    private void refine(PairStep step, PairSignals now, int pixel, int at, double[] row, double[] tangents) {
        boolean acute = now.covariances[pixel][at] > 0;
        double rootX = step.xRoots().roots()[xGrid.place(pixel)];
        double rootZ = step.zRoots().roots()[at];
        double known = rootX * rootZ * missing(step, now, pixel, at, acute);
        Overlap signal = Overlap.of(rootX * rootX, rootZ * rootZ, acute, known);
        Response.Moments moments = response.of(signal, step.xScale(), step.zScale());
        row[at] = moments.fluctuation().covariance() + moments.meanX() * moments.meanZ();
        tangents[at] = moments.slope() * now.tangents[pixel][at];
        places[count] = at;
        fluctuations[count++] = residual
                ? moments.fluctuation()
                : moments.fluctuation().plus(Overlap.ofProportional(moments.meanX(), moments.meanZ()));
    }

    /** 1 − cos θ of an acute pair, 1 + cos θ of an obtuse one. */
    private double missing(PairStep step, PairSignals now, int pixel, int at, boolean acute) {
        ImageRecursion.Source x = step.xSource();
        ImageRecursion.Source z = step.zSource();
        double rootX = step.xRoots().roots()[xGrid.place(pixel)];
        double rootZ = step.zRoots().roots()[at];
        double shareX = x.kept() * x.weight() / rootX;
        double shareZ = z.kept() * z.weight() / rootZ;
        double sign = acute ? -1 : 1;
        double squares = square(x.kept() * x.bias() / rootX + sign * (z.kept() * z.bias() / rootZ));
        double gaps = 0;
        for (int down = -half; down <= half; down++) {
            int xLine = line(xGrid, pixel / xGrid.width() + down);
            int zLine = line(zGrid, at / zGrid.stride() + down);
            int xPlace = xLine + xGrid.halo() + pixel % xGrid.width();
            int zPlace = zLine + at % zGrid.stride();
            for (int across = -half; across <= half; across++) {
                boolean inX = xLine >= 0 && Math.abs(across) <= xGrid.halo();
                boolean inZ = zLine >= 0 && Math.abs(across) <= zGrid.halo();
                double ofX = inX ? x.roots()[xPlace + across] : 0;
                double ofZ = inZ ? z.roots()[zPlace + across] : 0;
                squares += square(shareX * ofX - shareZ * ofZ);
                if (residual) {
                    double meanX = inX ? x.means()[xPlace + across] : 0;
                    double meanZ = inZ ? z.means()[zPlace + across] : 0;
                    squares += square(shareX * meanX + sign * (shareZ * meanZ));
                }
                if (ofX > 0 && ofZ > 0) {
                    gaps += step.layer() == 1
                            ? gapOfImages(ofX, ofZ, pixelOf(xPlace + across), zInside(zPlace + across), sign)
                            : gap(now.gaps[pixelOf(xPlace + across)][zPlace + across], ofX * ofZ, acute);
                }
            }
        }
        return shareX * shareZ * gaps + 0.5 * squares;
    }

    private static double square(double number) {
        return number * number;
    }

    /** Where a line begins that a kernel sees, −1 where there is none. */
    private int line(Grid grid, int y) {
        if (circular) {
            return grid.line(Math.floorMod(y, grid.height()));
        }
        return y >= 0 && y < grid.height() ? grid.line(y) : -1;
    }

    /** The pixel of x at a place within its border or beyond. */
    private int pixelOf(int place) {
        return place / xGrid.stride() * xGrid.width()
                + Math.floorMod(place % xGrid.stride() - xGrid.halo(), xGrid.width());
    }

    /** The place of z within its border that is repeated at a place beyond. */
    private int zInside(int place) {
        int line = place / zGrid.stride() * zGrid.stride();
        return line + zGrid.halo() + Math.floorMod(place - line - zGrid.halo(), zGrid.width());
    }

    /** What a stored gap is on the side that is asked for. */
    private static double gap(double stored, double largest, boolean acute) {
        boolean positive = Math.copySign(1, stored) > 0;
        return positive == acute ? Math.abs(stored) : 2 * largest - Math.abs(stored);
    }

    /** √(x²z²) ± xz of two pixels, from what each channel contributes to either. */
    private double gapOfImages(double rootX, double rootZ, int xPixel, int zPlace, double sign) {
        double[][] xChannels = xImage.channels();
        double[][] zChannels = zImage.channels();
        int xPlace = xGrid.place(xPixel);
        double sum = 0;
        for (int channel = 0; channel < xChannels.length; channel++) {
            sum += square(xChannels[channel][xPlace] / rootX + sign * (zChannels[channel][zPlace] / rootZ));
        }
        return rootX * rootZ * sum / (2 * xChannels.length);
    }

    /** Whether the next layer can have near pairs at pixels that see this line. */
    boolean isWanted(PairSignals now, int y) {
        if (!bent || residual || network.architecture().bias()) {
            return bent;
        }
        for (int offset = -half; offset <= half; offset++) {
            int line = circular ? Math.floorMod(y + offset, xGrid.height()) : y + offset;
            if (line >= 0 && line < xGrid.height() && now.near[line]) {
                return true;
            }
        }
        return false;
    }

    /**
     * Keeps what a pixel of x passes on with all of z, as far as near pairs of the next layer need it.
     *
     * @param x what the next layer's signals are made of
     * @param z the same
     * @param row E[zz′]
     * @param gaps gets the result
     */
    void store(
            PairStep step,
            ImageRecursion.Source x,
            ImageRecursion.Source z,
            PairSignals now,
            int pixel,
            double[] row,
            double[] gaps) {
        int place = xGrid.place(pixel);
        double root = x.roots()[place];
        double mean = residual ? x.means()[place] : 0;
        double[] roots = z.roots();
        double[] means = z.means();
        for (int i = 0; i < row.length; i++) {
            gaps[i] = Math.max(0, root * roots[i] - (row[i] - mean * means[i]));
        }
        if (odd) {
            for (int i = 0; i < row.length; i++) {
                gaps[i] = row[i] < 0 ? -Math.max(0, root * roots[i] + row[i]) : gaps[i];
            }
        }
        for (int i = 0; i < count; i++) {
            Overlap passed = fluctuations[i];
            if (network.addsInput(step.layer())) {
                passed = before(step, now, pixel, places[i]).plus(passed);
            }
            gaps[places[i]] = passed.acute() ? passed.gap() : -passed.rise();
        }
        zGrid.fillHalo(gaps, circular);
    }

    /** Fluctuations of what a residual stage adds. */
    private Overlap before(PairStep step, PairSignals now, int pixel, int at) {
        double rootX = step.xSource().kept() * step.xSource().roots()[xGrid.place(pixel)];
        double rootZ = step.zSource().kept() * step.zSource().roots()[at];
        double stored = now.gaps[pixel][at];
        return Overlap.of(
                rootX * rootX,
                rootZ * rootZ,
                Math.copySign(1, stored) > 0,
                step.xSource().kept() * step.zSource().kept() * Math.abs(stored));
    }
}
