package org.idem.training.memory;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_daxpy;
import static org.bytedeco.openblas.global.openblas.cblas_dcopy;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas.cblas_dgemv;
import static org.bytedeco.openblas.global.openblas.cblas_dger;
import static org.bytedeco.openblas.global.openblas.cblas_dnrm2;
import static org.bytedeco.openblas.global.openblas.cblas_dscal;
import static org.bytedeco.openblas.global.openblas.cblas_saxpy;
import static org.bytedeco.openblas.global.openblas.cblas_scopy;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas.cblas_sgemv;
import static org.bytedeco.openblas.global.openblas.cblas_sger;
import static org.bytedeco.openblas.global.openblas.cblas_snrm2;
import static org.bytedeco.openblas.global.openblas.cblas_sscal;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.idem.array.Precision;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A vector of 32-bit or 64-bit numbers on ND4J's native memory, with the few BLAS calls that training needs.
 *
 * <p>Matrices are stored row by row from the start of a memory, without gaps. Every operation is rounded in the format
 * of the memory, and all memories of one call must have the same format. A memory does not know its length: no index is
 * checked, and reading or writing past the end is undefined. Results never overlap with operands unless an operation
 * says so. NaN and infinite numbers go through sums and products as IEEE 754 says; where a factor α or β is 0, what it
 * multiplies is ignored, even NaN.
 */
public sealed interface Memory {
    /**
     * Zeros. Small vectors are pieces of a larger allocation, which is freed when none of its pieces is in use.
     *
     * @param length number of elements, at least 0
     * @param precision format of the elements
     * @return a memory that shares no element with another, at the start of a cache line
     */
    static Memory allocate(long length, Precision precision) {
        return length <= Slab.MOST_NUMBERS ? Slab.take((int) length, precision) : fresh(length, precision);
    }

    /**
     * Zeros with an allocation of their own, starting at a cache line, so that no vector register's load crosses two
     * lines.
     *
     * @param length number of elements, at least 0
     * @param precision format of the elements
     * @return the memory
     */
    static Memory fresh(long length, Precision precision) {
        int line = CACHE_LINE / (precision == Precision.FLOAT32 ? Float.BYTES : Double.BYTES);
        Memory whole = precision == Precision.FLOAT32
                ? new Float32(Nd4j.zeros(DataType.FLOAT, length + line))
                : new Float64(Nd4j.zeros(DataType.DOUBLE, length + line));
        long beyond = whole.address() % CACHE_LINE * line / CACHE_LINE;
        return beyond == 0 ? whole : whole.from(line - beyond);
    }

    /** Bytes of a cache line. */
    int CACHE_LINE = 64;

    /**
     * Address of the first element.
     *
     * @return bytes from the start of the process's address space
     */
    long address();

    /**
     * A memory with given elements.
     *
     * @param values copied and rounded to the precision; a finite number that overflows float32 becomes infinite
     * @param precision format of the elements
     * @return a memory as long as the values
     */
    static Memory of(double[] values, Precision precision) {
        Memory memory = allocate(values.length, precision);
        memory.write(values);
        return memory;
    }

    /**
     * A view of the elements from an offset on.
     *
     * @param offset in elements, at least 0
     * @return a memory that shares these elements
     */
    Memory from(long offset);

    /**
     * Overwrites the first elements.
     *
     * @param values as many as are overwritten; rounded to the format of the memory
     */
    void write(double[] values);

    /**
     * Reads the first elements, exactly.
     *
     * @param into as many as are read
     */
    void read(double[] into);

    /**
     * Overwrites elements from an offset on.
     *
     * @param offset first element to overwrite
     * @param values at least n numbers, of which the first n are rounded and written
     * @param n number of elements
     */
    void store(long offset, double[] values, int n);

    /**
     * Reads elements from an offset on, exactly.
     *
     * @param offset first element to read
     * @param into gets the elements in its first n places
     * @param n number of elements
     */
    void load(long offset, double[] into, int n);

    /**
     * This m × n matrix ← α·op(a)·op(b) + β·this, where op(x) is x or its transpose.
     *
     * @param transposeA whether op(a) = aᵀ
     * @param transposeB whether op(b) = bᵀ
     * @param m rows of op(a) and of this
     * @param n columns of op(b) and of this
     * @param k columns of op(a), rows of op(b)
     * @param alpha α; 0 ignores a and b
     * @param a m × k, or k × m if it is transposed
     * @param b k × n, or n × k if it is transposed
     * @param beta β; 0 overwrites this, whatever it held
     */
    void multiply(
            boolean transposeA, boolean transposeB, int m, int n, int k, double alpha, Memory a, Memory b, double beta);

