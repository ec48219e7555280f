/**
 * What is measured on a network: pure functions of its outputs and signals.
 *
 * <p>Of outputs: {@link org.idem.laboratory.measure.Likeness}. Of layers: what can be read off them linearly
 * ({@link org.idem.laboratory.measure.LinearReadout}) and how far inside the border is felt
 * ({@link org.idem.laboratory.measure.BorderDistance}).
 *
 * <p>Start with {@link org.idem.laboratory.measure.Likeness}.
 */
package org.idem.laboratory.measure;
