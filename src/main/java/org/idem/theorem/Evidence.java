package org.idem.theorem;

/** What one trial says about a claim. */
public sealed interface Evidence {
    /**
     * Prediction and observation were compared entry by entry.
     *
     * @param discrepancy largest absolute difference
     * @param budget the error budget at the entry with the largest ratio
     * @param ratio largest |observed − predicted| / budget over the entries; the claim holds up to 1
     */
    record Compared(double discrepancy, double budget, double ratio) implements Evidence {
        /**
         * Whether the trial agrees with the claim; a NaN does not.
         *
         * @return true if the ratio is at most 1
         */
        public boolean holds() {
            return ratio <= 1;
        }
    }

    /**
     * The trial says nothing: training towards a limit had not arrived.
     *
     * @param reason one line
     */
    record NotConverged(String reason) implements Evidence {}

    /**
     * The trial says nothing: its configuration breaks a hypothesis.
     *
     * @param reason one line
     */
    record HypothesesNotMet(String reason) implements Evidence {}
}
