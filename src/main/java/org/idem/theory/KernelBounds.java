package org.idem.theory;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.idem.array.Array;
import org.idem.network.Cnn;

/**
 * What one training image leaves open: the mean-squared error on a test image after training a one-layer CNN without
 * bias to the limit on the identity task, for weights drawn independently with mean zero.
 *
 * @param patchRank rank of the training patches
 * @param unknowns weights per output channel, d = K²C
 * @param meanError exact mean over the initial weights, per output pixel and channel
 * @param quantile the exact (1 − δ)-quantile of the error for Gaussian weights; NaN if it could not be computed
 * @param imageBound holds for this test image with probability 1 − δ over Gaussian weights
 * @param uniformBound the same for every image with pixels of at most the given size
 */
public record KernelBounds(
        int patchRank, int unknowns, double meanError, double quantile, double imageBound, double uniformBound) {
    /** Quantile of the error for Gaussian weights, from the spectrum of the open patches on their smaller side. */
    private static double quantile(DMatrixRMaj open, DMatrixRMaj centreErrors, double variance, double probability) {
        boolean pixelSide = open.numCols < open.numRows;
        DMatrixRMaj gram = pixelSide ? CommonOps_DDRM.multInner(open, null) : CommonOps_DDRM.multOuter(open, null);
        EigenDecomposition_F64<DMatrixRMaj> spectrum = DecompositionFactory_DDRM.eig(gram.numRows, true, true);
        if (!spectrum.decompose(gram)) {
            return Double.NaN;
        }
        double largest = 0;
        for (int mode = 0; mode < gram.numRows; mode++) {
            largest = Math.max(largest, spectrum.getEigenvalue(mode).getReal());
        }
        double rounding = Math.max(open.numRows, open.numCols) * 0x1p-53 * largest;
        double scale = (double) open.numCols * centreErrors.numRows;
        List<Double> weights = new ArrayList<>();
        List<Double> shifts = new ArrayList<>();
        for (int mode = 0; mode < gram.numRows; mode++) {
            double size = spectrum.getEigenvalue(mode).getReal();
            if (size <= rounding) {
                continue;
            }
            DMatrixRMaj vector = spectrum.getEigenVector(mode);
            DMatrixRMaj onPixels = pixelSide ? vector : CommonOps_DDRM.multTransA(open, vector, null);
            DMatrixRMaj projected = CommonOps_DDRM.mult(centreErrors, onPixels, null);
            double squaredNorm = pixelSide ? size : size * size;
            for (double value : projected.data) {
                weights.add(size * variance / scale);
                shifts.add(value * value / squaredNorm / variance);
            }
        }
        QuadraticFormLaw law = new QuadraticFormLaw(
                weights.stream().mapToDouble(weight -> weight).toArray(),
                shifts.stream().mapToDouble(shift -> shift).toArray());
        return law.quantile(probability);
    }

    /**
     * Computes rank, mean and bounds.
     *
     * @param cnn network without bias and with as many outputs as channels
     * @param train training images (n, C, H, W)
     * @param test test images (m, C, H, W)
     * @param variance of one initial weight
     * @param failure δ in (0, 1)
     * @param largestPixel bound B on the size of a pixel of any image, at least 0
     * @return the figures; all are exactly 0 when the rank is d. Source: proofs/T2.rank-error.md
     */
    public static KernelBounds of(
            Cnn cnn, Array train, Array test, double variance, double failure, double largestPixel) {
        RangeProjector range = RangeProjector.of(DesignMatrix.of(cnn, train));
        DMatrixRMaj open = range.complement(DesignMatrix.of(cnn, test));
        int unknowns = cnn.fanIn();
        DMatrixRMaj centres = new DMatrixRMaj(unknowns, cnn.channels());
        int tap = cnn.kernel() * cnn.kernel();
        for (int channel = 0; channel < cnn.channels(); channel++) {
            centres.set(channel * tap + tap / 2, channel, 1);
        }
        DMatrixRMaj openCentres = range.complement(centres);
        DMatrixRMaj centreErrors = CommonOps_DDRM.multTransA(openCentres, open, null);
        double sum = 0;
        double largest = 0;
        for (int pixel = 0; pixel < open.numCols; pixel++) {
            double squared = 0;
            for (int i = 0; i < unknowns; i++) {
                squared += open.get(i, pixel) * open.get(i, pixel);
            }
            largest = Math.max(largest, squared);
            sum += cnn.channels() * variance * squared;
            for (int channel = 0; channel < cnn.channels(); channel++) {
                sum += centreErrors.get(channel, pixel) * centreErrors.get(channel, pixel);
            }
        }
        double centreNorm = 0;
        for (double value : openCentres.data) {
            centreNorm += value * value;
        }
        int free = (unknowns - range.rank()) * cnn.channels();
        double chi = free == 0 ? 0 : ChiSquaredDistribution.of(free).inverseSurvivalProbability(failure);
        double radius = Math.sqrt(variance * chi / cnn.channels()) + Math.sqrt(centreNorm / cnn.channels());
        double factor = free == 0 ? 0 : radius * radius;
        return new KernelBounds(
                range.rank(),
                unknowns,
                free == 0 ? 0 : sum / (open.numCols * (double) cnn.channels()),
                free == 0 ? 0 : quantile(open, centreErrors, variance, 1 - failure),
                largest * factor,
                unknowns * largestPixel * largestPixel * factor);
    }
}
