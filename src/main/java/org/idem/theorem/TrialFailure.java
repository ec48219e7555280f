package org.idem.theorem;

import org.idem.space.Configuration;

/** Thrown when a theorem's own code fails in a trial; the message holds the command that replays it. */
public final class TrialFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    TrialFailure(Theorem<?> theorem, Configuration configuration, RuntimeException cause) {
        super(
                "a trial of " + theorem.id() + " failed with " + cause + "; again: idem replay '" + theorem.id() + " "
                        + configuration + "'",
                cause);
    }
}
