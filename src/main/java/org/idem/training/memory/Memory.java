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

/** A vector on ND4J's native memory with the few BLAS calls that training needs; views share the memory. */
public sealed interface Memory {
    /** Zeros, small ones within a larger piece that several share. */
    static Memory allocate(long length, Precision precision) {
        return length <= Slab.MOST_NUMBERS ? Slab.take((int) length, precision) : fresh(length, precision);
    }

    /** Zeros that share their memory with no others, from the start of a cache line on: vectors then cross none. */
    static Memory fresh(long length, Precision precision) {
        int line = CACHE_LINE / (precision == Precision.FLOAT32 ? Float.BYTES : Double.BYTES);
        Memory whole = precision == Precision.FLOAT32
                ? new Float32(Nd4j.zeros(DataType.FLOAT, length + line))
                : new Float64(Nd4j.zeros(DataType.DOUBLE, length + line));
        long beyond = whole.address() % CACHE_LINE * line / CACHE_LINE;
        return beyond == 0 ? whole : whole.from(line - beyond);
    }

    /** Bytes that caches move at a time. */
    int CACHE_LINE = 64;

    /** Where the native memory starts. */
    long address();

    static Memory of(double[] values, Precision precision) {
        Memory memory = allocate(values.length, precision);
        memory.write(values);
        return memory;
    }

    /** The memory from an offset on, in elements. */
    Memory from(long offset);

    void write(double[] values);

    void read(double[] into);

    /** Writes the first n of some numbers from an offset on, in elements. */
    void store(long offset, double[] values, int n);

    /** Reads n numbers from an offset on, in elements. */
    void load(long offset, double[] into, int n);

    /** c ← α·op(a)·op(b) + β·c, row-major; op transposes where told; m × n with inner length k. */
    public void multiply(
            boolean transposeA, boolean transposeB, int m, int n, int k, double alpha, Memory a, Memory b, double beta);

    /** this ← α·op(a)·x + β·this, a row-major m × n before op transposes it where told. */
    void multiplyVector(boolean transpose, int m, int n, double alpha, Memory a, Memory x, double beta);

    /** this ← this + α·x·yᵀ, this row-major m × n. */
    void addOuter(int m, int n, double alpha, Memory x, Memory y);

    /** this ← x over the first n elements. */
    void copy(int n, Memory x);

    /** this ← this + α·x over the first n elements. */
    void add(int n, double alpha, Memory x);

    /** this ← α·this over the first n elements. */
    void scale(int n, double alpha);

    /** Euclidean norm of the first n elements. */
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

        /** As the other product, with α = 1 and rows of every matrix as far apart as told. */
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

        /** The first n numbers as a buffer, which is valid only while this memory is reachable. */
        public FloatBuffer buffer(int n) {
            long first = pointer.position();
            return new FloatPointer(pointer).position(first).limit(first + n).asBuffer();
        }
    }
}
