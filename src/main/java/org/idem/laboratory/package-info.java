/**
 * The laboratory: what families of deep networks do, beside what theory says about them.
 *
 * <p>Its rooms, from the ground: {@link org.idem.laboratory.plan} (what is trained),
 * {@link org.idem.laboratory.measure} and {@link org.idem.laboratory.result} (what is measured and kept),
 * {@link org.idem.laboratory.run} (training), then this front. Start with {@link org.idem.laboratory.StudyResults}.
 */
package org.idem.laboratory;
