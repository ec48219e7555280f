package org.idem.training.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import org.bytedeco.javacpp.FloatPointer;
import org.idem.array.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A scope frees what its thread allocates in it, and nothing else. */
class MemoryScopeTest {
    private static final int LARGE = Slab.MOST_NUMBERS + 1;

    private static boolean isFreed(Memory memory) {
        return memory.owner().wasClosed();
    }

    private static Memory in(MemoryScope scope, int length, Precision precision) {
        MemoryScope before = scope.enter();
        try {
            return Memory.allocate(length, precision);
        } finally {
            before.enter();
        }
    }

    @ParameterizedTest
    @EnumSource
    void closingFreesWhatWasAllocatedInside(Precision precision) {
        MemoryScope scope = new MemoryScope();
        Memory before = Memory.allocate(LARGE, precision);
        Memory inside = in(scope, LARGE, precision);
        Memory small = in(scope, 3, precision);
        Memory after = Memory.allocate(LARGE, precision);
        assertFalse(isFreed(inside));
        scope.close();
        scope.close();
        assertTrue(isFreed(inside));
        assertFalse(isFreed(before) || isFreed(small) || isFreed(after));
    }

    @Test
    void closingFreesObjectsOfLibraries() {
        MemoryScope scope = new MemoryScope();
        FloatPointer owned = new FloatPointer(1);
        FloatPointer gone = new FloatPointer(1);
        FloatPointer other = new FloatPointer(1);
        scope.add(owned);
        scope.add(gone);
        gone.deallocate();
        MemoryScope.entered().add(other);
        scope.close();
        scope.close();
        assertTrue(owned.isNull());
        assertFalse(other.isNull());
        other.deallocate();
    }

    @Test
    void scopesNestAndBelongToTheirThread() {
        MemoryScope outer = new MemoryScope();
        MemoryScope none = outer.enter();
        Memory inner = MemoryScope.within(() -> Memory.allocate(LARGE, Precision.FLOAT32));
        Memory elsewhere = CompletableFuture.supplyAsync(() -> Memory.allocate(LARGE, Precision.FLOAT32))
                .join();
        Memory own = Memory.allocate(LARGE, Precision.FLOAT32);
        assertSame(outer, none.enter());
        assertTrue(isFreed(inner));
        assertFalse(isFreed(own));
        outer.close();
        assertTrue(isFreed(own));
        assertFalse(isFreed(elsewhere));
    }

    @ParameterizedTest
    @EnumSource
    void growingMemoryStaysInItsScopeAndFreesWhatItOutgrows(Precision precision) {
        MemoryScope scope = new MemoryScope();
        MemoryScope before = scope.enter();
        GrowingMemory growing = new GrowingMemory(2, precision);
        before.enter();
        growing.reserve(LARGE);
        Memory first = growing.memory();
        growing.reserve(LARGE - 1);
        assertSame(first, growing.memory());
        growing.reserve(2 * LARGE);
        Memory second = growing.memory();
        assertNotSame(first, second);
        assertEquals(2 * LARGE, second.length());
        assertTrue(isFreed(first));
        assertFalse(isFreed(second));
        scope.close();
        assertTrue(isFreed(second));
    }
}
