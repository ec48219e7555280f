/**
 * Forward and backward passes through the stages of deep networks.
 *
 * <p>Start with {@link org.idem.training.deep.DeepTrainer}.
 */
package org.idem.training.deep;
