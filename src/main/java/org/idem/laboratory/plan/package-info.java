/**
 * What a study trains: axes, grids, images, and runs with their keys.
 *
 * <p>Start with {@link org.idem.laboratory.plan.Study}.
 */
package org.idem.laboratory.plan;
