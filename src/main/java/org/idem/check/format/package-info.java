/**
 * In which format was a network saved, if that is narrower than the one it was trained in?
 *
 * <p>Start with {@link org.idem.check.format.StoredFormat}. Source: proofs/check.md, §5.
 */
package org.idem.check.format;
