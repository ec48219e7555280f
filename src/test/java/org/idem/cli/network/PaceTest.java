package org.idem.cli.network;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.idem.cli.terminal.BadInput;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000L;

    /** After so many steps in so many seconds, and as many more in as long. */
    private static void after(int steps, double arrival, int step, long seconds) {
        AtomicLong clock = new AtomicLong();
        Pace pace = new Pace(steps, arrival, clock::get);
        clock.set(seconds * SECOND);
        pace.accept(step);
        clock.set(2 * seconds * SECOND);
        pace.accept(2 * step);
    }

    /** A program that was stopped for a minute, or that others kept waiting, is as fast as before. */
    @Test
    void onePauseSaysNothing() {
        AtomicLong clock = new AtomicLong();
        Pace pace = new Pace(2_000_000, 1e9, clock::get);
        assertDoesNotThrow(() -> {
            for (int pause = 1; pause <= 3; pause++) {
                clock.addAndGet(60 * SECOND);
                pace.accept(2000 * pause - 1000);
                clock.addAndGet(3 * SECOND);
                pace.accept(2000 * pause);
            }
        });
    }

    @Test
    void aDayIsWaitedForAndNotMore() {
        // ten steps a second
        assertDoesNotThrow(() -> after(860_000, 1e9, 50, 5));
        BadInput days = assertThrows(BadInput.class, () -> after(2_000_000, 1e9, 50, 5));
        assertTrue(days.getMessage().contains("got 2000000"), days.getMessage());
        assertTrue(days.getMessage().contains("10 steps a second"), days.getMessage());
        assertTrue(days.getMessage().endsWith("fewer steps or a larger --learning-rate take less"), days.getMessage());
    }

    @Test
    void theFirstSecondsSayNothing() {
        assertDoesNotThrow(() -> after(Integer.MAX_VALUE, 1e9, 1, 2));
    }

    /** Steps that follow the arrival repeat bits and cost nothing. */
    @Test
    void onlyStepsUpToTheArrivalCount() {
        assertDoesNotThrow(() -> after(Integer.MAX_VALUE, 1000, 50, 5));
        assertDoesNotThrow(() -> after(Integer.MAX_VALUE, 800_000, 50, 5));
    }

    @Test
    void whatHasArrivedAndDoesNotRestIsNotWaitedFor() {
        assertDoesNotThrow(() -> after(36_000, 1000, 2000, 200), "an hour");
        BadInput restless = assertThrows(BadInput.class, () -> after(37_000, 1000, 2000, 200));
        assertTrue(restless.getMessage().endsWith("it has arrived after 1000 steps, --limit ends there"));
    }
}
