package org.idem.theory.design;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.LinearMap;
import org.idem.network.LinearProblem;
import org.idem.theory.arithmetic.DoubleDouble;
import org.idem.theory.arithmetic.TwicePrecise;

/**
 * A one-layer network's training as a least-squares problem: (c/2)‖θX − Y‖² from a start θ_0. Matrices are live.
 *
 * @param design X, d × n, one input or patch per column
 * @param targets Y, one row per output
 * @param initial θ_0, one row per output, the bias last
 * @param lossScale c
 * @param bias whether the last row of X belongs to a bias
 * @param spectrum of X
 */
public record LeastSquares(
        DMatrixRMaj design,
        DMatrixRMaj targets,
        DMatrixRMaj initial,
        double lossScale,
        boolean bias,
        Spectrum spectrum) {
    /** Multiplications that twice the precision may cost; some tenths of a second. */
    private static final double CHEAP = 0x1p28;

    private static final int LONG = 64;

    /**
     * A problem in matrices.
     *
     * @param problem with a network of one layer
     * @return the same problem, its design not yet decomposed
     */
    public static LeastSquares of(LinearProblem problem) {
        return of(problem, Design.of(problem.map(), problem.inputs()));
    }

    /**
     * The same for a design that is known already.
     *
     * @param problem with a network of one layer
     * @param design of that network on the problem's inputs
     * @return the problem in matrices
     */
    public static LeastSquares of(LinearProblem problem, Design design) {
        LinearMap network = problem.map();
        int rows = network.fanIn() + (network.bias() ? 1 : 0);
        int columns = problem.targets().length() / network.outputs();
        if (design.matrix().numRows != rows || design.matrix().numCols != columns) {
            throw new IllegalArgumentException("the design of the problem must be " + rows + " × " + columns + ", got "
                    + design.matrix().numRows + " × " + design.matrix().numCols);
        }
        return new LeastSquares(
                design.matrix(),
                rowsPerOutput(problem.targets(), network.outputs()),
                initialParameters(problem),
                problem.lossScale(),
                network.bias(),
                design.spectrum());
    }

    /**
     * Number of outputs, each of which is a problem of its own.
     *
     * @return k
     */
    public int rows() {
        return initial.numRows;
    }

    /**
     * Whether predictions are evaluated in twice the precision: sums are long enough to be worth it, not too long for
     * their error to be known, and not too many.
     *
     * @return true if their error is known and worth it
     */
    public boolean isTwicePrecise() {
        int d = design.numRows;
        int n = design.numCols;
        double modes = spectrum.modes();
        return d + n >= LONG
                && TwicePrecise.canSum(Math.max(d, n))
                && rows() * (2.0 * d * n + 3.0 * modes * modes) <= CHEAP
                && spectrum.isTurnKnown();
    }

    /**
     * ‖X‖² in the Frobenius norm.
     *
     * @return at least 0
     */
    public double squaredNorm() {
        double norm = NormOps_DDRM.normF(design);
        return norm * norm;
    }

    /**
     * Curvature cλ + ω.
     *
     * @param eigenvalue λ of XᵀX
     * @param decay weight decay ω
     * @return cλ + ω in twice the precision
     */
    public DoubleDouble curvature(double eigenvalue, double decay) {
        return DoubleDouble.product(lossScale, eigenvalue).plus(DoubleDouble.of(decay));
    }

    /** Whether a parameter ever receives a gradient of the loss: some input is not zero there. */
    private boolean[] active() {
        boolean[] active = new boolean[design.numRows];
        for (int row = 0; row < active.length; row++) {
            for (int column = 0; column < design.numCols; column++) {
                active[row] |= design.get(row, column) != 0;
            }
        }
        return active;
    }

    /**
     * θ_0 with 0 in place of parameters that never receive a gradient of the loss; fresh.
     *
     * @return k × d
     */
    public DMatrixRMaj movingInitial() {
        DMatrixRMaj moving = initial.copy();
        boolean[] active = active();
        for (int at = 0; at < moving.getNumElements(); at++) {
            moving.data[at] = active[at % moving.numCols] ? moving.data[at] : 0;
        }
        return moving;
    }

    /**
     * Sets entries of test inputs, d × tests, to 0 that meet such parameters, and returns the norms of what was
     * removed.
     *
     * @param columns d × tests, changed
     * @return fresh, one norm for each test input
     */
    public double[] removeUnmoved(DMatrixRMaj columns) {
        boolean[] active = active();
        double[] squares = new double[columns.numCols];
        for (int row = 0; row < active.length; row++) {
            for (int test = 0; !active[row] && test < squares.length; test++) {
                squares[test] += columns.get(row, test) * columns.get(row, test);
                columns.set(row, test, 0);
            }
        }
        for (int test = 0; test < squares.length; test++) {
            squares[test] = Math.sqrt(squares[test]);
        }
        return squares;
    }

    /** θ_0 = (W|b), one row per output. */
    private static DMatrixRMaj initialParameters(LinearProblem problem) {
        int fanIn = problem.map().fanIn();
        int outputs = problem.map().outputs();
        DMatrixRMaj parameters = new DMatrixRMaj(outputs, fanIn + (problem.map().bias() ? 1 : 0));
        Array bias = problem.initialBias();
        for (int row = 0; row < outputs; row++) {
            System.arraycopy(problem.weights().values(), row * fanIn, parameters.data, row * parameters.numCols, fanIn);
            if (bias != null) {
                parameters.set(row, fanIn, bias.values()[row]);
            }
        }
        return parameters;
    }

    /** Reorders (n, k) or (n, C, H, W) to one row per output unit or channel. */
    private static DMatrixRMaj rowsPerOutput(Array array, int outputs) {
        int examples = array.size(0);
        int pixels = array.length() / Math.max(1, examples * outputs);
        DMatrixRMaj rows = new DMatrixRMaj(outputs, examples * pixels);
        for (int example = 0; example < examples; example++) {
            for (int output = 0; output < outputs; output++) {
                System.arraycopy(
                        array.values(),
                        (example * outputs + output) * pixels,
                        rows.data,
                        output * rows.numCols + example * pixels,
                        pixels);
            }
        }
        return rows;
    }

    /**
     * Puts one row per output back into the shape of a network's outputs.
     *
     * @param rows k × (inputs times places), not changed
     * @param network whose outputs they are
     * @param inputs of that network
     * @return fresh, in the shape of the network's outputs on the inputs
     */
    public static Array inOutputShape(DMatrixRMaj rows, LinearMap network, Array inputs) {
        int[] shape = network.outputShape(inputs.shape());
        int pixels = network instanceof Cnn ? shape[2] * shape[3] : 1;
        int outputs = shape[1];
        double[] values = new double[shape[0] * outputs * pixels];
        for (int example = 0; example < shape[0]; example++) {
            for (int output = 0; output < outputs; output++) {
                int from = output * rows.numCols + example * pixels;
                System.arraycopy(rows.data, from, values, (example * outputs + output) * pixels, pixels);
            }
        }
        return Array.of(values, shape);
    }
}
