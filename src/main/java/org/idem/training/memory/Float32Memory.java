package org.idem.training.memory;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_saxpy;
import static org.bytedeco.openblas.global.openblas.cblas_scopy;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas.cblas_sgemv;
import static org.bytedeco.openblas.global.openblas.cblas_sger;
import static org.bytedeco.openblas.global.openblas.cblas_snrm2;
import static org.bytedeco.openblas.global.openblas.cblas_sscal;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** 32-bit numbers; scalars are rounded to 32 bits before use. */
public final class Float32Memory implements Memory {
    /** Where a thread rounds or widens numbers, as many at a time as stay in cache. */
    private static final ThreadLocal<float[]> ROUNDED = ThreadLocal.withInitial(() -> new float[1 << 12]);

    /** Keeps the native memory alive for as long as a view of it is in use. */
    private final INDArray owner;

    private final FloatPointer pointer;
    private final long length;
    private @Nullable FloatBuffer whole;

    Float32Memory(INDArray owner) {
        this(owner, new FloatPointer(owner.data().addressPointer()), owner.length());
    }

    private Float32Memory(INDArray owner, FloatPointer pointer, long length) {
        this.owner = owner;
        this.pointer = pointer;
        this.length = length;
    }

    @Override
    public INDArray owner() {
        return owner;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public long address() {
        return pointer.address() + pointer.position() * Float.BYTES;
    }

    @Override
    public Memory part(long offset, long length) {
        Objects.checkFromIndexSize(offset, length, this.length);
        return new Float32Memory(owner, at(offset), length);
    }

    private FloatPointer at(long offset) {
        return new FloatPointer(pointer).position(pointer.position() + offset);
    }

    @Override
    public void write(double[] values) {
        need(values.length);
        float[] rounded = new float[values.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) values[i];
        }
        put(0, rounded, 0, rounded.length);
    }

    @Override
    public void read(double[] into) {
        need(into.length);
        float[] values = new float[into.length];
        get(0, values, 0, values.length);
        for (int i = 0; i < values.length; i++) {
            into[i] = values[i];
        }
    }

    @Override
    public void store(long offset, double[] values, int n) {
        Objects.checkFromIndexSize(offset, n, length);
        float[] rounded = ROUNDED.get();
        for (int from = 0; from < n; from += Math.min(n - from, rounded.length)) {
            int count = Math.min(n - from, rounded.length);
            for (int i = 0; i < count; i++) {
                rounded[i] = (float) values[from + i];
            }
            put(offset + from, rounded, 0, count);
        }
    }

    @Override
    public void load(long offset, double[] into, int n) {
        Objects.checkFromIndexSize(offset, n, length);
        float[] values = ROUNDED.get();
        for (int from = 0; from < n; from += Math.min(n - from, values.length)) {
            int count = Math.min(n - from, values.length);
            get(offset + from, values, 0, count);
            for (int i = 0; i < count; i++) {
                into[from + i] = values[i];
            }
        }
    }

    /**
     * Overwrites elements from an offset on, bit for bit.
     *
     * @param offset first element to overwrite
     * @param values at least first + n numbers
     * @param first of the n that are written
     * @param n number of elements
     */
    public void store(long offset, float[] values, int first, int n) {
        Objects.checkFromIndexSize(offset, n, length);
        put(offset, values, first, n);
    }

    /**
     * Reads elements from an offset on, bit for bit.
     *
     * @param offset first element to read
     * @param into gets the elements
     * @param first place of the first of them
     * @param n number of elements
     */
    public void load(long offset, float[] into, int first, int n) {
        Objects.checkFromIndexSize(offset, n, length);
        get(offset, into, first, n);
    }

    @Override
    public void multiplyVector(boolean transpose, int m, int n, double alpha, Memory a, Memory x, double beta) {
        need(transpose ? n : m);
        a.need((long) m * n);
        x.need(transpose ? m : n);
        cblas_sgemv(
                CblasRowMajor,
                transpose ? CblasTrans : CblasNoTrans,
                m,
                n,
                (float) alpha,
                ((Float32Memory) a).pointer,
                n,
                ((Float32Memory) x).pointer,
                1,
                (float) beta,
                pointer,
                1);
    }

