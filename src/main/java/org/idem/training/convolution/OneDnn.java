package org.idem.training.convolution;

import java.util.function.Supplier;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.idem.training.memory.MemoryScope;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The library oneDNN, where this platform has it, and the number of threads that it uses. */
final class OneDnn {
    private static final @Nullable engine ENGINE = load();

    private static final NativeOps SETTINGS = settings();

    private OneDnn() {}

    /** The number of threads is a setting of the OpenMP library, which ND4J and oneDNN share. */
    private static NativeOps settings() {
        // the holder is filled when ND4J looks for its backend
        Nd4j.getBackend();
        return NativeOpsHolder.getInstance().getDeviceNativeOps();
    }

    private static @Nullable engine load() {
        try {
            Loader.load(dnnl.class);
            return new engine(engine.kind.cpu, 0);
        } catch (LinkageError | RuntimeException missing) {
            // there are no builds for some platforms, where the other convolutions do its work
            return null;
        }
    }

    static boolean isAvailable() {
        return ENGINE != null;
    }

    static engine engine() {
        if (ENGINE == null) {
            throw new IllegalStateException("oneDNN is not available on this platform");
        }
        return ENGINE;
    }

    /** Gives native objects, when they are made, to their owner, which may be closed on any thread. */
    private static final class Handover extends PointerScope {
        private final MemoryScope owner;

        @SuppressWarnings("unchecked") // PointerScope takes classes, of which none are given here
        private Handover(MemoryScope owner) {
            this.owner = owner;
        }

        @Override
        public PointerScope attach(Pointer made) {
            owner.add(made);
            return this;
        }
    }

    /**
     * Makes something of the library. The engine, which the whole process shares, was made before and has no owner.
     *
     * @param owner frees all native objects that are made on the calling thread
     * @param making makes them, and nothing that outlives the owner
     * @return what was made; unusable when its owner is closed
     */
    static <T> T ownedBy(MemoryScope owner, Supplier<T> making) {
        PointerScope handover = new Handover(owner);
        try {
            return making.get();
        } finally {
            handover.close();
        }
    }

    /**
     * Sets how many threads of its own oneDNN shares every call of the calling thread among; results depend on it.
     *
     * @return the number before
     */
    static int useThreads(int threads) {
        int before = SETTINGS.ompGetMaxThreads();
        if (before != threads) {
            SETTINGS.setOmpNumThreads(threads);
        }
        return before;
    }
}
