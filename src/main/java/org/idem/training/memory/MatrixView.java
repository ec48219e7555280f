package org.idem.training.memory;

/**
 * A matrix of 32-bit numbers whose rows may lie further apart than they are long, or its transpose.
 *
 * @param memory starts with the first row
 * @param rows of the matrix as it is stored, at least 0
 * @param columns of the matrix as it is stored, at least 0
 * @param stride elements from one row to the next, at least columns
 * @param transposed whether the transpose is meant
 */
public record MatrixView(Float32Memory memory, int rows, int columns, int stride, boolean transposed) {
    /** Checks that the memory holds the rows. */
    public MatrixView {
        if (!(rows >= 0 && columns >= 0 && stride >= Math.max(1, columns))) {
            throw new IllegalArgumentException("a stride must be at least the columns of a matrix, got " + stride
                    + " for " + rows + " × " + columns);
        }
        memory.need(rows == 0 ? 0 : (rows - 1L) * stride + columns);
    }

    /**
     * A matrix as it is stored.
     *
     * @param memory starts with the first row
     * @param rows at least 0
     * @param columns at least 0
     * @param stride elements from one row to the next, at least columns
     */
    public MatrixView(Float32Memory memory, int rows, int columns, int stride) {
        this(memory, rows, columns, stride, false);
    }

    /**
     * The transpose, which shares the elements.
     *
     * @return a view of the same memory
     */
    public MatrixView transpose() {
        return new MatrixView(memory, rows, columns, stride, !transposed);
    }

    private int height() {
        return transposed ? columns : rows;
    }

    private int width() {
        return transposed ? rows : columns;
    }

    /**
     * this ← a·b + β·this.
     *
     * @param a as many rows as this
     * @param b as many columns as this, as many rows as a has columns
     * @param beta β; 0 overwrites this, whatever it held
     * @throws IllegalArgumentException if the shapes do not fit, or if this is a transpose
     */
    public void setProduct(MatrixView a, MatrixView b, double beta) {
        if (transposed || a.height() != rows || b.width() != columns || a.width() != b.height()) {
            throw new IllegalArgumentException("shapes of a product must fit, got " + this + " ← " + a + " · " + b);
        }
        Float32Memory.multiply(this, a, b, beta);
    }

    /** The shape, as 2 × 3ᵀ. */
    @Override
    public String toString() {
        return rows + " × " + columns + (transposed ? "ᵀ" : "");
    }
}