    /**
     * This vector ← α·op(a)·x + β·this, where op(a) is a or its transpose.
     *
     * @param transpose whether op(a) = aᵀ
     * @param m rows of a, before it is transposed
     * @param n columns of a, before it is transposed
     * @param alpha α; 0 ignores a and x
     * @param a m × n
     * @param x n numbers, or m if a is transposed
     * @param beta β; 0 overwrites this, whatever it held
     */
    void multiplyVector(boolean transpose, int m, int n, double alpha, Memory a, Memory x, double beta);

    /**
     * This m × n matrix ← this + α·x·yᵀ.
     *
     * @param m rows of this
     * @param n columns of this
     * @param alpha α
     * @param x m numbers
     * @param y n numbers
     */
    void addOuter(int m, int n, double alpha, Memory x, Memory y);

    /**
     * this ← x over the first n elements, bit for bit.
     *
     * @param n number of elements
     * @param x at least n numbers
     */
    void copy(int n, Memory x);

    /**
     * this ← this + α·x over the first n elements.
     *
     * @param n number of elements
     * @param alpha α; 0 leaves this as it is
     * @param x at least n numbers; may be this memory
     */
    void add(int n, double alpha, Memory x);

    /**
     * this ← α·this over the first n elements.
     *
     * @param n number of elements
     * @param alpha α; 0 gives zeros
     */
    void scale(int n, double alpha);

    /**
     * Euclidean norm of the first n elements, without overflow or underflow of their squares.
     *
     * @param n number of elements
     * @return at least 0; 0 for no elements, NaN if one of them is NaN
     */
    double norm(int n);

    /** 64-bit numbers. */
    final class Float64 implements Memory {
        /** Keeps the native memory alive for as long as a view of it is in use. */
        private final INDArray owner;

        private final DoublePointer pointer;

        Float64(INDArray owner) {
            this(owner, new DoublePointer(owner.data().addressPointer()));
        }

        private Float64(INDArray owner, DoublePointer pointer) {
            this.owner = owner;
            this.pointer = pointer;
        }

        @Override
        public long address() {
            return pointer.address();
        }

        @Override
        public Memory from(long offset) {
            return new Float64(owner, new DoublePointer(pointer).position(pointer.position() + offset));
        }

        @Override
        public void write(double[] values) {
            pointer.put(values, 0, values.length);
        }

        @Override
        public void read(double[] into) {
            pointer.get(into, 0, into.length);
        }

        @Override
        public void store(long offset, double[] values, int n) {
            new DoublePointer(pointer).position(pointer.position() + offset).put(values, 0, n);
        }

        @Override
        public void load(long offset, double[] into, int n) {
            new DoublePointer(pointer).position(pointer.position() + offset).get(into, 0, n);
        }

        @Override
        public void multiplyVector(boolean transpose, int m, int n, double alpha, Memory a, Memory x, double beta) {
            cblas_dgemv(
                    CblasRowMajor,
                    transpose ? CblasTrans : CblasNoTrans,
                    m,
                    n,
                    alpha,
                    ((Float64) a).pointer,
                    n,
                    ((Float64) x).pointer,
                    1,
                    beta,
                    pointer,
                    1);
        }

        @Override
        public void addOuter(int m, int n, double alpha, Memory x, Memory y) {
            cblas_dger(CblasRowMajor, m, n, alpha, ((Float64) x).pointer, 1, ((Float64) y).pointer, 1, pointer, n);
        }

        @Override
        public void copy(int n, Memory x) {
            cblas_dcopy(n, ((Float64) x).pointer, 1, pointer, 1);
        }

        @Override
        public void multiply(
                boolean transposeA,
                boolean transposeB,
                int m,
                int n,
                int k,
                double alpha,
                Memory a,
                Memory b,
                double beta) {
            cblas_dgemm(
                    CblasRowMajor,
                    transposeA ? CblasTrans : CblasNoTrans,
                    transposeB ? CblasTrans : CblasNoTrans,
                    m,
                    n,
                    k,
                    alpha,
                    ((Float64) a).pointer,
                    transposeA ? m : k,
                    ((Float64) b).pointer,
                    transposeB ? k : n,
                    beta,
                    pointer,
                    n);
        }

        @Override
        public void add(int n, double alpha, Memory x) {
            cblas_daxpy(n, alpha, ((Float64) x).pointer, 1, pointer, 1);
        }

        @Override
        public void scale(int n, double alpha) {
            cblas_dscal(n, alpha, pointer, 1);
        }

        @Override
        public double norm(int n) {
            return cblas_dnrm2(n, pointer, 1);
        }
    }

    /** 32-bit numbers; scalars are rounded to 32 bits before use. */
    final class Float32 implements Memory {
        private final INDArray owner;
        private final FloatPointer pointer;

        Float32(INDArray owner) {
            this(owner, new FloatPointer(owner.data().addressPointer()));
        }

