package org.idem.laboratory.plan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.idem.array.Array;

/** A hash of words and numbers, the same on every machine. Two that differ in anything have different words. */
public final class Digest {
    /** Bytes that are kept: two of a million keys agree by accident with a probability below 10⁻¹². */
    private static final int KEPT = 12;

    private final MessageDigest hash;

    /** A hash of nothing yet. */
    public Digest() {
        try {
            hash = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private Digest(MessageDigest hash) {
        this.hash = hash;
    }

    /** The same so far. */
    Digest copy() {
        try {
            return new Digest((MessageDigest) hash.clone());
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("Java's own SHA-256 can be copied", impossible);
        }
    }

    /**
     * Adds words.
     *
     * @param words any
     * @return this
     */
    public Digest add(String words) {
        hash.update(words.getBytes(StandardCharsets.UTF_8));
        hash.update((byte) 0);
        return this;
    }

    /** Shape and bits of an array. */
    Digest add(Array array) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (1 + array.rank()) + Double.BYTES * array.length());
        bytes.putInt(array.rank());
        for (int size : array.shape()) {
            bytes.putInt(size);
        }
        for (double value : array.values()) {
            bytes.putDouble(value);
        }
        hash.update(bytes.array());
        return this;
    }

    /**
     * The hash of all that was added; nothing may be added afterwards.
     *
     * @return hexadecimal digits
     */
    public String word() {
        StringBuilder word = new StringBuilder();
        byte[] all = hash.digest();
        for (int i = 0; i < KEPT; i++) {
            word.append(Character.forDigit(all[i] >> 4 & 0xF, 16)).append(Character.forDigit(all[i] & 0xF, 16));
        }
        return word.toString();
    }
}
