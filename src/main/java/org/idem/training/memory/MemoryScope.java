package org.idem.training.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Native memory that is freed together, at once: what a thread allocates while it has entered the scope, and objects of
 * native libraries that are given to it. Small pieces ({@link Memory#allocate}) and what is allocated outside of all
 * scopes are freed by the garbage collector.
 */
public final class MemoryScope implements AutoCloseable {
    private static final MemoryScope NONE = new MemoryScope(false);
    private static final ThreadLocal<MemoryScope> ENTERED = ThreadLocal.withInitial(() -> NONE);

    private final boolean frees;
    private final List<INDArray> owned = new ArrayList<>();
    private final List<Pointer> objects = new ArrayList<>();

    /** A scope without memory yet. */
    public MemoryScope() {
        this(true);
    }

    private MemoryScope(boolean frees) {
        this.frees = frees;
    }

    /**
     * The scope that the calling thread entered last.
     *
     * @return a scope that frees nothing if the thread is in none
     */
    public static MemoryScope entered() {
        return ENTERED.get();
    }

    /**
     * Takes what the calling thread allocates from now on, until it enters another scope.
     *
     * @return the scope that it entered before, to be entered again afterwards
     */
    public MemoryScope enter() {
        MemoryScope before = ENTERED.get();
        ENTERED.set(this);
        return before;
    }

    /**
     * Does work and frees the memory that it allocated.
     *
     * @param work whose result has none of it
     * @param <T> result
     * @return the result
     */
    public static <T> T within(Supplier<T> work) {
        try (MemoryScope scope = new MemoryScope()) {
            return scope.holding(work);
        }
    }

    /**
     * Does work and keeps the memory that it allocates until the scope is closed.
     *
     * @param work to be done at once, on the calling thread
     * @param <T> result
     * @return the result
     */
    public <T> T holding(Supplier<T> work) {
        MemoryScope before = enter();
        try {
            return work.get();
        } finally {
            before.enter();
        }
    }

    synchronized void add(INDArray array) {
        if (frees) {
            owned.add(array);
        }
    }

    /**
     * Takes an object of a native library.
     *
     * @param object freed with the scope; one that was freed before stays so
     */
    public synchronized void add(Pointer object) {
        if (frees) {
            objects.add(object);
        }
    }

    /** Frees one of the scope's arrays before the others. */
    synchronized void free(INDArray array) {
        if (owned.removeIf(one -> one == array)) {
            array.close();
        }
    }

    /** Frees all memory and all objects, which nobody may use any more. */
    @Override
    public synchronized void close() {
        objects.forEach(Pointer::deallocate);
        objects.clear();
        owned.forEach(INDArray::close);
        owned.clear();
    }
}
