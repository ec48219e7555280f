package org.idem.training.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Failed parts. */
class ThreadsTest {
    private final Threads threads = new Threads(2);

    private static void fail(boolean asError, String message) {
        if (asError) {
            throw new LinkageError(message);
        }
        throw new IllegalArgumentException(message);
    }

    @Test
    void theCallerWaitsForTheOthersWhateverItsOwnPartThrows() {
        for (boolean error : List.of(false, true)) {
            AtomicBoolean done = new AtomicBoolean();
            Throwable thrown = assertThrows(
                    Throwable.class,
                    () -> threads.run(2, part -> {
                        if (part == 0) {
                            fail(error, "own");
                        }
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                        done.set(true);
                        fail(error, "other");
                    }));
            assertEquals(error, thrown instanceof LinkageError);
            assertEquals("own", thrown.getMessage());
            assertTrue(done.get());
        }
    }

    @Test
    void theCallerTellsWhatAnotherThreadThrew() {
        for (boolean error : List.of(false, true)) {
            IllegalStateException thrown = assertThrows(
                    IllegalStateException.class,
                    () -> threads.run(2, part -> {
                        if (part == 1) {
                            fail(error, "other");
                        }
                    }));
            assertEquals("other", thrown.getCause().getMessage());
        }
    }
}