        private Float32(INDArray owner, FloatPointer pointer) {
            this.owner = owner;
            this.pointer = pointer;
        }

        @Override
        public long address() {
            return pointer.address();
        }

        @Override
        public Memory from(long offset) {
            return new Float32(owner, new FloatPointer(pointer).position(pointer.position() + offset));
        }

        @Override
        public void write(double[] values) {
            float[] rounded = new float[values.length];
            for (int i = 0; i < rounded.length; i++) {
                rounded[i] = (float) values[i];
            }
            pointer.put(rounded, 0, rounded.length);
        }

        @Override
        public void read(double[] into) {
            float[] values = new float[into.length];
            pointer.get(values, 0, values.length);
            for (int i = 0; i < values.length; i++) {
                into[i] = values[i];
            }
        }

        @Override
        public void store(long offset, double[] values, int n) {
            float[] rounded = new float[n];
            for (int i = 0; i < n; i++) {
                rounded[i] = (float) values[i];
            }
            new FloatPointer(pointer).position(pointer.position() + offset).put(rounded, 0, n);
        }

        @Override
        public void load(long offset, double[] into, int n) {
            float[] values = new float[n];
            new FloatPointer(pointer).position(pointer.position() + offset).get(values, 0, n);
            for (int i = 0; i < n; i++) {
                into[i] = values[i];
            }
        }

        @Override
        public void multiplyVector(boolean transpose, int m, int n, double alpha, Memory a, Memory x, double beta) {
            cblas_sgemv(
                    CblasRowMajor,
                    transpose ? CblasTrans : CblasNoTrans,
                    m,
                    n,
                    (float) alpha,
                    ((Float32) a).pointer,
                    n,
                    ((Float32) x).pointer,
                    1,
                    (float) beta,
                    pointer,
                    1);
        }

        @Override
        public void addOuter(int m, int n, double alpha, Memory x, Memory y) {
            cblas_sger(
                    CblasRowMajor, m, n, (float) alpha, ((Float32) x).pointer, 1, ((Float32) y).pointer, 1, pointer, n);
        }

        @Override
        public void copy(int n, Memory x) {
            cblas_scopy(n, ((Float32) x).pointer, 1, pointer, 1);
        }

        @Override
        public void multiply(
                boolean transposeA,
                boolean transposeB,
                int m,
                int n,
                int k,
                double alpha,
                Memory a,
                Memory b,
                double beta) {
            cblas_sgemm(
                    CblasRowMajor,
                    transposeA ? CblasTrans : CblasNoTrans,
                    transposeB ? CblasTrans : CblasNoTrans,
                    m,
                    n,
                    k,
                    (float) alpha,
                    ((Float32) a).pointer,
                    transposeA ? m : k,
                    ((Float32) b).pointer,
                    transposeB ? k : n,
                    (float) beta,
                    pointer,
                    n);
        }

        @Override
        public void add(int n, double alpha, Memory x) {
            cblas_saxpy(n, (float) alpha, ((Float32) x).pointer, 1, pointer, 1);
        }

        @Override
        public void scale(int n, double alpha) {
            cblas_sscal(n, (float) alpha, pointer, 1);
        }

        @Override
        public double norm(int n) {
            return cblas_snrm2(n, pointer, 1);
        }

        /**
         * This m × n matrix ← op(a)·op(b) + β·this, where rows of each matrix may lie further apart than they are long.
         *
         * @param transposeA whether op(a) = aᵀ
         * @param transposeB whether op(b) = bᵀ
         * @param m rows of op(a) and of this
         * @param n columns of op(b) and of this
         * @param k columns of op(a), rows of op(b)
         * @param a m × k, or k × m if it is transposed
         * @param rowA elements from one row of a to the next
         * @param b k × n, or n × k if it is transposed
         * @param rowB elements from one row of b to the next
         * @param beta β; 0 overwrites this, whatever it held
         * @param row elements from one row of this to the next
         */
        public void multiply(
                boolean transposeA,
                boolean transposeB,
                int m,
                int n,
                int k,
                Memory a,
                int rowA,
                Memory b,
                int rowB,
                double beta,
                int row) {
            cblas_sgemm(
                    CblasRowMajor,
                    transposeA ? CblasTrans : CblasNoTrans,
                    transposeB ? CblasTrans : CblasNoTrans,
                    m,
                    n,
                    k,
                    1,
                    ((Float32) a).pointer,
                    rowA,
                    ((Float32) b).pointer,
                    rowB,
                    (float) beta,
                    pointer,
                    row);
        }

        /**
         * The first n elements as a buffer that shares them.
         *
         * @param n number of elements
         * @return a buffer that is valid only while this memory is reachable
         */
        public FloatBuffer buffer(int n) {
            long first = pointer.position();
            return new FloatPointer(pointer).position(first).limit(first + n).asBuffer();
        }
    }
}
