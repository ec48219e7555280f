package org.idem.theory.kernel;

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

    /**
     * A chain without pairs near up to this has no near pairs two layers on, if there are no biases: angles shrink by a
     * share of θ/π at most in each.
     */
    static final double MARKED = 1.13 * NEAR;

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
    private final int[] places;
    private final Overlap[] fluctuations;
    private int count;
    private boolean wanted;
    private boolean seen;

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
        int length = bent ? xGrid.width() * zGrid.width() : 0;
        places = new int[length];
        fluctuations = new Overlap[length];
    }

    /** Begins a layer of a chain. */
    void begin(PairChain chain) {
        wanted = bent && (chain.near || residual || network.architecture().bias());
        seen = false;
    }

    /** Begins a pair of lines. */
    void begin() {
        count = 0;
    }

    /** Puts the moments of near pairs right: E[φφ] and E[φ′φ′]Θ of a pair of lines in which pairs may be near. */
    void refine(PairStep step, PairChain chain, int row, double[] cosines, MomentRow moments) {
        seen = true;
        for (int at = 0; at < places.length; at++) {
            if (Math.abs(cosines[at]) >= 1 - NEAR) {
                refine(step, chain, row, at, moments);
            }
        }
    }

    /** Whether pairs were near, up to a margin, since the layer of the chain began. */
    boolean wereSeen() {
        return seen;
    }

    /** Whether the next layer of the chain can have near pairs. */
    boolean areWanted() {
        return wanted;
    }

    private void refine(PairStep step, PairChain chain, int row, int at, MomentRow moments) {
        boolean acute = chain.covariances[row][at] > 0;
        double rootX = step.x().roots()[xPlace(chain, row, at)];
        double rootZ = step.z().roots()[zPlace(chain, row, at)];
        double known = rootX * rootZ * missing(step, chain, row, at, acute);
        Overlap signal = Overlap.of(rootX * rootX, rootZ * rootZ, acute, known);
        Response.Moments result = response.of(signal, step.x().scale(), step.z().scale());
        moments.product[at] = result.fluctuation().covariance() + result.meanX() * result.meanZ();
        moments.through[at] = result.slope() * chain.tangents[row][at];
        places[count] = at;
        fluctuations[count++] = residual
                ? result.fluctuation()
                : result.fluctuation().plus(Overlap.ofProportional(result.meanX(), result.meanZ()));
    }

    private int xPlace(PairChain chain, int row, int at) {
        return xGrid.line(chain.xLine(row)) + xGrid.halo() + at / zGrid.width();
    }

    private int zPlace(PairChain chain, int row, int at) {
        return zGrid.line(chain.zLine(row)) + zGrid.halo() + at % zGrid.width();
    }

    /** 1 − cos θ of an acute pair, 1 + cos θ of an obtuse one. */
    private double missing(PairStep step, PairChain chain, int row, int at, boolean acute) {
        ImageRecursion.Source x = step.x().source();
        ImageRecursion.Source z = step.z().source();
        double rootX = step.x().roots()[xPlace(chain, row, at)];
        double rootZ = step.z().roots()[zPlace(chain, row, at)];
        double shareX = x.kept() * x.weight() / rootX;
        double shareZ = z.kept() * z.weight() / rootZ;
        double sign = acute ? -1 : 1;
        double squares = square(x.kept() * x.bias() / rootX + sign * (z.kept() * z.bias() / rootZ));
        double gaps = 0;
        for (int down = -half; down <= half; down++) {
            int xLine = line(xGrid, chain.xLine(row) + down);
            int zLine = line(zGrid, chain.zLine(row) + down);
            int xPlace = xLine + xGrid.halo() + at / zGrid.width();
            int zPlace = zLine + zGrid.halo() + at % zGrid.width();
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
                    int p = xPlace + across - xLine - xGrid.halo();
                    int q = zPlace + across - zLine - zGrid.halo();
                    gaps += gapBefore(step, chain, row + down, p, q, ofX * ofZ, acute);
                }
            }
        }
        return shareX * shareZ * gaps + 0.5 * squares;
    }

    /**
     * What a pair of the layer before falls short, on the side that is asked for.
     *
     * @param row may lie beyond the ends of the chain if images repeat
     * @param p column of x, may lie beyond the border if images repeat
     * @param q the same of z
     * @param largest √(E z²·E z′²) of the fluctuating parts
     */
    private double gapBefore(PairStep step, PairChain chain, int row, int p, int q, double largest, boolean acute) {
        int line = Math.floorMod(row, chain.length());
        int xColumn = Math.floorMod(p, xGrid.width());
        int zColumn = Math.floorMod(q, zGrid.width());
        int at = xColumn * zGrid.width() + zColumn;
        if (step.layer() == 1) {
            int rootX = xPlace(chain, line, at);
            int rootZ = zPlace(chain, line, at);
            return gapOfImages(step, rootX, rootZ, acute ? -1 : 1);
        }
        return gap(chain.gaps(line)[at], largest, acute);
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

    /** What a stored gap is on the side that is asked for. */
    private static double gap(double stored, double largest, boolean acute) {
        boolean positive = Math.copySign(1, stored) > 0;
        return positive == acute ? Math.abs(stored) : 2 * largest - Math.abs(stored);
    }

    /** √(x²z²) ± xz of two pixels, from what each channel contributes to either. */
    private double gapOfImages(PairStep step, int xPlace, int zPlace, double sign) {
        double[][] xChannels = xImage.channels();
        double[][] zChannels = zImage.channels();
        double rootX = step.x().source().roots()[xPlace];
        double rootZ = step.z().source().roots()[zPlace];
        double sum = 0;
        for (int channel = 0; channel < xChannels.length; channel++) {
            sum += square(xChannels[channel][xPlace] / rootX + sign * (zChannels[channel][zPlace] / rootZ));
        }
        return rootX * rootZ * sum / (2 * xChannels.length);
    }

    /**
     * Keeps what a pair of lines passes on, as far as near pairs of the next layer need it.
     *
     * @param product E[zz′]
     */
    void store(PairStep step, PairChain chain, int row, double[] product) {
        double[] gaps = chain.newGaps(row);
        ImageRecursion.Source x = step.xNext().source();
        ImageRecursion.Source z = step.zNext().source();
        int columns = zGrid.width();
        int zFrom = zPlace(chain, row, 0);
        for (int p = 0; p < xGrid.width(); p++) {
            int xPlace = xPlace(chain, row, p * columns);
            double root = x.roots()[xPlace];
            double mean = residual ? x.means()[xPlace] : 0;
            for (int q = 0; q < columns; q++) {
                double received = product[p * columns + q];
                double largest = root * z.roots()[zFrom + q];
                gaps[p * columns + q] = odd && received < 0
                        ? -Math.max(0, largest + received)
                        : Math.max(0, largest - (received - mean * z.means()[zFrom + q]));
            }
        }
        for (int i = 0; i < count; i++) {
            Overlap passed = fluctuations[i];
            if (network.addsInput(step.layer())) {
                passed = before(step, chain, row, places[i]).plus(passed);
            }
            gaps[places[i]] = passed.acute() ? passed.gap() : -passed.rise();
        }
    }

    /** Fluctuations of what a residual stage adds. */
    private Overlap before(PairStep step, PairChain chain, int row, int at) {
        ImageRecursion.Source x = step.x().source();
        ImageRecursion.Source z = step.z().source();
        double rootX = x.kept() * x.roots()[xPlace(chain, row, at)];
        double rootZ = z.kept() * z.roots()[zPlace(chain, row, at)];
        double stored = chain.gaps(row)[at];
        return Overlap.of(
                rootX * rootX, rootZ * rootZ, Math.copySign(1, stored) > 0, x.kept() * z.kept() * Math.abs(stored));
    }
}
