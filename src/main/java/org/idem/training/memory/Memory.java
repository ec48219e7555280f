package org.idem.training.memory;

import org.idem.array.Precision;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A vector of 32-bit or 64-bit numbers on ND4J's native memory, with the few BLAS calls that training needs.
 *
 * <p>Matrices are stored row by row from the start of a memory, without gaps. Every operation is rounded in the format
 * of the memory, and all memories of one call must have the same format. A memory knows its length: an operation that
 * would read or write past an end throws {@link IndexOutOfBoundsException}. Results never overlap with operands unless
 * an operation says so. NaN and infinite numbers go through sums and products as IEEE 754 says; where a factor α or β
 * is 0, what it multiplies is ignored, even NaN.
 */
public sealed interface Memory extends Numbers permits Float32Memory, Float64Memory {
    /**
     * Zeros. Small vectors are pieces of a larger allocation, which is freed when none of its pieces is in use; larger
     * ones belong to the {@link MemoryScope} that the calling thread has entered.
     *
     * @param length number of elements, at least 0
     * @param precision format of the elements
     * @return a memory that shares no element with another, at the start of a cache line
     */
    static Memory allocate(long length, Precision precision) {
        if (length <= Slab.MOST_NUMBERS) {
            return Slab.take((int) length, precision);
        }
        Memory fresh = fresh(length, precision);
        MemoryScope.entered().add(fresh.owner());
        return fresh;
    }

    /**
     * Zeros with an allocation of their own, starting at a cache line, so that no vector register's load crosses two
     * lines. It belongs to no scope.
     *
     * @param length number of elements, at least 0
     * @param precision format of the elements
     * @return the memory
     */
    static Memory fresh(long length, Precision precision) {
        int line = CACHE_LINE / (precision == Precision.FLOAT32 ? Float.BYTES : Double.BYTES);
        Memory whole = precision == Precision.FLOAT32
                ? new Float32Memory(Nd4j.zeros(DataType.FLOAT, length + line))
                : new Float64Memory(Nd4j.zeros(DataType.DOUBLE, length + line));
        long beyond = whole.address() % CACHE_LINE * line / CACHE_LINE;
        return whole.part(beyond == 0 ? 0 : line - beyond, length);
    }

    /**
     * What is freed when nobody uses this memory any more, nor others that share it.
     *
     * @return the array that this is a part of
     */
    INDArray owner();

    /** Bytes of a cache line. */
    int CACHE_LINE = 64;

    /**
     * Address of the first element.
     *
     * @return bytes from the start of the process's address space
     */
    long address();

    /**
     * Number of elements.
     *
     * @return at least 0
     */
    long length();

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
     * @return a memory that shares these elements, up to the end of this one
     */
    default Memory from(long offset) {
        return part(offset, length() - offset);
    }

    /**
     * A view of some elements.
     *
     * @param offset of the first one, at least 0
     * @param length number of elements, at least 0
     * @return a memory that shares these elements and ends where they end
     */
    Memory part(long offset, long length);

    /**
     * Checks that an operation stays within a memory.
     *
     * @param needed number of elements from the start that it reads or writes
     * @throws IndexOutOfBoundsException if the memory is shorter
     */
    default void need(long needed) {
        if (needed > length()) {
            throw new IndexOutOfBoundsException("a memory must hold " + needed + " numbers, got " + length());
        }
    }

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

    /**
     * Sum of squares of the first n elements, as a loss needs it: cheaper than the square of the norm in float64.
     *
     * @param n number of elements
     * @return at least 0; infinite where squares overflow, NaN if an element is NaN; squares that underflow are lost
     */
    double squares(int n);
}
