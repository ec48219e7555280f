/**
 * How sentences that the program makes agree with the numbers in them, and how lines for people write numbers.
 *
 * <p>Start with {@link org.idem.wording.Count}.
 */
package org.idem.wording;
