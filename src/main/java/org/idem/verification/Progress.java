package org.idem.verification;

/** Hears how far a run has come; called from the threads that run it, maybe from several at once. */
public interface Progress {
    /** Hears nothing. */
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
