package org.idem.training.memory;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_daxpy;
import static org.bytedeco.openblas.global.openblas.cblas_dcopy;
import static org.bytedeco.openblas.global.openblas.cblas_ddot;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas.cblas_dgemv;
import static org.bytedeco.openblas.global.openblas.cblas_dger;
import static org.bytedeco.openblas.global.openblas.cblas_dnrm2;
import static org.bytedeco.openblas.global.openblas.cblas_dscal;

import java.lang.ref.Reference;
import java.nio.DoubleBuffer;
import java.util.Objects;
import org.bytedeco.javacpp.DoublePointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** 64-bit numbers. */
final class Float64Memory implements Memory {
    /** Keeps the native memory alive for as long as a view of it is in use. */
    private final INDArray owner;

    private final DoublePointer pointer;
    private final long length;
    private @Nullable DoubleBuffer whole;

    Float64Memory(INDArray owner) {
        this(owner, new DoublePointer(owner.data().addressPointer()), owner.length());
    }

    private Float64Memory(INDArray owner, DoublePointer pointer, long length) {
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
        return pointer.address() + pointer.position() * Double.BYTES;
    }

    @Override
    public Memory part(long offset, long length) {
        Objects.checkFromIndexSize(offset, length, this.length);
        return new Float64Memory(owner, at(offset), length);
    }

    private DoublePointer at(long offset) {
        return new DoublePointer(pointer).position(pointer.position() + offset);
    }

    @Override
    public void write(double[] values) {
        need(values.length);
        put(0, values, values.length);
    }

    @Override
    public void read(double[] into) {
        need(into.length);
        get(0, into, into.length);
    }

    @Override
    public void store(long offset, double[] values, int n) {
        Objects.checkFromIndexSize(offset, n, length);
        put(offset, values, n);
    }

    @Override
    public void load(long offset, double[] into, int n) {
        Objects.checkFromIndexSize(offset, n, length);
        get(offset, into, n);
    }

    @Override
    public void multiplyVector(boolean transpose, int m, int n, double alpha, Memory a, Memory x, double beta) {
        need(transpose ? n : m);
        a.need((long) m * n);
        x.need(transpose ? m : n);
        cblas_dgemv(
                CblasRowMajor,
                transpose ? CblasTrans : CblasNoTrans,
                m,
                n,
                alpha,
                ((Float64Memory) a).pointer,
                n,
                ((Float64Memory) x).pointer,
                1,
                beta,
                pointer,
                1);
    }

    @Override
    public void addOuter(int m, int n, double alpha, Memory x, Memory y) {
        need((long) m * n);
        x.need(m);
        y.need(n);
        cblas_dger(
                CblasRowMajor, m, n, alpha, ((Float64Memory) x).pointer, 1, ((Float64Memory) y).pointer, 1, pointer, n);
    }

    @Override
    public void copy(int n, Memory x) {
        need(n);
        x.need(n);
        cblas_dcopy(n, ((Float64Memory) x).pointer, 1, pointer, 1);
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
        cblas_dgemm(
                CblasRowMajor,
                transposeA ? CblasTrans : CblasNoTrans,
                transposeB ? CblasTrans : CblasNoTrans,
                m,
                n,
                k,
                alpha,
                ((Float64Memory) a).pointer,
                transposeA ? m : k,
                ((Float64Memory) b).pointer,
                transposeB ? k : n,
                beta,
                pointer,
                n);
    }

    @Override
    public void add(int n, double alpha, Memory x) {
        need(n);
        x.need(n);
        cblas_daxpy(n, alpha, ((Float64Memory) x).pointer, 1, pointer, 1);
    }

    @Override
    public void scale(int n, double alpha) {
        need(n);
        cblas_dscal(n, alpha, pointer, 1);
    }

    @Override
    public double norm(int n) {
        need(n);
        return cblas_dnrm2(n, pointer, 1);
    }

    @Override
    public double squares(int n) {
        need(n);
        return cblas_ddot(n, pointer, 1, pointer, 1);
    }

    /**
     * All elements as a buffer, which copies blocks several times as fast as the pointer does. It is made once, because
     * making one takes as long as copying thousands of numbers.
     *
     * @return null if a buffer cannot hold them
     */
    private @Nullable DoubleBuffer whole() {
        if (whole == null && length > 0 && length <= Integer.MAX_VALUE / Double.BYTES) {
            long first = pointer.position();
            whole = new DoublePointer(pointer)
                    .position(first)
                    .limit(first + length)
                    .asBuffer();
        }
        return whole;
    }

    private void put(long offset, double[] values, int n) {
        DoubleBuffer buffer = whole();
        if (buffer == null) {
            at(offset).put(values, 0, n);
        } else {
            try {
                buffer.put((int) offset, values, 0, n);
            } finally {
                Reference.reachabilityFence(owner);
            }
        }
    }

    private void get(long offset, double[] values, int n) {
        DoubleBuffer buffer = whole();
        if (buffer == null) {
            at(offset).get(values, 0, n);
        } else {
            try {
                buffer.get((int) offset, values, 0, n);
            } finally {
                Reference.reachabilityFence(owner);
            }
        }
    }
}
