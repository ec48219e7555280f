package org.idem.laboratory.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Every N-th of the networks of a study.
 *
 * @param number which share, from 1
 * @param shares how many there are
 */
public record Share(int number, int shares) {
    /** Everything. */
    public static final Share ALL = new Share(1, 1);

    /** Checks the numbers. */
    public Share {
        if (number < 1 || number > shares) {
            throw new IllegalArgumentException("a share must lie from 1 to " + shares + ", got " + number);
        }
    }

    /**
     * Whether a place belongs to the share.
     *
     * @param place from 0
     * @return for one share of each place
     */
    boolean has(long place) {
        return place % shares == number - 1;
    }

    /**
     * Places of the share before a place.
     *
     * @param place from 0
     * @return how many
     */
    long before(long place) {
        return (place + shares - number) / shares;
    }

    /**
     * The share of a list.
     *
     * @param all any
     * @param <T> of its things
     * @return in their order
     */
    public <T> List<T> of(List<T> all) {
        List<T> share = new ArrayList<>();
        for (int i = number - 1; i < all.size(); i += shares) {
            share.add(all.get(i));
            if (i > Integer.MAX_VALUE - shares) {
                break;
            }
        }
        return share;
    }
}
