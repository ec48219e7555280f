package org.idem.training.convolution;

/**
 * How far rounding may take the results of {@link WinogradConvolution} from the exact ones, entry by entry.
 *
 * <p>Let u = 2⁻²⁴ and γ_n = n u / (1 − n u). One application of a transform, or of its transpose, rounds an entry of
 * its matrix, a product, at most five additions of a sum and one of a butterfly: its result is off by at most γ_8 times
 * that of the absolute matrix applied to absolute numbers; in two dimensions γ_16. A product of matrices with inner
 * length p adds γ_p, whatever the order of its sums, and overlapping tiles four additions. Since γ_j + γ_k + γ_j γ_k ≤
 * γ_(j+k), three transforms and one product are off by at most γ_(52 + p) times the same algorithm with absolute
 * matrices and absolute numbers, for example |A|ᵀ[Σ_c (|G| |w| |G|ᵀ) ⊙ (|B| |d| |B|ᵀ)]|A| for an output. The absolute
 * algorithm is evaluated in 64 bits here.
 */
final class WinogradBudget {
    private static final int TILE = WinogradTransform.TILE;

    final double[] outputs;
    final double[] weightGradient;
    final double[] inputGradient;

    WinogradBudget(ConvolutionShape shape, double[] weights, double[] inputs, double[] outputGradient) {
        this(Matrices.of(WinogradTransform.of(shape.kernel())), shape, weights, inputs, outputGradient);
    }

    /** A, r × 4, G, r × side, and B, r × (4 + side − 1); rows may be scaled if the products of their scales are 1. */
    record Matrices(double[][] outputs, double[][] weights, double[][] inputs) {
        static Matrices of(WinogradTransform transform) {
            return new Matrices(transform.outputs(), transform.weights(), transform.inputs());
        }

        /** Those of the polynomials' values at points and at ∞, for a kernel of side 3. */
        static Matrices ofPoints(double... points) {
            int rows = points.length + 1;
            double[][] outputs = new double[rows][TILE];
            double[][] weights = new double[rows][3];
            double[][] inputs = new double[rows][rows];
            for (int i = 0; i < points.length; i++) {
                double[] others = {1};
                double scale = 1;
                for (int k = 0; k < points.length; k++) {
                    others = k == i ? others : times(others, points[k]);
                    scale *= k == i ? 1 : points[i] - points[k];
                }
                for (int j = 0; j < others.length; j++) {
                    inputs[i][j] = others[j] / scale;
                }
                for (int j = 0; j < TILE; j++) {
                    outputs[i][j] = Math.pow(points[i], j);
                }
                for (int j = 0; j < 3; j++) {
                    weights[i][j] = Math.pow(points[i], j);
                }
            }
            double[] all = {1};
            for (double point : points) {
                all = times(all, point);
            }
            inputs[rows - 1] = all;
            outputs[rows - 1][TILE - 1] = 1;
            weights[rows - 1][2] = 1;
            return new Matrices(outputs, weights, inputs);
        }

        /** The polynomial times (x − root). */
        private static double[] times(double[] polynomial, double root) {
            double[] product = new double[polynomial.length + 1];
            for (int j = 0; j < polynomial.length; j++) {
                product[j] -= root * polynomial[j];
                product[j + 1] += polynomial[j];
            }
            return product;
        }
    }

