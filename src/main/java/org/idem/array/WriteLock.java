package org.idem.array;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps a second writer away. The operating system releases the lock of a process that ends, however it ends. */
public final class WriteLock implements Closeable {
    /**
     * Files that this process has locked. Asked before a lock file is opened, because closing any channel of a file
     * gives up all locks of the process on it.
     */
    private static final Set<Object> HERE = ConcurrentHashMap.newKeySet();

    private final Object identity;
    private final FileChannel channel;

    private WriteLock(Object identity, FileChannel channel) {
        this.identity = identity;
        this.channel = channel;
    }

    /**
     * Locks a file, which is created if it is missing.
     *
     * @param file in a folder that exists
     * @return null if another process, or another store of this one, has locked it
     * @throws IOException if the file cannot be created or the file system knows no locks
     */
    public static @Nullable WriteLock on(Path file) throws IOException {
        if (Files.notExists(file)) {
            try {
                Files.createFile(file);
            } catch (FileAlreadyExistsException another) {
                // a process that opens the same store at the same time was faster; the lock decides between them
            }
        }
        Object inode = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        Object identity = inode == null ? file.toRealPath() : inode;
        if (!HERE.add(identity)) {
            return null;
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new WriteLock(identity, channel);
            }
        } catch (IOException | RuntimeException failure) {
            release(identity, channel);
            throw failure;
        }
        release(identity, channel);
        return null;
    }

    private static void release(Object identity, @Nullable FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            HERE.remove(identity);
        }
    }

    @Override
    public void close() throws IOException {
        release(identity, channel);
    }
}
