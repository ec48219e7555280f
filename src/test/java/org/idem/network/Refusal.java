package org.idem.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** What a description says when it refuses its parts. */
final class Refusal {
    private Refusal() {}

    /** The refusal must name rule and value in exactly these words. */
    static void says(String message, Executable construction) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, construction).getMessage());
    }
}
