package org.idem.cli.argument;

import org.idem.cli.terminal.BadInput;
import org.idem.execution.Share;

/** Reads the option by which several processes divide work among them. */
public final class Shards {
    private Shards() {}

    /**
     * A share.
     *
     * @param given the value of --shard
     * @return the I-th of N
     */
    public static Share of(String given) {
        try {
            return Share.parse(given);
        } catch (IllegalArgumentException wrong) {
            throw new BadInput("--shard must be I/N with I from 1 to N, as 2/8, got '" + given + "'");
        }
    }
}
