package org.idem.check.format;

import org.idem.array.Array;
import org.idem.array.Precision;
import org.jspecify.annotations.Nullable;

/**
 * A format narrower than that of the training, whose grid holds every number of a checkpoint: the numbers may have been
 * rounded to it when they were saved. Source: proofs/check.md, §5.
 *
 * @param name for people
 * @param bits of the significand; 0 for a grid of decimals, in which nobody trains
 * @param error largest rounding error relative to the stored number
 * @param smallest largest rounding error of numbers near zero
 */
public record StoredFormat(String name, int bits, double error, double smallest) {
    /** The error counts a whole unit of the last place, because some converters truncate. */
    private static final StoredFormat BFLOAT16 = new StoredFormat("bfloat16", 8, 0x1p-7, 0x1p-126);

    private static final StoredFormat HALF = new StoredFormat("half precision", 11, 0x1p-11, 0x1p-25);
    private static final StoredFormat FLOAT32 = new StoredFormat("float32", 24, 0x1p-24, 0x1p-126);

    /**
     * The narrowest format that holds all numbers.
     *
     * @param precision of the training
     * @param arrays null ones are passed over
     * @return null if none is narrower than the precision
     */
    public static @Nullable StoredFormat narrower(Precision precision, @Nullable Array... arrays) {
        int bits = 0;
        for (Array array : arrays) {
            for (int at = 0; array != null && at < array.length(); at++) {
                bits = Math.max(bits, bits(array.values()[at]));
            }
        }
        if (bits <= BFLOAT16.bits) {
            return BFLOAT16;
        }
        if (bits <= HALF.bits) {
            return HALF;
        }
        StoredFormat decimals = DecimalGrid.of(precision, arrays);
        if (decimals != null) {
            return decimals;
        }
        return bits <= FLOAT32.bits && precision == Precision.FLOAT64 ? FLOAT32 : null;
    }

    /**
     * Whether these may be numbers that were trained in float32.
     *
     * @param arrays null ones are passed over
     * @return true if float32 holds all of them
     */
    public static boolean areFloat32(@Nullable Array... arrays) {
        for (Array array : arrays) {
            for (int at = 0; array != null && at < array.length(); at++) {
                if (bits(array.values()[at]) > FLOAT32.bits) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Bits from the first to the last that is set in the significand of a finite number. */
    private static int bits(double number) {
        long raw = Double.doubleToRawLongBits(number);
        long fraction = raw & 0xF_FFFF_FFFF_FFFFL;
        boolean normal = Math.abs(number) >= Double.MIN_NORMAL;
        long size = normal ? fraction | 0x10_0000_0000_0000L : fraction;
        return size == 0 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(size) - Long.numberOfTrailingZeros(size);
    }

    /**
     * How much larger the rounding of training in this format would be.
     *
     * @param precision of the training
     * @return a multiple of its unit roundoff; 0 if nobody trains in this format
     */
    public double coarser(Precision precision) {
        return bits == 0 ? 0 : Math.scalb(1 / precision.unitRoundoff(), -bits);
    }

    /**
     * Largest change of a number by saving it.
     *
     * @param stored the number as it was saved
     * @return at least 0
     */
    public double error(double stored) {
        return error * Math.abs(stored) + smallest;
    }
}
