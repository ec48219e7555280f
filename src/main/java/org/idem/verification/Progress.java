package org.idem.verification;

/** Is told how far a run has come, on the threads that run it, possibly on several at once. */
public interface Progress {
    /** Ignores what it is told. */
    Progress SILENT = (theorem, done, all) -> {};

    /**
     * Some trials of a theorem are done.
     *
     * @param theorem its identifier
     * @param done trials done
     * @param all trials in all
     */
    void trials(String theorem, long done, long all);
}
