/**
 * Trials over random configurations, and the verdicts they allow.
 *
 * <p>Start with {@link org.idem.verification.Verifier}.
 */
package org.idem.verification;
