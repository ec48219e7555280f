/**
 * What a training run is, how it ends, and what listeners learn of it on the way.
 *
 * <p>Start with {@link org.idem.training.run.Run} and {@link org.idem.training.run.Outcome}.
 */
package org.idem.training.run;
