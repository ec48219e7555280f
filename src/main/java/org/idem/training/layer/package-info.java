/**
 * One layer on native memory: its data, its parameters, and its products with images of any size.
 *
 * <p>Start with {@link org.idem.training.layer.Batch}.
 */
package org.idem.training.layer;
