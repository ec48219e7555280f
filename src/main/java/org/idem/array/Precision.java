package org.idem.array;

/** A binary floating-point format of IEEE 754. */
public enum Precision {
    /** 24 bits of significand. */
    FLOAT32("float32", 0x1p-24),
    /** 53 bits of significand. */
    FLOAT64("float64", 0x1p-53);

    private final String label;
    private final double unitRoundoff;

    Precision(String label, double unitRoundoff) {
        this.label = label;
        this.unitRoundoff = unitRoundoff;
    }

    /**
     * Largest relative error of one rounded operation.
     *
     * @return 2⁻²⁴ or 2⁻⁵³
     */
    public double unitRoundoff() {
        return unitRoundoff;
    }

    /**
     * Smallest positive number with all bits of the significand: below it errors are absolute, not relative.
     *
     * @return 2⁻¹²⁶ or 2⁻¹⁰²²
     */
    public double smallestNormal() {
        return this == FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    }

    /**
     * The nearest representable number, ties to even.
     *
     * @param value any double; NaN and infinities are kept
     * @return the rounded value
     */
    public double round(double value) {
        return this == FLOAT32 ? (float) value : value;
    }

    /**
     * The precision of a name.
     *
     * @param name float32 or float64, in any letter case
     * @return the precision
     * @throws IllegalArgumentException if it is neither
     */
    public static Precision parse(String name) {
        for (Precision precision : values()) {
            if (precision.label.equalsIgnoreCase(name)) {
                return precision;
            }
        }
        throw new IllegalArgumentException("precision must be float32 or float64, got '" + name + "'");
    }

    @Override
    public String toString() {
        return label;
    }
}