    WinogradBudget(
            Matrices matrices, ConvolutionShape shape, double[] weights, double[] inputs, double[] outputGradient) {
        double[][] a = absolute(matrices.outputs());
        double[][] g = absolute(matrices.weights());
        double[][] b = absolute(matrices.inputs());
        int side = TILE + shape.kernel() - 1;
        int tileRows = (shape.outputRows() + TILE - 1) / TILE;
        int tileColumns = (shape.outputColumns() + TILE - 1) / TILE;
        int tiles = shape.images() * tileRows * tileColumns;
        double[][][][] v = new double[tiles][shape.channels()][][];
        double[][][][] d = new double[tiles][shape.outputs()][][];
        double[][][][] u = new double[shape.channels()][shape.outputs()][][];
        Plane in = new Plane(shape.rows(), shape.columns(), shape.channels());
        Plane out = new Plane(shape.outputRows(), shape.outputColumns(), shape.outputs());
        Plane taps = new Plane(shape.kernel(), shape.kernel(), shape.channels() * shape.outputs());
        for (int tile = 0; tile < tiles; tile++) {
            int image = tile / (tileRows * tileColumns);
            int top = tile / tileColumns % tileRows * TILE;
            int left = tile % tileColumns * TILE;
            for (int c = 0; c < shape.channels(); c++) {
                v[tile][c] = sandwich(b, in.cut(inputs, image, top, left, c, side), false);
            }
            for (int o = 0; o < shape.outputs(); o++) {
                d[tile][o] = sandwich(a, out.cut(outputGradient, image, top, left, o, TILE), false);
            }
        }
        for (int c = 0; c < shape.channels(); c++) {
            for (int o = 0; o < shape.outputs(); o++) {
                u[c][o] = sandwich(g, taps.cut(weights, 0, 0, 0, c * shape.outputs() + o, shape.kernel()), false);
            }
        }
        outputs = new double[shape.outputLength()];
        inputGradient = new double[shape.inputLength()];
        weightGradient = new double[shape.weightLength()];
        for (int tile = 0; tile < tiles; tile++) {
            int image = tile / (tileRows * tileColumns);
            int top = tile / tileColumns % tileRows * TILE;
            int left = tile % tileColumns * TILE;
            for (int o = 0; o < shape.outputs(); o++) {
                double[][] sum = new double[b.length][b.length];
                for (int c = 0; c < shape.channels(); c++) {
                    addProduct(sum, v[tile][c], u[c][o], gamma(shape.channels()));
                }
                out.add(sandwich(a, sum, true), outputs, image, top, left, o);
            }
            for (int c = 0; c < shape.channels(); c++) {
                double[][] sum = new double[b.length][b.length];
                for (int o = 0; o < shape.outputs(); o++) {
                    addProduct(sum, d[tile][o], u[c][o], gamma(shape.outputs()));
                }
                in.add(sandwich(b, sum, true), inputGradient, image, top, left, c);
            }
        }
        for (int c = 0; c < shape.channels(); c++) {
            for (int o = 0; o < shape.outputs(); o++) {
                double[][] sum = new double[b.length][b.length];
                for (int tile = 0; tile < tiles; tile++) {
                    addProduct(sum, v[tile][c], d[tile][o], gamma(tiles));
                }
                taps.add(sandwich(g, sum, true), weightGradient, 0, 0, 0, c * shape.outputs() + o);
            }
        }
    }

    private static double gamma(int inner) {
        double roundings = (52 + inner) * 0x1p-24;
        return roundings / (1 - roundings);
    }

    /** Images (image, row, column, channel), 0 outside. */
    private record Plane(int rows, int columns, int channels) {
        double[][] cut(double[] values, int image, int top, int left, int channel, int side) {
            double[][] tile = new double[side][side];
            for (int i = 0; i < side && top + i < rows; i++) {
                for (int j = 0; j < side && left + j < columns; j++) {
                    tile[i][j] = Math.abs(values[at(image, top + i, left + j, channel)]);
                }
            }
            return tile;
        }

        void add(double[][] tile, double[] values, int image, int top, int left, int channel) {
            for (int i = 0; i < tile.length && top + i < rows; i++) {
                for (int j = 0; j < tile.length && left + j < columns; j++) {
                    values[at(image, top + i, left + j, channel)] += tile[i][j];
                }
            }
        }

        private int at(int image, int row, int column, int channel) {
            return ((image * rows + row) * columns + column) * channels + channel;
        }
    }

    private static double[][] absolute(double[][] matrix) {
        double[][] result = new double[matrix.length][matrix[0].length];
        for (int i = 0; i < result.length; i++) {
            for (int j = 0; j < result[i].length; j++) {
                result[i][j] = Math.abs(matrix[i][j]);
            }
        }
        return result;
    }

    private static void addProduct(double[][] sum, double[][] x, double[][] y, double factor) {
        for (int i = 0; i < sum.length; i++) {
            for (int j = 0; j < sum.length; j++) {
                sum[i][j] += factor * x[i][j] * y[i][j];
            }
        }
    }

    /** m x mᵀ, or mᵀ x m. */
    private static double[][] sandwich(double[][] m, double[][] x, boolean transposed) {
        int n = transposed ? m[0].length : m.length;
        double[][] half = new double[n][x.length];
        double[][] result = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < x.length; k++) {
                double factor = transposed ? m[k][i] : m[i][k];
                for (int j = 0; j < x.length; j++) {
                    half[i][j] += factor * x[k][j];
                }
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < x.length; k++) {
                    result[i][j] += half[i][k] * (transposed ? m[k][j] : m[j][k]);
                }
            }
        }
        return result;
    }
}