    @Override
    public void addOuter(int m, int n, double alpha, Memory x, Memory y) {
        need((long) m * n);
        x.need(m);
        y.need(n);
        cblas_sger(
                CblasRowMajor,
                m,
                n,
                (float) alpha,
                ((Float32Memory) x).pointer,
                1,
                ((Float32Memory) y).pointer,
                1,
                pointer,
                n);
    }

    @Override
    public void copy(int n, Memory x) {
        need(n);
        x.need(n);
        cblas_scopy(n, ((Float32Memory) x).pointer, 1, pointer, 1);
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
        need((long) m * n);
        a.need((long) m * k);
        b.need((long) k * n);
        cblas_sgemm(
                CblasRowMajor,
                transposeA ? CblasTrans : CblasNoTrans,
                transposeB ? CblasTrans : CblasNoTrans,
                m,
                n,
                k,
                (float) alpha,
                ((Float32Memory) a).pointer,
                transposeA ? m : k,
                ((Float32Memory) b).pointer,
                transposeB ? k : n,
                (float) beta,
                pointer,
                n);
    }

    @Override
    public void add(int n, double alpha, Memory x) {
        need(n);
        x.need(n);
        cblas_saxpy(n, (float) alpha, ((Float32Memory) x).pointer, 1, pointer, 1);
    }

    @Override
    public void scale(int n, double alpha) {
        need(n);
        cblas_sscal(n, (float) alpha, pointer, 1);
    }

    @Override
    public double norm(int n) {
        need(n);
        return cblas_snrm2(n, pointer, 1);
    }

    /** Not by a product, whose sum would be rounded to 32 bits. */
    @Override
    public double squares(int n) {
        double norm = norm(n);
        return norm * norm;
    }

    /** This matrix ← op(a)·op(b) + β·this; the views were checked, and this one is not transposed. */
    static void multiply(MatrixView into, MatrixView a, MatrixView b, double beta) {
        cblas_sgemm(
                CblasRowMajor,
                a.transposed() ? CblasTrans : CblasNoTrans,
                b.transposed() ? CblasTrans : CblasNoTrans,
                into.rows(),
                into.columns(),
                a.transposed() ? a.rows() : a.columns(),
                1,
                a.memory().pointer,
                a.stride(),
                b.memory().pointer,
                b.stride(),
                (float) beta,
                into.memory().pointer,
                into.stride());
    }

    /**
     * Where the elements start, for native libraries.
     *
     * @return a pointer at position 0 that is valid only while this memory is reachable
     */
    public FloatPointer start() {
        return new FloatPointer(pointer).position(0).getPointer(pointer.position());
    }

    /**
     * The first n elements as a buffer that shares them.
     *
     * @param n number of elements
     * @return a buffer that is valid only while this memory is reachable
     */
    public FloatBuffer buffer(int n) {
        need(n);
        long first = pointer.position();
        return new FloatPointer(pointer).position(first).limit(first + n).asBuffer();
    }

    /**
     * All elements as a buffer, which copies blocks several times as fast as the pointer does. It is made once, because
     * making one takes as long as copying thousands of numbers.
     *
     * @return null if a buffer cannot hold them
     */
    private @Nullable FloatBuffer whole() {
        if (whole == null && length > 0 && length <= Integer.MAX_VALUE / Float.BYTES) {
            whole = buffer((int) length);
        }
        return whole;
    }

    private void put(long offset, float[] values, int first, int n) {
        FloatBuffer buffer = whole();
        if (buffer == null) {
            at(offset).put(values, first, n);
        } else {
            try {
                buffer.put((int) offset, values, first, n);
            } finally {
                Reference.reachabilityFence(owner);
            }
        }
    }

    private void get(long offset, float[] values, int first, int n) {
        FloatBuffer buffer = whole();
        if (buffer == null) {
            at(offset).get(values, first, n);
        } else {
            try {
                buffer.get((int) offset, values, first, n);
            } finally {
                Reference.reachabilityFence(owner);
            }
        }
    }
}
