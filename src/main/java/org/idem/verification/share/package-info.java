/**
 * A run of trials that several processes share: each runs its share and writes what it saw; joined, the shares give the
 * verdicts that one process would have given.
 *
 * <p>Start with {@link org.idem.verification.share.ShareRun} and {@link org.idem.verification.share.SharedTrials}.
 */
@NullMarked
package org.idem.verification.share;

import org.jspecify.annotations.NullMarked;
