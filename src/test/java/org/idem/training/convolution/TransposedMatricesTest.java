package org.idem.training.convolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.idem.training.memory.MemoryScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransposedMatricesTest {
    private static final Path TASKS = Path.of("/proc/self/task");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void copiesEveryNumberToItsPlace(boolean byLibrary) {
        TransposedMatrices transposition = new TransposedMatrices(3, 5, 34, byLibrary && OneDnn.isAvailable());
        int length = 3 * 5 * 34;
        WinogradScratch.Native from = new WinogradScratch.Native(length);
        WinogradScratch.Native to = new WinogradScratch.Native(length);
        for (int i = 0; i < length; i++) {
            from.buffer().put(i, i);
        }
        transposition.copy(from, to);
        for (int i = 0; i < length; i++) {
            int first = i / (5 * 34) * 5 * 34;
            assertEquals(i, to.buffer().get(first + i % 34 * 5 + i / 34 % 5));
        }
    }

    @Test
    void areFreedWithTheirScope() {
        assumeTrue(OneDnn.isAvailable());
        TransposedMatrices freed = MemoryScope.within(() -> new TransposedMatrices(2, 3, 4));
        WinogradScratch.Native from = new WinogradScratch.Native(24);
        WinogradScratch.Native to = new WinogradScratch.Native(24);
        assertThrows(NullPointerException.class, () -> freed.copy(from, to));
    }

    /** Threads of the OpenMP library get the name of the thread that starts them. */
    @Test
    void copiesOnTheCallingThreadAlone() throws Exception {
        assumeTrue(OneDnn.isAvailable() && Files.isDirectory(TASKS));
        int before = OneDnn.useThreads(2);
        try {
            TransposedMatrices transposition = new TransposedMatrices(64, 64, 64);
            WinogradScratch.Native from = new WinogradScratch.Native(64 * 64 * 64);
            WinogradScratch.Native to = new WinogradScratch.Native(64 * 64 * 64);
            List<Long> counts = new ArrayList<>();
            Thread caller = new Thread(
                    () -> {
                        transposition.copy(from, to);
                        counts.add(threadsNamed("one-copier"));
                    },
                    "one-copier");
            caller.start();
            caller.join();
            assertEquals(List.of(1L), counts);
        } finally {
            OneDnn.useThreads(before);
        }
    }

    private static long threadsNamed(String name) {
        try (Stream<Path> tasks = Files.list(TASKS)) {
            return tasks.filter(task -> nameOf(task).equals(name)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nameOf(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException ended) {
            return "";
        }
    }
}
