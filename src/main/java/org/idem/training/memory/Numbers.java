package org.idem.training.memory;

/** A vector of numbers, wherever it is stored. */
public interface Numbers {
    /**
     * Overwrites the first elements.
     *
     * @param values as many as are overwritten; rounded to the format of the vector
     */
    void write(double[] values);

    /**
     * Reads the first elements, exactly.
     *
     * @param into as many as are read
     */
    void read(double[] into);
}
