/**
 * Threads that share work.
 *
 * <p>Start with {@link org.idem.execution.Crew}.
 */
package org.idem.execution;
