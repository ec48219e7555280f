/**
 * What runs leave behind: outcomes and measures, as JSON and back.
 *
 * <p>Start with {@link org.idem.laboratory.result.RunResult}.
 */
package org.idem.laboratory.result;
