package org.idem.theory.kernel;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.array.Array;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.DoubleDouble;
import org.idem.theory.path.ResidualPolynomial;

/**
 * Infinitely wide networks after training: mean and variance of their outputs over the random initial parameters.
 *
 * <p>One network follows f_t(z) = f_0(z) + A_t(Y − f_0(X)) with A_t = Θ(z, X)V diag(g_t(λ))Vᵀ. With curvature μ = cλ +
 * ω g_t = c(1 − r_t(μ))/μ after t steps, r_t the residual polynomial of the method; in the limit c/μ, and 0 for modes
 * that rounding cannot tell from 0 if ω = 0. Weight decay pulls the parameters towards their initial values: decay
 * towards 0 would shrink the kernel itself. f_0 has mean 0 and covariance S. Source: proofs/kernel.md.
 */
public final class KernelTraining {
    private final InfiniteKernel kernel;
    private final KernelSpectrum spectrum;
    /** g_t of every mode, in units of 4^−tangentUnit. */
    private final double[] gains;

    /**
     * Trained networks.
     *
     * @param kernel of the training inputs
     * @param spectrum its spectrum
     * @param lossScale c
     * @param method with learning rate and decay in the kernel's unit: η·4^tangentUnit, ω/4^tangentUnit
     * @param horizon how long they are trained
     * @param cut eigenvalues up to this count as 0 in a limit without decay
     */
    public KernelTraining(
            InfiniteKernel kernel,
            KernelSpectrum spectrum,
            double lossScale,
            LinearMethod method,
            Horizon horizon,
            double cut) {
        this.kernel = kernel;
        this.spectrum = spectrum;
        double[] values = spectrum.values();
        gains = new double[values.length];
        for (int mode = 0; mode < gains.length; mode++) {
            gains[mode] = gain(values[mode], lossScale, method, horizon, cut);
        }
    }

    private static double gain(double value, double scale, LinearMethod method, Horizon horizon, double cut) {
        double decay = method.weightDecay();
        if (horizon instanceof Horizon.Steps steps) {
            DoubleDouble curvature = DoubleDouble.product(scale, value).plus(DoubleDouble.of(decay));
            return -scale
                    * new ResidualPolynomial(method, steps.count())
                            .difference(curvature, DoubleDouble.of(0))
                            .value();
        }
        if (decay > 0) {
            return scale / (scale * value + decay);
        }
        return value > cut ? 1 / value : 0;
    }

    /** V diag(g) VᵀY for a matrix Y with one row for each site. */
    private DMatrixRMaj dual(DMatrixRMaj targets) {
        DMatrixRMaj inModes = CommonOps_DDRM.multTransA(spectrum.vectors(), targets, null);
        for (int mode = 0; mode < gains.length; mode++) {
            for (int column = 0; column < inModes.numCols; column++) {
                inModes.data[mode * inModes.numCols + column] *= gains[mode];
            }
        }
        return CommonOps_DDRM.mult(spectrum.vectors(), inModes, null);
    }

    /**
     * What the kernel multiplies to give the mean: E f_t(z) = Θ(z, X)·weights.
     *
     * @param targets Y, (n, k) or (n, C, H, W)
     * @return one row for each training site, one column for each output
     */
    public DMatrixRMaj weights(Array targets) {
        return dual(rows(targets));
    }

    /** One row for each site, one column for each output. */
    private static DMatrixRMaj rows(Array outputs) {
        int sites = outputs.rank() == 4 ? outputs.size(2) * outputs.size(3) : 1;
        int channels = outputs.size(1);
        DMatrixRMaj rows = new DMatrixRMaj(outputs.size(0) * sites, channels);
        for (int i = 0; i < outputs.length(); i++) {
            int example = i / (channels * sites);
            int channel = i / sites % channels;
            rows.set(example * sites + i % sites, channel, outputs.values()[i]);
        }
        return rows;
    }

    /**
     * Mean over networks of the outputs.
     *
     * @param block the kernels between inputs and training inputs
     * @param weights of the targets
     * @return one row for each site of the inputs, one column for each output; infinity where an output leaves the
     *     range of double precision, as it may at inputs that are much larger than the training inputs, or with a
     *     learning rate that is not stable
     */
    public static DMatrixRMaj mean(InfiniteKernel.Block block, DMatrixRMaj weights) {
        DMatrixRMaj mean = CommonOps_DDRM.mult(block.tangent(), weights, null);
        for (int i = 0; i < mean.getNumElements(); i++) {
            // a difference of infinities is no number
            mean.data[i] = Double.isFinite(mean.data[i]) ? mean.data[i] : Double.POSITIVE_INFINITY;
        }
        return mean;
    }

    /**
     * Variances over networks, and what rounding can make of them.
     *
     * @param values at least 0, one for each site, in units of 4^covarianceUnit
     * @param errors bounds of their rounding and of that of the kernels
     */
    public record Variances(double[] values, double[] errors) {}

    /**
     * Variance over networks of one output, the same for all outputs of a site.
     *
     * @param block the kernels between inputs and training inputs, with covariances
     * @param before variances of the outputs before training
     * @return variances S_zz − 2AS_Xz + AS_XXAᵀ
     * @throws ArithmeticException with the reason, if one is negative by more than rounding explains, or overflows
     */
    public Variances variances(InfiniteKernel.Block block, double[] before) {
        DMatrixRMaj a = CommonOps_DDRM.mult(block.tangent(), spectrum.vectors(), null);
        CommonOps_DDRM.multCols(a, gains);
        a = CommonOps_DDRM.multTransB(a, spectrum.vectors(), null);
        DMatrixRMaj seen = CommonOps_DDRM.mult(a, kernel.covariance(), null);
        double[] values = new double[before.length];
        double[] errors = new double[before.length];
        int sites = a.numCols;
        double norm = NormOps_DDRM.normF(kernel.covariance());
        for (int row = 0; row < values.length; row++) {
            double sum = before[row];
            double squares = 0;
            for (int site = 0; site < sites; site++) {
                double share = a.get(row, site);
                sum += share * (seen.get(row, site) - 2 * block.covariance().get(row, site));
                squares += share * share;
            }
            double reach = Math.sqrt(squares);
            double rounding =
                    4 * sites * Math.ulp(1.0) + kernel.network().architecture().depth() * 0x1p-46;
            errors[row] = rounding * (before[row] + 2 * reach * Math.sqrt(before[row] * norm) + reach * reach * norm);
            if (!(errors[row] < Double.POSITIVE_INFINITY)) {
                throw new ArithmeticException("variances at inputs whose kernels are so much larger than those of the"
                        + " training inputs leave the range of double precision");
            }
            if (!(sum >= -errors[row])) {
                throw new ArithmeticException("a variance over networks must be at least 0, but rounding makes it "
                        + sum + ", more than the " + errors[row] + " that its error allows");
            }
            values[row] = Math.max(0, sum);
        }
        return new Variances(values, errors);
    }
}
