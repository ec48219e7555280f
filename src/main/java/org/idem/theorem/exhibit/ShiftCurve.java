package org.idem.theorem.exhibit;

import java.util.List;

/**
 * How far the answers of a CNN to all cyclic shifts of an image x lie from one target y, while it is trained. Distances
 * are means over the shifts of ‖f(Sx) − y‖², in units of the bound ‖y − ȳ‖² of T6.no-memory.
 *
 * @param memorises whether the network is trained to answer all shifts with y; on x alone otherwise, with y = x
 * @param network which, in a few words
 * @param rows before step 0 and later ones
 */
public record ShiftCurve(boolean memorises, String network, List<Row> rows) {
    /** Copies the rows. */
    public ShiftCurve {
        rows = List.copyOf(rows);
    }

    /**
     * A moment of the training.
     *
     * @param step steps taken before
     * @param predicted distance by T6.no-memory from the answer to x alone; NaN if the theorem does not speak of the
     *     network
     * @param measured distance of the answers to all shifts
     */
    public record Row(int step, double predicted, double measured) {}
}
