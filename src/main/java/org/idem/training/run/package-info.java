/**
 * What a run of training is, how it ends, and what is heard of it on the way.
 *
 * <p>Start with {@link org.idem.training.run.Run} and {@link org.idem.training.run.Outcome}.
 */
package org.idem.training.run;
