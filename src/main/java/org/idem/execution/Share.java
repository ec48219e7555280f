package org.idem.execution;

import java.util.ArrayList;
import java.util.List;

/**
 * Every N-th of tasks that have an order.
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
     * @return true for one share of each place
     */
    public boolean has(long place) {
        return place % shares == number - 1;
    }

    /**
     * Places of the share before a place.
     *
     * @param place from 0
     * @return how many
     */
    public long before(long place) {
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

    /**
     * Reads a share.
     *
     * @param word as 2/8
     * @return the share
     * @throws IllegalArgumentException if the word is no share
     */
    public static Share parse(String word) {
        int slash = word.indexOf('/');
        return new Share(
                Integer.parseInt(word.substring(0, Math.max(0, slash))), Integer.parseInt(word.substring(slash + 1)));
    }

    @Override
    public String toString() {
        return number + "/" + shares;
    }
}
