package org.idem.laboratory.result;

import java.util.Locale;

/** How a run ended. */
public enum Ending {
    /** The training error reached its aim. */
    CONVERGED,
    /** The last step allowed was taken. */
    MOST_STEPS,
    /** The loss grew beyond every bound, or an output is no finite number. */
    DIVERGED,
    /** The run could not be carried out. */
    FAILED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * What a run with this ending did.
     *
     * @return goes on after "the network" or a number of networks
     */
    public String words() {
        return switch (this) {
            case CONVERGED -> "reached the aim of training";
            case MOST_STEPS -> "stopped after the most steps allowed";
            case DIVERGED -> "diverged";
            case FAILED -> "failed";
        };
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @param word one of the words
     * @return the ending
     */
    public static Ending of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
