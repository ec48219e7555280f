package org.idem.store;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keys whose results threads are keeping at the moment, one thread for each, so that the arrays of a key are those of
 * its line. Interruptions wait until a result is kept.
 */
final class KeysInWork {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition fewer = lock.newCondition();
    private final Set<String> keys = new HashSet<>();

    /** Waits until no other thread keeps a result of this key, and begins to. */
    void enter(String key) {
        lock.lock();
        try {
            while (!keys.add(key)) {
                fewer.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    void leave(String key) {
        lock.lock();
        try {
            keys.remove(key);
            fewer.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no thread keeps a result. */
    void awaitNone() {
        lock.lock();
        try {
            while (!keys.isEmpty()) {
                fewer.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
