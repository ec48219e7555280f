package org.idem.laboratory.plan;

import java.util.Locale;

/** Kinds of test images. */
public enum Group {
    /** Images that the user gave. */
    GIVEN,
    /** Drawn digits. */
    DIGITS,
    /** Lines, checkerboards, slopes, spots and a sum. */
    PATTERNS,
    /** Independent uniform pixels. */
    NOISE,
    /** Pixels of 0. */
    BLANK,
    /** The first training image, moved to a side; what leaves it is lost. */
    SHIFTED,
    /** The first training image, darker and brighter. */
    RESCALED,
    /** The first training image in other sizes. */
    RESIZED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
