package org.idem.theory.exact;

import java.math.BigInteger;
import org.idem.network.exact.RationalArray;

/**
 * Moore–Penrose inverse without rounding.
 *
 * <p>With the columns B of A at the pivots and the rows C of its echelon form above the rank, A = B C has full-rank
 * factors, and A⁺ = Cᵀ (Bᵀ A Cᵀ)⁻¹ Bᵀ. Source: MacDuffee's theorem, in Ben-Israel and Greville, Generalized Inverses,
 * second edition, section 1.6, doi:10.1007/b97366.
 */
final class PseudoInverse {
    private PseudoInverse() {}

    /** A⁺, columns × rows; a zero matrix has a zero inverse. */
    static RationalMatrix of(RationalMatrix matrix) {
        RowReduction reduced = RowReduction.of(matrix);
        int rank = reduced.rank();
        if (rank == matrix.rows() && rank == matrix.columns()) {
            // an inverse is the only one; its fractions are half as long as those of the products below
            return RowReduction.solve(matrix, RationalMatrix.identity(rank));
        }
        if (rank == 0) {
            return new RationalMatrix(RationalArray.zeros(matrix.columns(), matrix.rows()));
        }
        BigInteger[] picked = new BigInteger[rank * matrix.rows()];
        for (int i = 0; i < picked.length; i++) {
            int column = reduced.pivots().get(i / matrix.rows());
            picked[i] = matrix.entries().numerator(i % matrix.rows() * matrix.columns() + column);
        }
        RationalMatrix basis =
                new RationalMatrix(RationalArray.over(picked, matrix.entries().denominator(), rank, matrix.rows()));
        RationalMatrix coordinates = reduced.echelon().rows(0, rank).transposed();
        return coordinates.times(RowReduction.solve(basis.times(matrix).times(coordinates), basis));
    }
}
