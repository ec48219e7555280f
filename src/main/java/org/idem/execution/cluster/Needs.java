package org.idem.execution.cluster;

/**
 * What one task may use. Engines give each task no more than this.
 *
 * @param processors at least 1
 * @param heapBytes memory of Java objects, beside what the program itself needs
 * @param nativeBytes memory of numerical libraries
 */
public record Needs(int processors, long heapBytes, long nativeBytes) {
    /** Checks the numbers. */
    public Needs {
        if (processors < 1 || heapBytes < 0 || nativeBytes < 0) {
            throw new IllegalArgumentException("a task needs at least 1 processor and 0 bytes, got " + processors + ", "
                    + heapBytes + " and " + nativeBytes);
        }
    }
}
