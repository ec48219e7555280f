package org.idem.training.convolution;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.idem.training.memory.MemoryScope;
import org.jspecify.annotations.Nullable;

/** Copies several matrices, one after the other, to their transposes: by oneDNN where this platform has it. */
final class TransposedMatrices {
    private final int count;
    private final int rows;
    private final int columns;
    private final @Nullable Library library;

    private record Library(stream stream, LibraryMemory from, LibraryMemory to, reorder copy) {}

    TransposedMatrices(int count, int rows, int columns) {
        this(count, rows, columns, OneDnn.isAvailable());
    }

    /** @param byLibrary whether oneDNN copies */
    TransposedMatrices(int count, int rows, int columns, boolean byLibrary) {
        this.count = count;
        this.rows = rows;
        this.columns = columns;
        library = byLibrary
                ? OneDnn.ownedBy(MemoryScope.entered(), () -> library(new long[] {count, rows, columns}))
                : null;
    }

    private static Library library(long[] shape) {
        LibraryMemory from = new LibraryMemory(order(shape, memory.format_tag.abc));
        LibraryMemory to = new LibraryMemory(order(shape, memory.format_tag.acb));
        // a copy keeps the number of threads with which it is made
        int before = OneDnn.useThreads(1);
        try {
            return new Library(new stream(OneDnn.engine()), from, to, new reorder(from.handle(), to.handle()));
        } finally {
            OneDnn.useThreads(before);
        }
    }

    private static memory.desc order(long[] shape, memory.format_tag tag) {
        return new memory.desc(shape, memory.data_type.f32, tag);
    }

    /** Overwrites the transposes, on the calling thread alone. */
    void copy(WinogradScratch.Native from, WinogradScratch.Native to) {
        if (library == null) {
            copyOneByOne(from, to);
            return;
        }
        int before = OneDnn.useThreads(1);
        try {
            library.from.bind(from.memory());
            library.to.bind(to.memory());
            library.copy.execute(library.stream, library.from.handle(), library.to.handle());
        } finally {
            OneDnn.useThreads(before);
        }
    }

    private void copyOneByOne(WinogradScratch.Native from, WinogradScratch.Native to) {
        float[] row = new float[columns];
        for (int i = 0; i < count * rows; i++) {
            from.buffer().get(i * columns, row);
            int first = i / rows * rows * columns + i % rows;
            for (int j = 0; j < columns; j++) {
                to.buffer().put(first + j * rows, row[j]);
            }
        }
    }
}
