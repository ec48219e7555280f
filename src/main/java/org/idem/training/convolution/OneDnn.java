package org.idem.training.convolution;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
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
