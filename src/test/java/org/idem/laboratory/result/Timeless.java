package org.idem.laboratory.result;

/** Results without what two runs of the same network do not share. */
public final class Timeless {
    private Timeless() {}

    /** A result that took no time. */
    public static RunResult of(RunResult result) {
        return new RunResult(
                result.key(),
                result.line(),
                result.digest(),
                result.ending(),
                result.remark(),
                result.steps(),
                result.trainError(),
                0,
                result.images(),
                result.progress(),
                result.layers(),
                result.theory());
    }
}
