package org.idem.training.convolution;

/**
 * The three matrices of a fast correlation of tiles of 4 outputs with kernels of side 3, 5 or 7: y = Aᵀ[(G w) ⊙ (B d)],
 * in two dimensions on both sides, for d of length 4 + side − 1.
 *
 * <p>They multiply polynomials w(x) and v(x) modulo x, x − p and x + p for every point p, x² + 1 and ∞ (Toom and Cook,
 * Winograd), transposed in v to correlate. Real points alone make sums that cancel almost wholly: with 0, ±1/2, ±1, ±2
 * and ∞ the errors of outputs for side 5 are 12 times those of direct sums, in root mean square. The complex points ±i,
 * a row more because a product of complex numbers takes three of real ones, bring that down to 1.7 times (after
 * Barabasz and Gregg, doi:10.1007/978-3-030-29611-7_20). The points ±3/4 and ±11/8 for side 5, and ±1/2, ±1 and ±7/4
 * for side 7, are, among multiples of 1/8, about the best for the standard deviation of these errors with independent
 * normal inputs and weights; A and G are exact in 32 bits.
 */
final class WinogradTransform {
    /** Outputs in a row or column of a tile, m. */
    static final int TILE = 4;

    private final int kernel;
    private final double[] points;

    /** Matrices have rows for 0, for every p and −p, three for ±i, and one for ∞. */
    private final int rows;

    private WinogradTransform(int kernel, double... points) {
        this.kernel = kernel;
        this.points = points;
        rows = 2 * points.length + 5;
    }

    /** Whether there are matrices for a kernel's side. */
    static boolean exists(int kernel) {
        return kernel == 3 || kernel == 5 || kernel == 7;
    }

    static WinogradTransform of(int kernel) {
        return switch (kernel) {
            case 3 -> new WinogradTransform(3, 1);
            case 5 -> new WinogradTransform(5, 0.75, 1.375);
            case 7 -> new WinogradTransform(7, 0.5, 1, 1.75);
            default -> throw new IllegalArgumentException("the kernel's side must be 3, 5 or 7, but was " + kernel);
        };
    }

    /** Rows r of every matrix: the products per output tile and dimension. */
    int rows() {
        return rows;
    }

    /** How many rows from row 1 on are pairs as in {@link PairedMap}. */
    int pairs() {
        return points.length + 1;
    }

    /** A, r × 4. */
    double[][] outputs() {
        return values(TILE);
    }

    /** G, r × side. */
    double[][] weights() {
        return values(kernel);
    }

    /** Values of x^0, …, x^(n − 1): at i as real plus imaginary part, real minus imaginary part, imaginary part. */
    private double[][] values(int n) {
        double[][] values = new double[rows][n];
        values[0][0] = 1;
        values[rows - 1][n - 1] = 1;
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < points.length; k++) {
                values[2 * k + 1][j] = Math.pow(points[k], j);
                values[2 * k + 2][j] = Math.pow(-points[k], j);
            }
            // i^j is 1, i, −1, −i
            double sign = j % 4 < 2 ? 1 : -1;
            values[rows - 4][j] = sign;
            values[rows - 3][j] = j % 2 == 0 ? sign : -sign;
            values[rows - 2][j] = j % 2 == 0 ? 0 : sign;
        }
        return values;
    }

    /**
     * B, r × (4 + side − 1): the coefficients with which the products' values enter the product, by Chinese remainders.
     */
    double[][] inputs() {
        int length = TILE + kernel - 1;
        // x Π(x² − p²), odd
        double[] real = {0, 1};
        for (double point : points) {
            real = times(real, -point * point, 1);
        }
        double[] all = times(real, 1, 1);
        double[][] matrix = new double[rows][length];
        matrix[rows - 1] = all;
        // all / x, at 0 the product of −p²
        System.arraycopy(all, 1, matrix[0], 0, length - 1);
        double atZero = all[1];
        for (int j = 0; j < length; j++) {
            matrix[0][j] /= atZero;
        }
        fillPoints(matrix);
        fillImaginary(matrix, real);
        return matrix;
    }

    /** Two rows for each pair of points ±p. */
    private void fillPoints(double[][] matrix) {
        for (int k = 0; k < points.length; k++) {
            double p = points[k];
            // all / (x² − p²), odd, whose value at ±p is ± that at p
            double[] others = {0, 1};
            for (int l = 0; l < points.length; l++) {
                others = l == k ? others : times(others, -points[l] * points[l], 1);
            }
            others = times(others, 1, 1);
            double slope = 2 * p * at(others, p);
            for (int j = 0; j < others.length; j++) {
                // (x + p) others / (2p others(p)) and (x − p) others / (2p others(p))
                matrix[2 * k + 1][j] += p * others[j] / slope;
                matrix[2 * k + 1][j + 1] += others[j] / slope;
                matrix[2 * k + 2][j] -= p * others[j] / slope;
                matrix[2 * k + 2][j + 1] += others[j] / slope;
            }
        }
    }

    /** Three rows for the points ±i. */
    private void fillImaginary(double[][] matrix, double[] real) {
        // real(i) = i c, so that −x real / c is 1 and real / c is i modulo x² + 1
        double c = 1;
        for (double point : points) {
            c *= -(1 + point * point);
        }
        for (int j = 0; j < real.length; j++) {
            // from sum s, difference t and product z of imaginary parts: real (s + t)/2 − 2z, imaginary (s − t)/2
            matrix[rows - 4][j + 1] -= real[j] / (2 * c);
            matrix[rows - 3][j + 1] -= real[j] / (2 * c);
            matrix[rows - 2][j + 1] += 2 * real[j] / c;
            matrix[rows - 4][j] += real[j] / (2 * c);
            matrix[rows - 3][j] -= real[j] / (2 * c);
        }
    }

    /** The polynomial times (a + b x²). */
    private static double[] times(double[] polynomial, double a, double b) {
        double[] product = new double[polynomial.length + 2];
        for (int j = 0; j < polynomial.length; j++) {
            product[j] += a * polynomial[j];
            product[j + 2] += b * polynomial[j];
        }
        return product;
    }

    private static double at(double[] polynomial, double x) {
        double value = 0;
        for (int j = polynomial.length - 1; j >= 0; j--) {
            value = value * x + polynomial[j];
        }
        return value;
    }
}
