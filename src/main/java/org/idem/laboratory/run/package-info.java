/**
 * Trains the networks of studies and measures them, many side by side, into a store.
 *
 * <p>Start with {@link org.idem.laboratory.run.StudyRunner}.
 */
package org.idem.laboratory.run;
