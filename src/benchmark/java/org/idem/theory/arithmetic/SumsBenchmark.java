package org.idem.theory.arithmetic;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.mult.VectorVectorMult_DDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Gram matrices and sums of products by {@link Gram} and {@link Dots}, beside the same by EJML. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SumsBenchmark {
    /** Columns of the matrix, whose Gram matrix is as large, and length of the sums. */
    @Param({"75", "784"})
    public int size;

    /** Share of rows that are zero, as patches beyond the border of an image are. */
    @Param({"0", "0.5"})
    public double zeros;

    private DMatrixRMaj matrix = new DMatrixRMaj(0, 0);
    private DMatrixRMaj left = new DMatrixRMaj(0, 0);
    private DMatrixRMaj right = new DMatrixRMaj(0, 0);

    /** Made by JMH. */
    public SumsBenchmark() {}

    /** Draws numbers. */
    @Setup
    public void prepare() {
        SplittableRandom random = new SplittableRandom(1);
        matrix = new DMatrixRMaj(784, size);
        for (int row = 0; row < matrix.numRows; row++) {
            boolean zero = random.nextDouble() < zeros;
            for (int column = 0; column < size; column++) {
                matrix.set(row, column, zero ? 0 : random.nextDouble());
            }
        }
        left = new DMatrixRMaj(1, size);
        right = new DMatrixRMaj(1, size);
        for (int i = 0; i < size; i++) {
            left.data[i] = random.nextDouble();
            right.data[i] = random.nextDouble();
        }
    }

    /**
     * XᵀX here.
     *
     * @return the Gram matrix
     */
    @Benchmark
    public DMatrixRMaj gram() {
        return Gram.of(matrix);
    }

    /**
     * XᵀX there.
     *
     * @return the Gram matrix
     */
    @Benchmark
    public DMatrixRMaj gramOfEjml() {
        DMatrixRMaj gram = new DMatrixRMaj(size, size);
        CommonOps_DDRM.multInner(matrix, gram);
        return gram;
    }

    /**
     * A sum of products here.
     *
     * @return the sum
     */
    @Benchmark
    public double dot() {
        return Dots.sum(left.data, right.data, size);
    }

    /**
     * A sum of products there.
     *
     * @return the sum
     */
    @Benchmark
    public double dotOfEjml() {
        return VectorVectorMult_DDRM.innerProd(left, right);
    }
}
