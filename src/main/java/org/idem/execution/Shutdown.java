package org.idem.execution;

import java.util.concurrent.locks.LockSupport;

/** The end of the whole program by somebody else, as by Ctrl-C. */
public final class Shutdown {
    private Shutdown() {}

    /**
     * Returns at once unless the program is being ended; then the thread waits for that end. What fails meanwhile fails
     * because others have ended already, and is not worth a word.
     */
    public static void await() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
        } catch (IllegalStateException ending) {
            while (true) {
                LockSupport.park();
            }
        }
    }
}
