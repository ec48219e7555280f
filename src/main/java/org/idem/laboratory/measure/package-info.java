/**
 * What is measured on a network: pure functions of its outputs and signals.
 *
 * <p>Start with {@link org.idem.laboratory.measure.Likeness}.
 */
package org.idem.laboratory.measure;
