/**
 * Update rules on native memory: descent with and without momentum and weight decay, and adaptive rules.
 *
 * <p>Start with {@link org.idem.training.update.Update}.
 */
package org.idem.training.update;
